/// The members of a JSON object that holds nothing but texts without escapes, as Qualtrics prints
/// its ids; found without a JSON parser, which would take longer than all the rest of a header.
struct PlainMembers {
  private var values: [String: String] = [:]

  subscript(key: String) -> String? { values[key] }

  /// - Returns: nil for anything else, valid or not.
  init?(_ text: String) {
    var rest = text.utf8[...]
    guard PlainMembers.take("{", &rest) else { return nil }
    repeat {
      guard let key = PlainMembers.text(&rest), PlainMembers.take(":", &rest),
        let value = PlainMembers.text(&rest), values.updateValue(value, forKey: key) == nil
      else { return nil }
    } while PlainMembers.take(",", &rest)
    guard PlainMembers.take("}", &rest) else { return nil }
    PlainMembers.skipSpace(&rest)
    if !rest.isEmpty { return nil }
  }

  private static func text(_ rest: inout Substring.UTF8View) -> String? {
    guard take("\"", &rest) else { return nil }
    let text = rest.prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    rest = rest[text.endIndex...]
    guard rest.first == UInt8(ascii: "\"") else { return nil }
    rest.removeFirst()
    return String(Substring(text))
  }

  /// Takes the character if it comes next, behind white space.
  private static func take(_ wanted: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
    skipSpace(&rest)
    guard rest.first == UInt8(ascii: wanted) else { return false }
    rest.removeFirst()
    return true
  }

  private static func skipSpace(_ rest: inout Substring.UTF8View) {
    rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }
}
