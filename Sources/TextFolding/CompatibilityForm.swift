import Foundation

extension TextFolding {
  /// The text in NFKC: ligatures, full-width letters and the like become plain ones.
  ///
  /// The standard library knows no compatibility forms, hence Foundation, which is slow enough to
  /// be asked only where it can change something.
  static func compatibilityForm(_ text: String) -> String {
    text.unicodeScalars.allSatisfy(staysAsItIs) ? text : text.precomposedStringWithCompatibilityMapping
  }

  /// ASCII and the letters of Latin-1: they are their own NFKC, and only a combining mark, which
  /// is neither, could join them.
  private static func staysAsItIs(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 || (0xC0...0xFF).contains(scalar.value)
  }

  /// The Unicode version of the compatibility forms, e.g. `15.0`.
  ///
  /// Foundation brings tables of its own, and they may be older than the standard library's.
  package static var compatibilityVersion: String {
    let probes: [(version: String, letter: String, form: String)] = [
      ("17.0", "\u{A7F1}", "S"), ("16.0", "\u{1CCD6}", "A"), ("15.0", "\u{1E030}", "\u{430}"),
      ("14.0", "\u{A7F2}", "C"),
    ]
    let known = probes.first { $0.letter.precomposedStringWithCompatibilityMapping == $0.form }
    return known?.version ?? "13.0"
  }
}
