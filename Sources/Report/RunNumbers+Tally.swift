import Aggregate
import MaturityModel
import Publish
import SurveyMapping

extension RunNumbers {
  /// The numbers of a run that is about to be published.
  package init(_ tally: Tally, tables: [Table]) {
    let shape = tally.shape
    let accounting = tally.totalAccounting
    let about = About(
      title: shape.survey.title ?? shape.survey.id, survey: shape.survey.id,
      model: "\(shape.model.id) \(shape.model.version)",
      units: shape.survey.unit == .organisation ? "organisations" : "responses",
      fates: [
        Fate("scored", accounting.scored), Fate("unscored", accounting.unscored),
        Fate("filtered", accounting.filteredInTotal), Fate("duplicate", accounting.duplicate),
        Fate("rejected", accounting.rejected),
      ])
    self.init(about) { name in
      tables.first { $0.name == name }.map(TableRows.init) ?? TableRows(columns: [], rows: [])
    }
  }
}
