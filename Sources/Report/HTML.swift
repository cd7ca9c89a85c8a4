/// A piece of a page: markup of ours, in which every text is escaped.
///
/// What is written in the source is markup; what is put in with `\(…)` is text and is escaped. There
/// is no other way to make one, so nothing that anybody wrote can become markup.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
  package private(set) var markup: String

  package init(stringLiteral markup: StaticString) { self.markup = markup.description }
  package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      markup += literal.description
    }

    package mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &markup) }
    package mutating func appendInterpolation(_ part: HTML) { markup += part.markup }
    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      markup += String(number)
    }
  }

  package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
  package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// The text as it stands in a page: in an element, or in an attribute in double quotes.
  ///
  /// By scalars, not by characters: a quote with a combining mark is one character, and ends an
  /// attribute all the same. Control characters have no place in a page and become U+FFFD.
  package static func escaped(_ text: String) -> String {
    var result = ""
    escape(text, into: &result)
    return result
  }

  private static func escape(_ text: String, into result: inout String) {
    if !text.utf8.contains(where: { needsEscape[Int($0)] }) {
      result += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        let isControl = scalar.properties.generalCategory == .control
        let isSpace = scalar == "\t" || scalar == "\n"
        result.unicodeScalars.append(isControl && !isSpace ? "\u{FFFD}" : scalar)
      }
    }
  }

  /// Per byte of UTF-8: whether a text with it is looked at more closely. 0xC2 begins the control
  /// characters U+0080 to U+009F.
  private static let needsEscape: [Bool] = {
    var marked = Array(repeating: false, count: 256)
    for byte in 0..<0x20 { marked[byte] = true }
    for byte: UInt8 in [0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0xC2] { marked[Int(byte)] = true }
    return marked
  }()
}

extension Sequence<HTML> {
  func joined(_ separator: HTML = "") -> HTML {
    var result: HTML = ""
    for (place, part) in enumerated() {
      if place > 0 { result += separator }
      result += part
    }
    return result
  }
}
