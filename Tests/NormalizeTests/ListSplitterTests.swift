import Testing

@testable import Normalize

@Suite struct ListSplitterTests {
  @Test(arguments: [
    ("a;b;c", ["a", "b", "c"]), ("a", ["a"]), ("", []), (";", []), (";;;", []), ("a;", ["a"]),
    ("a;;b;;", ["a", "b"]), (";a", ["a"]), ("a ; b ;", ["a", "b"]), ("a; ;b", ["a", "b"]),
    ("a b;c", ["a b", "c"]), ("a,b;c", ["a,b", "c"]),
  ])
  func emptyTokensAreSkipped(_ cell: String, _ tokens: [String]) {
    #expect(ListSplitter(separator: ";", known: ["a", "b"]).split(cell) == tokens)
  }

  @Test(arguments: [
    ("vim, emacs, or similar", ["vim, emacs, or similar"]),
    ("vim, emacs", ["vim, emacs"]), ("vim, nano", ["vim", "nano"]),
    ("nano, vim, emacs, or similar, vim", ["nano", "vim, emacs, or similar", "vim"]),
    ("vim, emacs, or similar ones", ["vim, emacs", "or similar ones"]),
    ("vim, emacs, or similar , x", ["vim, emacs, or similar", "x"]),
    ("vim, emacs,", ["vim, emacs"]), ("vim, emacsen", ["vim", "emacsen"]),
    ("nvim, emacs", ["nvim", "emacs"]), ("vim,emacs", ["vim", "emacs"]),
  ])
  func longestKnownAnswerWins(_ cell: String, _ tokens: [String]) {
    let splitter = ListSplitter(
      separator: ",", known: ["vim", "vim, emacs", "vim, emacs, or similar", "emacs"])
    #expect(splitter.split(cell) == tokens)
  }

  @Test(arguments: [
    ("looker studio", ["looker studio"]), ("looker", ["looker"]),
    ("looker looker studio excel", ["looker", "looker studio", "excel"]),
    ("looker studios", ["looker", "studios"]), ("studio looker", ["studio", "looker"]),
  ])
  func blankMaySeparate(_ cell: String, _ tokens: [String]) {
    for separator in [" ", "  ", "\t", "\u{A0}"] {
      let splitter = ListSplitter(separator: separator, known: ["looker", "looker studio"])
      #expect(splitter.split(cell) == tokens)
    }
  }

  @Test func separatorMayHaveSeveralBytes() {
    let splitter = ListSplitter(separator: " || ", known: ["a||b"])
    #expect(splitter.split("a||b || c|d||a") == ["a||b", "c|d", "a"])
    #expect(ListSplitter(separator: "\u{2022}", known: []).split("a\u{2022}b") == ["a", "b"])
  }

  @Test func separatorIsFoldedLikeTheCell() {
    #expect(ListSplitter(separator: "AND", known: []).split("x and y") == ["x", "y"])
    #expect(ListSplitter(separator: "\u{2013}", known: []).split("x-y") == ["x", "y"])
  }

  @Test(
    arguments: [
      (";", ["a b"], UInt8(ascii: ";")), (";", ["a;b"], nil), (" ", [], nil), ("||", [], nil),
      ("\u{2022}", [], nil), ("x", [], nil),
    ] as [(String, [String], UInt8?)])
  func onlyOneASCIIByteThatFoldingKeepsIsPlain(
    _ separator: String, _ known: [String], _ plain: UInt8?
  ) {
    #expect(ListSplitter(separator: separator, known: known).plainSeparator == plain)
  }
}
