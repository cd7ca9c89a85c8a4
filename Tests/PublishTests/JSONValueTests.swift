import Foundation
import Publish
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    ("", #""""#), ("a", #""a""#), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#),
    ("a/b", #""a/b""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1F}\u{7F}", #""\u0000\u001f\u007f""#),
    ("Größe 🙂", #""Größe 🙂""#), ("\u{2028}", "\"\u{2028}\""),
  ])
  func textsAreEscaped(_ text: String, _ json: String) {
    #expect(JSONValue.quoted(text) == json)
  }

  @Test func everyCharacterSurvives() throws {
    let scalars = (0...0x2FF).compactMap(UnicodeScalar.init) + ["\u{FEFF}", "\u{10FFFF}"]
    let text = String(String.UnicodeScalarView(scalars))
    let parsed = try JSONSerialization.jsonObject(
      with: Data(JSONValue.quoted(text).utf8), options: .fragmentsAllowed)
    #expect(Array((parsed as? String ?? "").unicodeScalars) == scalars)
  }

  private let value = JSONValue.object([
    ("z", .integer(1)), ("a", .array([.bool(true), .null, .number("0.500000")])),
    ("empty", .object([])), ("none", .array([])), ("list", .strings(["x"])),
  ])

  @Test func keysKeepTheirOrderOnOneLine() {
    let expected =
      #"{"z": 1, "a": [true, null, 0.500000], "empty": {}, "none": [], "list": ["x"]}"#
    #expect(value.line == expected)
  }

  @Test func aDocumentIsIndentedAndEndsWithALineEnd() {
    let expected = """
      {
        "z": 1,
        "a": [
          true,
          null,
          0.500000
        ],
        "empty": {},
        "none": [],
        "list": [
          "x"
        ]
      }

      """
    #expect(value.document == expected)
  }
}
