import Aggregate
import MaturityModel
import Publish
import SurveyMapping

extension RunNumbers {
  /// The numbers of a run that is about to be published.
  package init(_ tally: Tally, _ fates: DisclosedFates, minimum: UInt64?, tables: [Table]) {
    let shape = tally.shape
    var about = About(
      title: shape.survey.title ?? shape.survey.id, survey: shape.survey.id,
      model: "\(shape.model.id) \(shape.model.version)",
      units: shape.survey.unit == .organisation ? "organisations" : "responses",
      fates: [
        Fate("scored", fates.scored), Fate("unscored", fates.unscored),
        Fate("filtered", fates.filteredInTotal), Fate("duplicate", fates.duplicate),
        Fate("rejected", fates.rejected),
      ])
    about.minimum = minimum
    self.init(about) { name in
      tables.first { $0.name == name }.map(TableRows.init) ?? TableRows(columns: [], rows: [])
    }
  }
}
