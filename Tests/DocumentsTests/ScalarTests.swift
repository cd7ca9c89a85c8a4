import Testing

@testable import Documents

@Suite struct ScalarTests {
  @Test(arguments: [
    ("yes", Fault.Shape.text), ("no", .text), ("NO", .text), ("on", .text), ("y", .text),
    ("true", .truthValue), ("True", .truthValue), ("FALSE", .truthValue), ("tRUE", .text),
    ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .text),
    ("0", .wholeNumber), ("-12", .wholeNumber), ("+7", .wholeNumber), ("007", .wholeNumber),
    ("0.5", .number), (".5", .number), ("5.", .number), ("1e3", .number), ("-1.5E-3", .number),
    ("1_000", .text), ("0x1F", .text), ("0o17", .text), ("1:30", .text), ("2022-01-01", .text),
    (".inf", .text), (".nan", .text), (".", .text), ("-", .text), ("+", .text), ("e5", .text),
    ("1e", .text), ("1e+", .text), ("1.2.3", .text), ("1 2", .text), ("١", .text),
  ])
  func plainScalarsFollowTheCoreSchema(_ text: String, _ shape: Fault.Shape) {
    #expect(Scalar(text: text, isPlain: true).shape == shape)
  }

  @Test(arguments: ["true", "~", "5", ""])
  func quotedScalarsAreText(_ text: String) {
    #expect(Scalar(text: text, isPlain: false).shape == .text)
  }

  @Test(arguments: [
    ("a", true), ("snake_case_2", true), ("", false), ("_a", false), ("2a", false),
    ("camelCase", false), ("kebab-case", false), ("ä", false), ("a\u{301}", false),
  ])
  func snakeCaseIsRecognised(_ name: String, _ isProper: Bool) {
    #expect(isSnakeCase(name) == isProper)
  }
}
