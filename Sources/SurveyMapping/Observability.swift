import MaturityModel
import Statistics

/// What a questionnaire can tell about a model, whatever is answered (CONTRACT sections 3.2, 3.3).
package struct Observability: Sendable {
  /// Per criterion: some question can deny it. A mirror is what its original is.
  package let deniable: [Bool]
  /// Per criterion: some question can affirm it without being able to deny it. A mirror is what
  /// its original is.
  package let confirmable: [Bool]
  /// Per criterion: the indexes of the questions that name it, in file order.
  package let questionsAbout: [[Int]]
  /// Per stage number and requirement: as many of its criteria are deniable as it asks for.
  package let observableRequirements: [[Bool]]
  /// Per stage number: the stage can be told from this questionnaire. True for stage 0.
  package let assessable: [Bool]
  /// The numbers of the assessable stages above 0, ascending.
  package let assessableStages: [Int]

  /// Works out what the survey's questions can tell.
  ///
  /// - Complexity: O(questions × criteria).
  package init(survey: Survey, model: MaturityModel) {
    var sight = Sight(model: model)
    for (place, question) in survey.questions.enumerated() { sight.add(question, at: place) }
    sight.copyToMirrors(model.criteria)
    let deniable = sight.deniable
    let observable = model.stages.map { stage in
      stage.requires.map { requirement in
        requirement.anyOf.count { deniable[$0] } >= requirement.atLeast
      }
    }
    let assessable = zip(model.stages, observable).map { stage, observable in
      stage.number == 0
        || Observability.isAssessable(observable, from: survey.thresholds.minObservable)
    }
    self.deniable = deniable
    confirmable = sight.confirmable
    questionsAbout = sight.questionsAbout
    observableRequirements = observable
    self.assessable = assessable
    assessableStages = assessable.indices.filter { $0 > 0 && assessable[$0] }
  }

  /// At least two requirements (one, if there is only one) and the share `threshold` of them.
  private static func isAssessable(_ observable: [Bool], from threshold: Billionths) -> Bool {
    let seen = observable.count { $0 }
    return seen >= min(2, observable.count)
      && Int64(seen) * Billionths.perUnit >= threshold.count * Int64(observable.count)
  }

  /// The next stage that can be told; nil at the top.
  package func nextStage(after number: Int) -> Int? {
    assessableStages.first { $0 > number }
  }

  /// The name of a stage in the results: stage 0 is "not started" only where stage 1 can be told
  /// (or nothing can); elsewhere it is everything below the lowest stage that can.
  package func stageName(_ number: Int, model: MaturityModel) -> String {
    if number == 0, let lowest = assessableStages.first, lowest != 1 {
      return "Below " + model.stages[lowest].name
    }
    return model.stages[number].name
  }
}

/// What has been found out about each criterion so far.
private struct Sight {
  var deniable: [Bool]
  var confirmable: [Bool]
  var questionsAbout: [[Int]]
  /// Criteria that some term proves: every term can be the answer to every question that looks
  /// answers up.
  private let provable: Set<Int>

  init(model: MaturityModel) {
    deniable = Array(repeating: false, count: model.criteria.count)
    confirmable = deniable
    questionsAbout = Array(repeating: [], count: model.criteria.count)
    provable = Set(model.terms.flatMap(\.proves))
  }

  mutating func add(_ question: Question, at place: Int) {
    let about = question.criterion.map { [$0] } ?? question.asks
    let canDeny = question.style == .scale ? !question.no.isEmpty : question.deniesUnselected
    let affirms =
      question.style == .scale ? (question.yes.isEmpty ? [] : Set(about)) : provable
    for criterion in about {
      questionsAbout[criterion].append(place)
      if canDeny { deniable[criterion] = true }
    }
    for criterion in affirms where !(canDeny && about.contains(criterion)) {
      confirmable[criterion] = true
    }
  }

  mutating func copyToMirrors(_ criteria: [Criterion]) {
    for (copy, criterion) in criteria.enumerated() {
      guard let original = criterion.mirrors else { continue }
      questionsAbout[copy] = questionsAbout[original]
      deniable[copy] = deniable[original] || deniable[copy]
      confirmable[copy] = confirmable[original] || confirmable[copy]
    }
  }
}
