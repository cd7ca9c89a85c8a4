import Testing

@testable import Documents

@Suite struct DocumentParserTests {
  /// The one fault that makes `yaml` unreadable.
  private func fault(_ yaml: String) -> Fault? { fault(Array(yaml.utf8)) }

  private func fault(_ yaml: [UInt8]) -> Fault? {
    do {
      _ = try DocumentParser.parse(yaml, source: "file")
      return nil
    } catch {
      return error.faults.first
    }
  }

  @Test(
    arguments: [
      ("", nil, Fault.Kind.noContent),
      ("# nothing\n", nil, .noContent),
      ("a: 1\n---\nb: 2\n", 2, .severalDocuments),
      ("a:\n  x: 1\n  y: 2\n  x: 3\n", 2, .duplicateKey("x")),
      ("a: 1\n'a': 2\n", 1, .duplicateKey("a")),
      ("? [a]\n: 1\n", 1, .keyIsNoText),
      ("a: 1\nb: !!binary aGk=\n", 2, .unsupportedTag("tag:yaml.org,2002:binary")),
      ("a: !shape round\n", 1, .unsupportedTag("!shape")),
      ("a: !!set {x}\n", 1, .unsupportedTag("tag:yaml.org,2002:set")),
      ("a: *nowhere\n", 1, .syntax("found undefined alias")),
      ("a: b\nc: \u{1}\n", 2, .syntax("control characters are not allowed")),
      (
        "a: [1\nb: 2\n", 2,
        .syntax("while parsing a flow sequence, did not find expected ',' or ']'")
      ),
    ] as [(String, Int?, Fault.Kind)])
  func unreadableFilesTellWhereAndWhy(_ yaml: String, _ line: Int?, _ kind: Fault.Kind) {
    #expect(fault(yaml)?.line == line)
    #expect(fault(yaml)?.kind == kind)
  }

  @Test func syntaxErrorHasLineAndColumn() {
    let fault = fault("a: 1\nb: \"open\n")
    #expect(fault?.line == 3)
    #expect(fault?.column == 1)
  }

  @Test func invalidUTF8IsRefusedWithItsOffset() {
    #expect(fault(Array("é: ".utf8) + [0xE9, 0x0A])?.kind == .notUTF8(offset: 4))
    #expect(fault([0xFF, 0xFE, 0x61, 0x00])?.kind == .notUTF8(offset: 0))
  }

  @Test func byteOrderMarkAndCarriageReturnsAreFine() {
    #expect(fault([0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: [2,\r\n 3]\r\n".utf8)) == nil)
  }

  @Test(arguments: ["[", "- ", "{a: "])
  func deepNestingIsRefused(_ opening: String) {
    let closing = ["[": "]", "{a: ": "}"][opening] ?? ""
    func nested(_ depth: Int) -> String {
      String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
    }
    #expect(fault(nested(63)) == nil)
    #expect(fault(nested(64))?.kind == .tooDeep(limit: 64))
    #expect(fault(nested(900))?.kind == .tooDeep(limit: 64))
    #expect(fault(nested(100_000)) != nil)
  }

  @Test func largeFilesAreRefused() {
    let spaces = Array(repeating: UInt8(ascii: " "), count: documentByteLimit + 1)
    #expect(fault(spaces)?.kind == .tooLarge(limit: documentByteLimit))
  }

  /// Ten anchors, each a list of nine times the one before: 9¹⁰ values in half a kilobyte.
  private let bomb =
    "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + (1..<10).map { level in
      "a\(level): &a\(level) ["
        + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
        + "]\n"
    }.joined()

  @Test func aliasBombsAreRefused() {
    #expect(fault(bomb)?.kind == .tooManyValues(limit: DocumentParser.valueLimit))
  }

  @Test(arguments: ["? *a9\n: 1\n", "b: {*a9 : 1}\n", "b: {[*a9]: 1}\n", "b: [? *a9]\n"])
  func aliasBombsAsKeysAreRefusedBeforeTheyGoOff(_ key: String) {
    #expect(fault(bomb + key)?.kind == .keyIsNoText)
  }

  @Test func aliasesAreFollowed() throws {
    let texts = try DocumentReader.read(
      Array("a: &scale [Agree, 'Q*']\nb: *scale\n".utf8), source: "file"
    ) { $0.peek("b")?.texts() }
    #expect(texts == ["Agree", "Q*"])
  }
}
