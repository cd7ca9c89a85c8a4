import Foundation

extension TextFolding {
  /// The text in NFKC: ligatures, full-width letters and the like become plain ones.
  ///
  /// Foundation takes the text apart, for its tables. Putting it together again is done here:
  /// Foundation for Linux (6.3) gets marks out of order, leaves Hangul apart, and composes letters
  /// beyond U+FFFF as if they had 16 bits.
  static func compatibilityForm(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy(staysAsItIs) { return text }
    var scalars = Array(text.decomposedStringWithCompatibilityMapping.unicodeScalars)
    orderMarks(&scalars)
    return String(String.UnicodeScalarView(composed(scalars)))
  }

  /// ASCII and the letters of Latin-1: they are their own NFKC, and only a combining mark, which
  /// is neither, could join them.
  private static func staysAsItIs(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 || (0xC0...0xFF).contains(scalar.value)
  }

  /// Sorts each run of combining marks by class, as UAX #15 has it.
  private static func orderMarks(_ scalars: inout [Unicode.Scalar]) {
    var start = 0
    while start < scalars.count {
      var end = start
      while end < scalars.count, combiningClass(scalars[end]) != 0 { end += 1 }
      if end - start > 1 {
        let run = scalars[start..<end].enumerated().map { (combiningClass($1), $0, $1) }
        let sorted = run.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        scalars.replaceSubrange(start..<end, with: sorted.map(\.2))
      }
      start = max(end, start + 1)
    }
  }

  /// Joins each letter with the marks behind it that no mark in between blocks.
  private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for scalar in scalars {
      let scalarClass = combiningClass(scalar)
      if let starter, result.count == starter + 1 || lastClass < scalarClass,
        let joined = Composition.joined(result[starter], scalar)
      {
        result[starter] = joined
        continue
      }
      if scalarClass == 0 { starter = result.count }
      lastClass = scalarClass
      result.append(scalar)
    }
    return result
  }

  private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
    scalar.value < 0x300 ? 0 : scalar.properties.canonicalCombiningClass.rawValue
  }

  /// The Unicode version of the compatibility forms, e.g. `15.0`.
  ///
  /// Foundation brings tables of its own, and they may be older than the standard library's.
  package static var compatibilityVersion: String {
    let probes: [(version: String, letter: String, form: String)] = [
      ("17.0", "\u{A7F1}", "S"), ("16.0", "\u{1CCD6}", "A"), ("15.0", "\u{1E030}", "\u{430}"),
      ("14.0", "\u{A7F2}", "C"),
    ]
    return probes.first { compatibilityForm($0.letter) == $0.form }?.version ?? "13.0"
  }
}
