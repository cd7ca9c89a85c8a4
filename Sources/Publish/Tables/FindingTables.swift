import Aggregate
import MaturityModel
import Statistics

extension ResultTables {
  var termAdoption: Table {
    table(.termAdoption) { body in
      for row in stageRows {
        let base = tally.everybody.count(at: row.stages)
        for (index, term) in model.terms.enumerated() {
          var users: UInt64 = 0
          var weight = WeightSum()
          for stage in row.stages {
            let here = tally.users(of: index, at: stage)
            users += here.count
            weight.merge(here.weight)
          }
          try body([
            row.label, .text(term.id), .text(term.label), .text(term.kind.rawValue),
            .integer(users), .integer(base.count), .ratio(ExactRatio(weight, over: base.weight)),
          ])
        }
      }
    }
  }

  var unlock: Table {
    table(.unlock) { body in
      for stage in model.stages.dropFirst() {
        for index in stage.requires.indices { try body(unlockRow(stage, index)) }
        try body(coverageRow(stage))
      }
    }
  }

  private func unlockRow(_ stage: Stage, _ index: Int) -> [Cell] {
    let held = tally.unlock.held(below: stage.number)
    let requirement = tally.unlock.requirement(index, of: stage.number)
    let criteria = stage.requires[index].anyOf.map { model.criteria[$0].id }
    let shapley = requirement.shapley
    return [
      .integer(stage.number), .text(stage.requires[index].id),
      .text(criteria.joined(separator: "|")), .integer(held.count),
      .integer(requirement.blocked), .integer(requirement.blockedUnknown),
      .integer(requirement.sole), .integer(requirement.advances), .ratio(shapley),
      .ratio(shapley.divided(by: ExactRatio(held.weight))),
    ]
  }

  /// Those with no requirement against them, whom only the stage's coverage holds back.
  private func coverageRow(_ stage: Stage) -> [Cell] {
    let held = tally.unlock.held(below: stage.number)
    let free = tally.unlock.heldByCoverage(below: stage.number)
    return [
      .integer(stage.number), .text("(coverage)"), .text(""), .integer(held.count),
      .integer(free.count), .integer(0), .integer(0), .integer(0), .weight(free.weight),
      .ratio(ExactRatio(free.weight, over: held.weight)),
    ]
  }

  var antiPatterns: Table {
    table(.antiPatterns) { body in
      for (index, pattern) in model.antiPatterns.enumerated() {
        let hits = tally.antiPatterns.hits(of: index)
        let base = tally.antiPatterns.base(of: index)
        let canTell = pattern.whenAbsent.allSatisfy { tally.shape.observability.deniable[$0] }
        try body([
          .text(pattern.id), .text(pattern.label), .integer(hits.count), .integer(base.count),
          .ratio(canTell ? ExactRatio(hits.weight, over: base.weight) : nil),
        ])
      }
    }
  }

  var questionnaireCoverage: Table {
    table(.questionnaireCoverage) { body in
      let observability = tally.shape.observability
      for (index, criterion) in model.criteria.enumerated() {
        let questions = observability.questionsAbout[index].map {
          tally.shape.survey.questions[$0].id
        }
        let observable = observability.observableRequirements[criterion.stage]
        try body([
          .text(criterion.id), .text(criterion.label), .text(criterion.kind.rawValue),
          .integer(criterion.stage), .text(criterion.need.rawValue),
          .boolean(observability.deniable[index]), .boolean(observability.confirmable[index]),
          .text(questions.joined(separator: "|")),
          .integer(model.stages[criterion.stage].requires.count),
          .integer(observable.count(where: \.self)),
          .boolean(observability.assessable[criterion.stage]),
        ])
      }
    }
  }

  var unmappedAnswers: Table {
    table(.unmappedAnswers) { body in
      for (question, unmapped) in zip(tally.shape.survey.questions, tally.unmapped) {
        if let disclosure {
          for (answer, count) in disclosure.unmappedAnswers(unmapped) {
            try body([.text(question.id), answer, count.map { .integer($0) } ?? .null])
          }
          continue
        }
        guard let answers = unmapped.texts else {
          let text = "(more than \(unmapped.limit) texts)"
          try body([.text(question.id), .text(text), .integer(unmapped.responses)])
          continue
        }
        for (text, count) in mostFrequentFirst(answers) {
          try body([.text(question.id), .answer(text), .integer(count)])
        }
      }
    }
  }
}

/// Texts as often given as others in byte order.
func mostFrequentFirst(_ answers: [String: UInt64]) -> [(text: String, count: UInt64)] {
  answers.sorted { first, second in
    first.value != second.value
      ? first.value > second.value : precedesInBytes(first.key, second.key)
  }.map { ($0.key, $0.value) }
}
