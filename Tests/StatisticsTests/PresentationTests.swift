import Statistics
import Testing

@Suite struct PresentationTests {
  private func presentation(_ share: Double, _ size: Double, width: Double) -> Presentation {
    Presentation(
      ObservedShare(share: share, size: size), ShareInterval(low: 0.25, high: 0.25 + width))
  }

  @Test(
    arguments: [
      (0.5, 9.9, 0.5, .unreliable, [.effectiveSizeBelow10, .effectiveSizeBelow30]),
      (0.5, 29.9, 0.01, .unreliable, [.effectiveSizeBelow30]),
      (0.5, 30, 0.01, .show, []),
      (0, 30, 0.11, .review, [.zeroPercent]),
      (1, 30, 0.11, .review, [.hundredPercent]),
      // Narrow ones are shown, however small the share.
      (0.001, 3_000, 0.05, .show, []),
      (0.5, 40, 0.31, .unreliable, [.wideInterval]),
      (0.1, 40, 0.14, .unreliable, [.relativeWidth]),
      (0.1, 40, 0.12, .show, []),
      (0.9, 40, 0.14, .footnote, [.complementRelativeWidth]),
    ] as [(Double, Double, Double, Presentation.Level, [Presentation.Reason])])
  func cellsAreFlaggedByTheStandard(
    _ share: Double, _ size: Double, _ width: Double, _ level: Presentation.Level,
    _ reasons: [Presentation.Reason]
  ) {
    let found = presentation(share, size, width: width)
    #expect(found.level == level)
    #expect(found.reasons == reasons)
  }

  @Test func noShareHasAReason() {
    #expect(Presentation(noShare: .noWeight).level == .absent)
    #expect(Presentation(noShare: .noWeight).reasons == [.noWeight])
  }
}
