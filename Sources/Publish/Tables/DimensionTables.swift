import Aggregate
import MaturityModel
import Statistics

/// What the keys of the other tables stand for, with the model's and the survey's words.
package struct DimensionTables {
  private let results: ResultTables
  private let tally: Tally
  private let model: MaturityModel

  package init(tally: Tally, disclosure: Disclosure? = nil) {
    results = ResultTables(tally: tally, disclosure: disclosure)
    self.tally = tally
    model = tally.shape.model
  }

  package var all: [Table] { [stages, stageGroups, criteria, terms, segments] }

  private var stages: Table {
    results.table(.stages) { body in
      for stage in model.stages {
        let name = results.stageName(stage.number)
        try body([
          .integer(stage.number), .text(stage.id), .text(name), .text("\(stage.number) \(name)"),
          .boolean(tally.shape.observability.assessable[stage.number]),
          .integer(stage.requires.count),
        ])
      }
    }
  }

  private var stageGroups: Table {
    results.table(.stageGroups) { body in
      for (place, row) in results.stageRows.enumerated() {
        let isTotal = row.stages.count != 1
        try body([
          row.label, isTotal ? .null : row.label, .text(row.name), .integer(place),
          .boolean(isTotal),
        ])
      }
    }
  }

  private var criteria: Table {
    results.table(.criteria) { body in
      let observability = tally.shape.observability
      for (place, criterion) in model.criteria.enumerated() {
        let weight = WeightSum(billionths: UInt128(criterion.weight.count.magnitude))
        try body([
          .text(criterion.id), .text(criterion.label), .text(criterion.kind.rawValue),
          .integer(criterion.stage), .text(criterion.need.rawValue), .weight(weight),
          criterion.ref.map { .text($0) } ?? .null,
          criterion.mirrors.map { .text(model.criteria[$0].id) } ?? .null,
          .boolean(observability.deniable[place]), .boolean(observability.confirmable[place]),
          .integer(place),
        ])
      }
    }
  }

  private var terms: Table {
    results.table(.terms) { body in
      for (place, term) in model.terms.enumerated() {
        try body([
          .text(term.id), .text(term.label), .text(term.kind.rawValue), list(term.proves),
          list(term.provesOneOf), .integer(place),
        ])
      }
    }
  }

  private func list(_ criteria: [Int]) -> Cell {
    .text(criteria.map { model.criteria[$0].id }.joined(separator: "|"))
  }

  /// Without values of which not even that they occur may be told.
  private var segments: Table {
    results.disclosure.map { DisclosedTables($0).segmentValues(allSegments) } ?? allSegments
  }

  private var allSegments: Table {
    results.table(.segments) { body in
      for (place, group) in results.groups.enumerated() {
        try body([
          .text(group.segment), group.value, .integer(place), .boolean(place == 0),
          .boolean(group.value == .answer("(missing)")),
        ])
      }
    }
  }
}
