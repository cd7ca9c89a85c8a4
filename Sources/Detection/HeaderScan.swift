/// Reads a text from its front, character by character, as the rules describe it.
///
/// By hand: a regular expression costs more to build than a header costs to read.
struct HeaderScan {
  private(set) var rest: Substring

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes the next character if it is one of these.
  mutating func take(_ isWanted: (Character) -> Bool) -> Bool {
    guard let first = rest.first, isWanted(first) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func take(_ character: Character) -> Bool { take { $0 == character } }

  /// Takes the text if it comes next, whole characters of it.
  mutating func take(text: String) -> Bool {
    guard rest.starts(with: text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// Takes as many digits as there are, but no more than the range allows.
  mutating func takeDigits(_ count: ClosedRange<Int>) -> Bool {
    let digits = rest.prefix(count.upperBound).prefix(while: \.isNumber)
    rest = rest[digits.endIndex...]
    return count.contains(digits.count)
  }

  /// Takes all characters up to the first that is none of these.
  mutating func takeAll(_ isWanted: (Character) -> Bool) -> Substring {
    let taken = rest.prefix(while: isWanted)
    rest = rest[taken.endIndex...]
    return taken
  }
}

extension Character {
  var isSmallLetter: Bool { asciiValue.map { (0x61...0x7A).contains($0) } ?? false }
  var isDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }
  var isLatinLetter: Bool { asciiValue.map { (0x61...0x7A).contains($0 | 0x20) } ?? false }
}

extension String {
  /// `[a-z0-9_]*`
  var isOfNameBytes: Bool {
    utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    }
  }
}
