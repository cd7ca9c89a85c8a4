import Foundation

/// Which pairs of characters are one character: the primary composites of UAX #15.
enum Composition {
  /// The character that the two make up, if there is one.
  static func joined(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    hangul(first, second) ?? pairs[Pair(first: first, second: second)]
  }

  private struct Pair: Hashable {
    let first: Unicode.Scalar
    let second: Unicode.Scalar
  }

  /// Syllables are composed by arithmetic (Unicode, section 3.12): 19 initials, 21 vowels, 27
  /// finals.
  private static func hangul(
    _ first: Unicode.Scalar, _ second: Unicode.Scalar
  ) -> Unicode.Scalar? {
    let (initial, vowel, final) = (UInt32(0x1100), UInt32(0x1161), UInt32(0x11A7))
    let syllable = UInt32(0xAC00)
    switch (first.value, second.value) {
    case (initial..<initial + 19, vowel..<vowel + 21):
      let place = (first.value - initial) * 21 + (second.value - vowel)
      return Unicode.Scalar(syllable + place * 28)
    case (syllable..<syllable + 19 * 21 * 28, final + 1..<final + 28)
    where (first.value - syllable) % 28 == 0:
      return Unicode.Scalar(first.value + (second.value - final))
    default:
      return nil
    }
  }

  /// All other pairs, worked out once from the decompositions that Foundation knows.
  private static let pairs: [Pair: Unicode.Scalar] = {
    var pairs: [Pair: Unicode.Scalar] = [:]
    // Of `ǖ` (u, diaeresis, macron) all but the last make `ü`, so short ones come first.
    for (scalar, parts) in decompositions.sorted(by: { $0.parts.count < $1.parts.count }) {
      guard let last = parts.last, let first = whole(parts.dropLast(), pairs) else { continue }
      pairs[Pair(first: first, second: last)] = scalar
    }
    return pairs
  }()

  private static func whole(
    _ parts: ArraySlice<Unicode.Scalar>, _ pairs: [Pair: Unicode.Scalar]
  ) -> Unicode.Scalar? {
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      guard let joined = pairs[Pair(first: whole, second: part)] else { return nil }
      whole = joined
    }
    return whole
  }

  private static var decompositions: [(scalar: Unicode.Scalar, parts: [Unicode.Scalar])] {
    let scalars = blocks.joined().compactMap(Unicode.Scalar.init).filter {
      !$0.properties.isFullCompositionExclusion
    }
    // One call for all: between line feeds, which join with nothing.
    let lines = String(String.UnicodeScalarView(scalars.flatMap { [$0, "\n"] }))
    let parts = lines.decomposedStringWithCanonicalMapping.unicodeScalars.split(separator: "\n")
    return zip(scalars, parts).filter { $1.count > 1 }.map { ($0, Array($1)) }
  }

  /// Where characters stand that are made up of others, Hangul apart.
  private static let blocks: [ClosedRange<UInt32>] = [
    0xC0...0x31FF, 0x10500...0x105FF, 0x11000...0x11FFF, 0x16D00...0x16DFF,
  ]
}
