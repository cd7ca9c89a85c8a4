import Testing
import TextFolding

@Suite struct TrimmingTests {
  private static let spaces: [Unicode.Scalar] = [
    "\u{9}", "\u{A}", "\u{B}", "\u{C}", "\u{D}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{1F}", " ",
    "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2005}", "\u{200A}", "\u{2028}", "\u{2029}",
    "\u{202F}", "\u{205F}", "\u{3000}",
  ]

  @Test(arguments: spaces)
  func whiteSpaceIsCutAtBothEnds(_ space: Unicode.Scalar) {
    let run = String(String.UnicodeScalarView([space, " ", space]))
    #expect(TextFolding.trim(run + "é x" + run) == "é x")
    #expect(TextFolding.trim(run + "字") == "字")
    #expect(TextFolding.trim(run) == "")
  }

  @Test(arguments: [
    "", "a", "\u{200B}a\u{200B}", "\u{1B}a", "à", "\u{2010}", "\u{3001}", "\u{A7A0}",
  ])
  func otherTextStays(_ text: String) {
    #expect(Array(TextFolding.trim(text).utf8) == Array(text.utf8))
  }

  @Test func scalarIsCutIfItIsWhiteSpaceAndOnlyThen() {
    let wrong = (UInt32(0)...0xFFFF).lazy.compactMap(Unicode.Scalar.init).filter { scalar in
      let isSpace = scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
      let text = String(String.UnicodeScalarView([scalar, "a", scalar]))
      return Array(text.utf8).withUnsafeBufferPointer { bytes in
        (TextFolding.trimmedRange(bytes).count == 1) != isSpace
      }
    }
    #expect(Array(wrong) == [])
  }

  @Test func rangeOfWhiteSpaceIsEmpty() {
    let range = Array(" \u{A0} ".utf8).withUnsafeBufferPointer(TextFolding.trimmedRange)
    #expect(range.isEmpty)
    #expect(Array(" ab ".utf8).withUnsafeBufferPointer(TextFolding.trimmedRange) == 1..<3)
  }
}
