import Publish

extension FailureMessage {
  /// A set that is withheld, for what its difference from the last one would tell.
  init(_ exposure: ReleaseExposure, path: String) {
    let group =
      switch (exposure.segment, exposure.value) {
      case (nil, _): "all responses together"
      case (let segment?, let value?): "segment '\(segment)', value '\(value)'"
      case (let segment?, nil): "segment '\(segment)', the values that are not shown"
      }
    let difference =
      exposure.isOfStages
      ? "has as many responses as in the set that is there, but some stand at other stages"
      : "differs from the set that is there"
    self.init(
      "\(path): not replaced, for the difference would tell of fewer responses than --min-cell "
        + "allows: in stage_distribution.csv, \(group) \(difference). The old set stays. Run again "
        + "when more responses have come in, or publish to another --out that the same readers do "
        + "not see.", .otherRun)
  }
}
