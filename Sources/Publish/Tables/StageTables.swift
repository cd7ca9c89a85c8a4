import Aggregate
import MaturityModel
import Statistics

/// The tables of a finished tally, in the order in which they are published.
package struct ResultTables {
  let tally: Tally
  let model: MaturityModel
  /// Stage numbers 0…n.
  let stages: [Int]
  private let repeated: RepeatedColumns
  /// Nil where everything may be published.
  let disclosure: Disclosure?

  package init(tally: Tally, disclosure: Disclosure? = nil) {
    self.tally = tally
    self.disclosure = disclosure
    model = tally.shape.model
    stages = Array(model.stages.indices)
    repeated = RepeatedColumns(model: model, survey: tally.shape.survey)
  }

  func table(
    _ schema: TableSchema, forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) -> Table {
    Table(schema, repeated, forEachRow: forEachRow)
  }

  package var all: [Table] {
    disclosure.map { DisclosedTables($0).tables(whole) } ?? whole
  }

  private var whole: [Table] {
    [
      stageDistribution, stageIntervals, stageBounds,
      gapMatrix(.role), gapMatrix(.tool), gaps(.role), gaps(.tool),
      roleToolGapMatrix, roleToolGaps, termAdoption, unlock, stageRules, selfAssessment,
      antiPatterns, questionnaireCoverage, unmappedAnswers,
    ] + organisationTables + rakingTables + analyses
  }

  /// What was asked for besides.
  private var analyses: [Table] {
    [validity, sensitivity, sensitivityRange].compactMap(\.self) + leverage
  }

  /// A group of responses with the cells that name it.
  struct Group {
    let segment: String
    let value: Cell
    let tally: GroupTally
  }

  /// Everybody first, then the segments in the survey file's order, values in byte order.
  var groups: [Group] {
    var groups = [Group(segment: "all", value: .text("all"), tally: tally.everybody)]
    for (segment, values) in zip(tally.shape.survey.segments, tally.segments) {
      for (value, group) in values.sorted(by: { precedesInBytes($0.key.text, $1.key.text) }) {
        groups.append(Group(segment: segment.id, value: .answer(value.text), tally: group))
      }
    }
    return groups
  }

  func stageName(_ stage: Int) -> String {
    tally.shape.observability.stageName(stage, model: model)
  }

  /// Stages as the gap tables list them: each, then all together.
  var stageRows: [(label: Cell, name: String, stages: [Int])] {
    stages.map { (.integer($0), stageName($0), [$0]) } + [(.text("all"), "all", stages)]
  }

  var stageDistribution: Table {
    table(.stageDistribution) { body in
      for group in groups {
        let base = group.tally.base
        for stage in stages {
          let here = group.tally.count(at: [stage])
          let share = ShareEstimate(here.weight, of: base)
          try body([
            .text(group.segment), group.value, .integer(stage), .text(stageName(stage)),
            .integer(here.count), .weight(here.weight), .integer(base.count),
            .weight(base.weight), .ratio(share?.share), .bound(share?.low), .bound(share?.high),
            .ratio(base.effectiveSize),
            .boolean(tally.shape.observability.assessable[stage]),
          ])
        }
      }
    }
  }

  var stageRules: Table {
    table(.stageRules) { body in
      let base = tally.everybody.base.weight
      for rule in StageRule.allCases {
        for stage in stages {
          let here = tally.count(rule, stage: stage)
          try body([
            .text(rule.name), .integer(stage), .integer(here.count),
            .ratio(ExactRatio(here.weight, over: base)),
          ])
        }
      }
    }
  }

  var selfAssessment: Table {
    table(.selfAssessment) { body in
      guard tally.shape.survey.selfAssessed != nil else { return }
      for own in stages.map(Optional.some) + [nil] {
        for stage in stages {
          let label: Cell = own.map { .integer($0) } ?? .text("(missing)")
          try body([
            label, .integer(stage), .integer(tally.count(selfAssessed: own, stage: stage)),
          ])
        }
      }
    }
  }
}

func precedesInBytes(_ first: String, _ second: String) -> Bool {
  first.utf8.lexicographicallyPrecedes(second.utf8)
}
