/// A line and a column, both counted from 1.
package struct Position: Hashable, Sendable {
  /// Lines end with LF, CR or both.
  package let line: Int
  /// In characters (Unicode scalars).
  package let column: Int

  /// A place as editors count it.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// One value of a document: what was written, and where.
struct DocumentNode: Hashable, Sendable {
  let content: Content
  let position: Position?

  enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case list([DocumentNode])
    case mapping([Entry])
  }

  struct Entry: Hashable, Sendable {
    let key: String
    let keyPosition: Position?
    let value: DocumentNode
  }

  var shape: Fault.Shape {
    switch content {
    case .scalar(let scalar): scalar.shape
    case .list: .list
    case .mapping: .mapping
    }
  }
}

/// A scalar as it was written, and what the YAML 1.2 core schema makes of it.
struct Scalar: Hashable, Sendable {
  let text: String
  let shape: Fault.Shape

  /// - Parameter isPlain: written without quotes, so that `30` is a number and `~` nothing.
  init(text: String, isPlain: Bool) {
    self.text = text
    shape = isPlain ? Scalar.coreShape(of: text) : .text
  }

  /// The core schema but for `0x1F`, `0o17`, `.inf` and `.nan`, which are text here: nobody's
  /// questionnaire means numbers by them. `yes`, `no` and `NO` are text as well.
  private static func coreShape(of text: String) -> Fault.Shape {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .truthValue
    default: break
    }
    return numberShape(of: text.utf8[...])
  }

  /// `[-+]?[0-9]+` is a whole number, `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` a
  /// number. By hand, for regular expressions took most of the reading time.
  private static func numberShape(of text: Substring.UTF8View) -> Fault.Shape {
    var rest = text
    _ = skip(&rest, "-", "+")
    let hasWhole = skipDigits(&rest)
    if rest.isEmpty { return hasWhole ? .wholeNumber : .text }
    let hasFraction = skip(&rest, ".", ".") && skipDigits(&rest)
    guard hasWhole || hasFraction else { return .text }
    if skip(&rest, "e", "E") {
      _ = skip(&rest, "-", "+")
      if !skipDigits(&rest) { return .text }
    }
    return rest.isEmpty ? .number : .text
  }

  private static func skip(
    _ rest: inout Substring.UTF8View, _ one: Unicode.Scalar, _ other: Unicode.Scalar
  ) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: one) || first == UInt8(ascii: other) else {
      return false
    }
    rest.removeFirst()
    return true
  }

  private static func skipDigits(_ rest: inout Substring.UTF8View) -> Bool {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest[digits.endIndex...]
    return !digits.isEmpty
  }
}
