/// Whether a share is fit to be shown, and why not.
///
/// The standard of the National Center for Health Statistics: Parker et al., *National Center for
/// Health Statistics Data Presentation Standards for Proportions*, Vital and Health Statistics
/// 2(175), 2017. What it suppresses is shown as `unreliable` here: a flag says more than a blank.
package struct Presentation: Hashable, Sendable {
  package let level: Level
  /// Empty only where the share is shown without a remark.
  package let reasons: [Reason]

  package enum Level: String, CaseIterable, Sendable {
    /// Fit as it is; fit, but not its complement; to be looked at; not fit; no number at all.
    case show, footnote, review, unreliable
    case absent = "none"
  }

  package enum Reason: String, Sendable {
    case noResponses = "no_responses"
    case noWeight = "no_weight"
    /// The questionnaire cannot observe enough of the stage for anybody to stand there.
    case notAssessable = "not_assessable"
    case effectiveSizeBelow10 = "n_effective_below_10"
    case effectiveSizeBelow30 = "n_effective_below_30"
    case wideInterval = "interval_30_points_or_wider"
    case relativeWidth = "interval_wider_than_130_percent_of_share"
    case complementRelativeWidth = "interval_wider_than_130_percent_of_complement"
    case zeroPercent = "zero_percent"
    case hundredPercent = "hundred_percent"
  }

  private init(_ level: Level, _ reasons: [Reason]) {
    (self.level, self.reasons) = (level, reasons)
  }

  /// There is no share, for one reason.
  package init(noShare reason: Reason) { self.init(.absent, [reason]) }

  /// - Parameter interval: that of Korn and Graubard.
  package init(_ observed: ObservedShare, _ interval: ShareInterval) {
    if observed.size < 30 {
      let isTiny = observed.size < 10
      self.init(
        .unreliable,
        (isTiny ? [.effectiveSizeBelow10] : []) + [.effectiveSizeBelow30])
    } else if observed.share == 0 || observed.share == 1 {
      self.init(.review, [observed.share == 0 ? .zeroPercent : .hundredPercent])
    } else if interval.width <= 0.05 {
      self.init(.show, [])
    } else if interval.width >= 0.30 {
      self.init(.unreliable, [.wideInterval])
    } else if interval.width > 1.3 * observed.share {
      self.init(.unreliable, [.relativeWidth])
    } else if interval.width > 1.3 * (1 - observed.share) {
      self.init(.footnote, [.complementRelativeWidth])
    } else {
      self.init(.show, [])
    }
  }
}
