/// Which vendor an export is of, and which variant of its exports.
struct VendorDecision {
  let vendor: Vendor
  let rule: String
  /// Other vendors whose rules fire as well.
  let alternatives: [Vendor]
  let headerRecords: Int
  let labelRecord: Int

  init(_ start: ExportStart, declared: Vendor?) {
    if let declared {
      // The vendor is not in question; its own rule still knows the variant.
      let profile = declared.profile
      let evidence = profile.rule(start) ?? profile.rule(start.foldingCase)
      self.init(profile, evidence, rule: "declared: \(declared.rawValue)", alternatives: [])
      return
    }
    // `Date submitted` is LimeSurvey's, `Date Submitted` Alchemer's: exact case comes first.
    let exact = VendorDecision.firing(start)
    let firing = exact.isEmpty ? VendorDecision.firing(start.foldingCase) : exact
    guard let (profile, evidence) = firing.first else {
      self.init(.generic, nil, rule: "generic: no vendor's rule fits", alternatives: [])
      return
    }
    self.init(
      profile, evidence, rule: "\(profile.vendor.rawValue): \(evidence.rule)",
      alternatives: firing.dropFirst().map(\.profile.vendor))
  }

  private init(
    _ profile: VendorProfile, _ evidence: Evidence?, rule: String, alternatives: [Vendor]
  ) {
    vendor = profile.vendor
    self.rule = rule
    self.alternatives = alternatives
    headerRecords = evidence?.headerRecords ?? profile.headerRecords
    labelRecord = evidence?.labelRecord ?? min(profile.labelRecord, headerRecords)
  }

  private static func firing(
    _ start: ExportStart
  ) -> [(profile: VendorProfile, evidence: Evidence)] {
    VendorProfile.decisionList.compactMap { profile in
      profile.rule(start).map { (profile, $0) }
    }
  }
}
