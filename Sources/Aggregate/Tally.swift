import MaturityModel
import Normalize
import Score
import Statistics

/// Everything that is counted: a partial aggregate of some responses.
///
/// A commutative monoid: all sums are whole numbers, so merging tallies in any order and shape
/// gives the tally of all their responses. Every worker has one of its own; they are merged at the
/// end. Its size depends on the model and on the distinct texts, not on the number of responses.
package struct Tally: Sendable {
  package let shape: TallyShape
  /// Per input, in the order of the command line.
  package private(set) var accounting: [Accounting]
  package private(set) var everybody: GroupTally
  /// Per segment of the survey, by value.
  package private(set) var segments: [[ExactText: GroupTally]]
  package private(set) var roleTools: RoleToolTally
  package private(set) var unlock: UnlockTally
  package private(set) var antiPatterns: AntiPatternTally
  /// Per question of the survey: folded text and how many responses gave it.
  package private(set) var unmapped: [[String: UInt64]]
  private var terms: Grid<WeightedCount>
  private var rules: Grid<WeightedCount>
  private var selfAssessed: Grid<UInt64>

  package init(_ shape: TallyShape) {
    self.shape = shape
    let keepRules = shape.survey.keep.count
    accounting = Array(repeating: Accounting(keepRules: keepRules), count: shape.inputs)
    everybody = GroupTally(shape)
    segments = Array(repeating: [:], count: shape.survey.segments.count)
    roleTools = RoleToolTally(shape)
    unlock = UnlockTally(shape)
    antiPatterns = AntiPatternTally(shape)
    unmapped = Array(repeating: [:], count: shape.survey.questions.count)
    terms = Grid(rows: shape.stages, columns: shape.model.terms.count, WeightedCount())
    rules = Grid(rows: StageRule.allCases.count, columns: shape.stages, WeightedCount())
    // One more for those who did not say.
    selfAssessed = Grid(rows: shape.stages + 1, columns: shape.stages, 0)
  }

  package mutating func merge(_ other: Tally) {
    for input in accounting.indices { accounting[input].merge(other.accounting[input]) }
    everybody.merge(other.everybody)
    for segment in segments.indices {
      segments[segment].merge(other.segments[segment]) { first, second in
        var sum = first
        sum.merge(second)
        return sum
      }
    }
    roleTools.merge(other.roleTools)
    unlock.merge(other.unlock)
    antiPatterns.merge(other.antiPatterns)
    for question in unmapped.indices {
      unmapped[question].merge(other.unmapped[question], uniquingKeysWith: +)
    }
    terms.merge(other.terms) { $0.merge($1) }
    rules.merge(other.rules) { $0.merge($1) }
    selfAssessed.merge(other.selfAssessed) { $0 += $1 }
  }

  /// Scored responses at a stage that chose a term.
  package func users(of term: Int, at stage: Int) -> WeightedCount { terms[stage, term] }
  package func count(_ rule: StageRule, stage: Int) -> WeightedCount {
    rules[rule.rawValue, stage]
  }
  /// - Parameter own: the stage respondents gave themselves; nil: none.
  package func count(selfAssessed own: Int?, stage: Int) -> UInt64 {
    selfAssessed[own ?? shape.stages, stage]
  }

  /// All inputs together.
  package var totalAccounting: Accounting {
    accounting.reduce(into: Accounting(keepRules: shape.survey.keep.count)) { $0.merge($1) }
  }
}

/// One worker's tally, with the groups of its segment values by the numbers of its vocabulary.
package final class WorkerTally {
  private var tally: Tally
  private let vocabulary: Vocabulary
  private var groups: [[GroupTally]]
  private var unmapped: [[UInt64]]

  package init(_ shape: TallyShape, vocabulary: Vocabulary) {
    tally = Tally(shape)
    self.vocabulary = vocabulary
    groups = Array(repeating: [], count: shape.survey.segments.count)
    unmapped = Array(repeating: [], count: shape.survey.questions.count)
  }

  /// Counts a batch of responses with their scores.
  package func add(_ responses: ResponseBatch, _ scores: ScoreBatch) {
    makeRoom()
    var scored = 0
    for response in 0..<responses.count where scores.isScored[response] {
      scored += 1
      let weight =
        responses.weights.isEmpty ? UInt64(Billionths.perUnit) : responses.weights[response]
      tally.add(responses, scores, response, weight: weight)
      let words = tally.shape.criterionWords
      for segment in groups.indices {
        let value = Int(responses.segments[response * groups.count + segment])
        groups[segment][value].add(scores, response, weight: weight, words: words)
      }
    }
    for answer in responses.unmapped {
      unmapped[Int(answer.question)][Int(answer.text)] += 1
    }
    tally.account(responses, scored: scored)
  }

  /// One group, and one counter, for every text the vocabulary has by now.
  private func makeRoom() {
    for segment in groups.indices {
      let wanted = vocabulary.segmentValues[segment].texts.count
      while groups[segment].count < wanted { groups[segment].append(GroupTally(tally.shape)) }
    }
    for question in unmapped.indices {
      let wanted = vocabulary.unmappedAnswers[question].texts.count
      unmapped[question] += Array(repeating: 0, count: wanted - unmapped[question].count)
    }
  }

  /// The tally by texts, fit to be merged with others.
  package func finish() -> Tally {
    var result = tally
    result.countWaiting()
    for segment in groups.indices {
      let texts = vocabulary.segmentValues[segment].texts.map(ExactText.init)
      result.setGroups(Dictionary(uniqueKeysWithValues: zip(texts, groups[segment])), of: segment)
    }
    for question in unmapped.indices {
      let texts = vocabulary.unmappedAnswers[question].texts
      let counted = zip(texts, unmapped[question]).filter { $0.1 > 0 }
      result.setUnmapped(Dictionary(uniqueKeysWithValues: counted), of: question)
    }
    return result
  }
}

extension Tally {
  fileprivate mutating func add(
    _ responses: ResponseBatch, _ scores: ScoreBatch, _ response: Int, weight: UInt64
  ) {
    let words = shape.criterionWords
    let stage = Int(scores.low[response])
    everybody.add(scores, response, weight: weight, words: words)
    roleTools.add(scores, response, weight: weight, words: words)
    unlock.add(scores, response, weight: weight)
    antiPatterns.add(scores, response, weight: weight, words: words)
    for word in 0..<shape.termWords {
      var rest = responses.terms[response * shape.termWords + word]
      while rest != 0 {
        terms[stage, word * 64 + rest.trailingZeroBitCount].add(weight: weight)
        rest &= rest - 1
      }
    }
    for rule in StageRule.allCases {
      rules[rule.rawValue, rule.stage(scores, response)].add(weight: weight)
    }
    let own = Int(responses.selfAssessed[response])
    selfAssessed[own < 0 ? shape.stages : own, stage] += 1
  }

  fileprivate mutating func countWaiting() { roleTools.countWaiting() }

  fileprivate mutating func account(_ responses: ResponseBatch, scored: Int) {
    accounting[responses.input].add(
      responses.accounting, scored: scored, unscored: responses.count - scored)
  }

  /// A value that only unscored responses have is no group.
  fileprivate mutating func setGroups(_ groups: [ExactText: GroupTally], of segment: Int) {
    segments[segment] = groups.filter { $0.value.base.count > 0 }
  }

  fileprivate mutating func setUnmapped(_ counts: [String: UInt64], of question: Int) {
    unmapped[question] = counts
  }
}
