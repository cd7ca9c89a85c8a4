import TextFolding

/// What a single text looks like, by its characters alone.
enum TextShape {
  /// A decimal number: sign, digits, one point or comma, `%` at the end.
  static func isNumber(_ text: some Collection<UInt8>) -> Bool {
    var rest = Array(text)[...]
    if rest.last == UInt8(ascii: "%") { rest = rest.dropLast() }
    while rest.last == 0x20 { rest = rest.dropLast() }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let marks = rest.count { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    let digits = rest.count(where: isDigit)
    return digits > 0 && marks <= 1 && digits + marks == rest.count
  }

  /// Digits, with a sign at most.
  static func isWholeNumber(_ text: some Collection<UInt8>) -> Bool {
    let digits = text.first.map { $0 == UInt8(ascii: "-") } == true ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  /// Three groups of digits with `-`, `/` or `.` between them, with a time of day and a zone at
  /// most.
  static func isDate(_ text: some Collection<UInt8>) -> Bool {
    guard (6...40).contains(text.count) else { return false }
    var cursor = DateCursor(text)
    return cursor.takesDate() && (cursor.isAtEnd || (cursor.takesTime() && cursor.takesZone()))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Fields of option columns that say "not chosen", folded; as in a run.
  static let unticked: Set = ["0", "no", "n", "false", "unchecked", "not selected"]
  /// Fields of option columns that say "chosen" and nothing else, folded; as in a run.
  static let ticks: Set = ["1", "yes", "y", "true", "checked", "x", "selected"]

  /// Shown to people: on one line, without control characters.
  static func singleLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var spaceIsDue = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || isUnprintable(scalar) {
        spaceIsDue = !result.isEmpty
        continue
      }
      if spaceIsDue { result.append(" ") }
      spaceIsDue = false
      result.append(scalar)
    }
    return String(result)
  }

  static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: true
    default: false
    }
  }
}

/// Reads a date from left to right.
private struct DateCursor {
  private var rest: ArraySlice<UInt8>

  init(_ text: some Collection<UInt8>) { rest = Array(text)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// `2024-03-01`, `3/1/24`, `01.03.2024`.
  mutating func takesDate() -> Bool {
    guard let first = takeDigits(), (1...4).contains(first), let mark = rest.first,
      [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(mark)
    else { return false }
    rest.removeFirst()
    guard let second = takeDigits(), second <= 2, take(mark), let third = takeDigits() else {
      return false
    }
    return first == 4 ? third <= 2 : first <= 2 && (third == 2 || third == 4)
  }

  /// ` 9:05`, `T09:05:07.000`, ` 9:05:07 AM`.
  mutating func takesTime() -> Bool {
    guard take(UInt8(ascii: " ")) || take(UInt8(ascii: "T")) else { return false }
    guard let hour = takeDigits(), hour <= 2, take(UInt8(ascii: ":")), takeDigits() == 2 else {
      return false
    }
    if take(UInt8(ascii: ":")) {
      guard takeDigits() == 2 else { return false }
      if take(UInt8(ascii: ".")) { _ = takeDigits() }
    }
    return true
  }

  /// `AM`, `Z`, ` GMT+1`, `+01:00`, or nothing.
  mutating func takesZone() -> Bool {
    rest.count <= 15
      && rest.allSatisfy { byte in
        "AMPamp GMTUCZ+-:0123456789".utf8.contains(byte)
      }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takeDigits() -> Int? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    if digits.isEmpty { return nil }
    rest = rest[digits.endIndex...]
    return digits.count
  }
}
