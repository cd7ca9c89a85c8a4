import Normalize
import Testing

@testable import Organisations

/// How the answers of several people become their organisation's.
@Suite struct CombinationTests {
  private func evidence(
    yes: UInt32 = 0, no: UInt32 = 0, grades: [UInt32: UInt64] = [:]
  ) -> OrganisationEvidence {
    let shape = ResponseBatch.Shape(
      criteria: 1, terms: 0, mergedTerms: [], metrics: 0, segments: 0, keepRules: 0,
      hasWeights: false)
    var evidence = OrganisationEvidence(shape, criteria: 1, stages: 2)
    evidence.answers[0] = AnswerCounts(yes: yes, no: no)
    evidence.graded = grades.isEmpty ? [:] : [0: grades]
    return evidence
  }

  @Test(
    arguments: [(1, 9, true), (0, 2, false), (0, 1, nil), (0, 0, nil)]
      as [(UInt32, UInt32, Bool?)])
  func oneWitnessProvesThatSomethingIsThereAndTwoDenyIt(
    _ yes: UInt32, _ no: UInt32, _ expected: Bool?
  ) {
    #expect(evidence(yes: yes, no: no).holds(0, .existence) == expected)
  }

  @Test(
    arguments: [(2, 1, true), (1, 2, false), (1, 1, false), (0, 1, false), (0, 0, nil)]
      as [(UInt32, UInt32, Bool?)])
  func aMajorityDecidesAndATieDoesNot(_ yes: UInt32, _ no: UInt32, _ expected: Bool?) {
    #expect(evidence(yes: yes, no: no).holds(0, .median) == expected)
    #expect(evidence(yes: yes, no: no).holds(0, .mean) == expected)
  }

  @Test func gradesCountInPart() {
    // 1, 0.6 and 0: the one in the middle is above a half, and so is the mean.
    let above = evidence(yes: 1, no: 1, grades: [600_000_000: 1])
    #expect(above.holds(0, .median) == true)
    #expect(above.holds(0, .mean) == true)
    // 1, 1, 0.1, 0, 0: the mean is 0.42.
    let below = evidence(yes: 2, no: 2, grades: [100_000_000: 1])
    #expect(below.holds(0, .median) == false)
    #expect(below.holds(0, .mean) == false)
    // 1, 1, 0.4, 0.4, 0.4: the median is below, the mean above.
    let split = evidence(yes: 2, grades: [400_000_000: 3])
    #expect(split.holds(0, .median) == false)
    #expect(split.holds(0, .mean) == true)
  }
}
