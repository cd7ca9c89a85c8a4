import Ingest
import StagecraftTestSupport
import Testing
import TextFolding

@testable import Normalize
@testable import SurveyMapping

/// The fast path from bytes to rows says what the slow path from texts says.
@Suite struct QuestionReaderTests {
  private static let words = [
    "Excel", "excel", " Microsoft  Excel", "Looker", "LOOKER", "looker studio", "Vim",
    "Vim, Emacs, or similar", "BI or store", "Caf\u{E9} analyst", "Cafe\u{301} Analyst", "None",
    "Other", "skip", "NA", "", " ", "free text", "Free\tText", "\u{FB01}ne", "x", "1", "0", "yes",
    "\u{3A3}\u{39F}\u{3A3}", "a\u{200B}b", "\u{201C}q\u{201D}", "both",
  ]
  private static let separators = [";", ",", ", ", "|", "/", " ", "x", "||", "\u{2022}"]
  private static let keys =
    "none: [None], other: [Other], ignore: [skip], answers: {both: [excel, looker]}"

  private func cell(_ random: inout SeededGenerator, _ separator: String) -> String {
    let count = random.oneIn(5) ? 1 : Int.random(in: 0...5, using: &random)
    let words = (0..<count).map { _ in randomCase(random.pick(QuestionReaderTests.words), &random) }
    let glue = random.oneIn(4) ? separator.uppercased() : separator
    return words.joined(separator: glue) + (random.oneIn(4) ? glue : "")
  }

  private func randomCase(_ word: String, _ random: inout SeededGenerator) -> String {
    random.oneIn(3) ? word.uppercased() : random.oneIn(3) ? word.lowercased() : word
  }

  @Test(arguments: separators)
  func listIsReadAsTheInterpreterReadsIt(_ separator: String) throws {
    for (seed, extra) in ["", "unselected: unknown,", "missing"].enumerated() {
      let none = extra == "missing" ? ", none: [None, \"\", NA]" : ", none: [None]"
      let keys = QuestionReaderTests.keys.replacing("none: [None]", with: none.dropFirst(2))
      let option = extra == "missing" ? "" : extra
      try compare(
        "style: list, separator: \"\(separator)\", asks: [spreadsheet, dashboard, warehouse], "
          + "\(option) \(keys)", separator: separator, seed: UInt64(seed))
    }
  }

  @Test(arguments: ["choice", "options"])
  func cellIsReadAsTheInterpreterReadsIt(_ style: String) throws {
    for (seed, unselected) in ["absent", "unknown"].enumerated() {
      try compare(
        "style: \(style), asks: [spreadsheet, dashboard], unselected: \(unselected), "
          + QuestionReaderTests.keys, separator: ";", seed: UInt64(seed))
    }
  }

  private func compare(_ question: String, separator: String, seed: UInt64) throws {
    let survey = try SmallLadder.survey(question: question)
    var random = SeededGenerator(seed: seed)
    // Each cell comes twice: worked out, and remembered.
    let cells = (0..<60).map { _ in cell(&random, separator) }
    try compare(survey, cells + cells, "seed \(seed), separator \(separator.debugDescription)")
  }

  private func compare(_ survey: Survey, _ cells: [String], _ name: String) throws {
    let normalizing = try Normalizing(survey)
    let quoted = cells.map { "\"\($0.replacing("\"", with: "\"\""))\",1\n" }
    let normalized = try normalizing.run("Q,n\n" + quoted.joined())
    let slow = SlowReader(survey: survey, model: normalizing.model)
    var unmapped: [String: Int] = [:]
    try #require(normalized.responses.count == cells.count)
    for (cell, response) in zip(cells, normalized.responses) {
      let expected = slow.response(cell, label: "q", record: response.record)
      for text in expected.unmapped { unmapped[text, default: 0] += 1 }
      if response != expected.response {
        Issue.record("\(name): \(cell.debugDescription): \(response) not \(expected.response)")
      }
    }
    #expect(normalized.unmapped == [unmapped], "\(name)")
  }

  /// Four texts and what is left of four mebibytes fill the memo of tokens; what comes then is
  /// still right, although all of it takes one place in turn.
  @Test func fullMemoChangesNothing() throws {
    let survey = try SmallLadder.survey(
      question: "style: list, asks: [spreadsheet, dashboard, warehouse], "
        + QuestionReaderTests.keys)
    let sizes = [1_000_000, 1_000_001, 1_000_002, 1_000_003, 194_298]
    var random = SeededGenerator(seed: 3)
    let few = (0..<60).map { _ in cell(&random, ";") }
    var normalizing = try Normalizing(survey)
    normalizing.limits.recordBytes = 4 << 20
    let long = sizes.map { ";" + String(repeating: "a", count: $0) }
    let input = (long + few).map { "\"\($0.replacing("\"", with: "\"\""))\",1\n" }
    let normalized = try normalizing.run("Q,n\n" + input.joined())
    let slow = SlowReader(survey: survey, model: normalizing.model)
    for (cell, response) in zip(few, normalized.responses.dropFirst(long.count)) {
      let expected = slow.response(cell, label: "q", record: response.record).response
      #expect(response == expected, "\(cell)")
    }
    #expect(normalized.unmapped[0][String(repeating: "a", count: 1_000) + "…"] == sizes.count)
  }
}
