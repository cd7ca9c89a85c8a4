import Testing

@testable import Questionnaire

@Suite struct ScalarTextTests {
  /// To Swift each of these is one character with the mark behind it, and equals no `<` or quote.
  @Test func marksOfAFormatAreReplacedWhateverCombinesWithThem() {
    #expect("a<\u{0303}b".replacingScalars(["<": "&lt;"]) == "a&lt;\u{0303}b")
    #expect("\"\u{0301}".replacingScalars(["\"": "\"\""]).unicodeScalars.count == 3)
  }

  @Test func othersStayAsTheyAre() {
    #expect("né {x}".replacingScalars(["<": "&lt;"]) == "né {x}")
  }
}
