import Testing

@testable import Organisations

@Suite struct AgreementTests {
  private func agreement(_ answers: [(yes: UInt32, no: UInt32)]) -> Agreement {
    answers.reduce(into: Agreement()) { $0.add(yes: $1.yes, no: $1.no) }
  }

  /// By hand: p_a = (1 + 12/20 + 8/20) / 3, π = (1 + 4/5 + 3/5) / 3 = 0.8, p_e = 0.32.
  @Test func ac1FollowsGwet() throws {
    let agreement = agreement([(5, 0), (4, 1), (3, 2)])
    let value = try #require(agreement.gwetAC1)
    #expect(abs(value - (2.0 / 3 - 0.32) / 0.68) < 1e-12)
    #expect(agreement.majorityShare == (1 + 0.8 + 0.6) / 3)
  }

  @Test func oneRaterSaysNothingOfAgreement() {
    let agreement = agreement([(1, 0), (0, 1), (0, 0)])
    #expect(agreement.items == 0 && agreement.gwetAC1 == nil && agreement.majorityShare == nil)
  }

  @Test func thoseWhoAllSayTheSameAgreeWholly() {
    #expect(agreement([(3, 0), (2, 0)]).gwetAC1 == 1)
    #expect(agreement([(3, 0), (0, 2)]).gwetAC1 == 1)
  }

  /// Ratings 3, 4, 4, 5 of five points: 1 - (2/3) / 2.
  @Test func ratingsAgreeWithinAGroupByTheirVariance() throws {
    let value = try #require(withinGroupAgreement([0, 0, 1, 2, 1]))
    #expect(abs(value - 2.0 / 3) < 1e-12)
    #expect(withinGroupAgreement([0, 4, 0]) == 1)
    #expect(withinGroupAgreement([1, 0, 0, 0, 1]) == 0)
    #expect(withinGroupAgreement([0, 1, 0]) == nil)
  }

  @Test(
    arguments: [
      (3, 7, true), (7, 3, true), (2, 7, false), (1, 1, true), (5, 0, false), (0, 0, false),
    ] as [(UInt32, UInt32, Bool)])
  func aCriterionIsDisputedWhereBothSidesHaveThreeOfTen(
    _ yes: UInt32, _ no: UInt32, _ isDisputed: Bool
  ) {
    #expect(AnswerCounts(yes: yes, no: no).areDisputed == isDisputed)
  }
}
