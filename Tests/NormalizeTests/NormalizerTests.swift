import Ingest
import Statistics
import Testing

@testable import Normalize

@Suite struct NormalizerTests {
  private static let survey = """
    keep:
      - {id: finished, column: Done, in: ["1", Yes]}
      - {id: real, column: Status, not_in: [Preview]}
    respondent: {id: Id, duplicates: last, weight: W}
    segments:
      - {id: industry, column: Sector}
      - {id: size, column: Size, values: {"0-9": small, NA: unsaid}}
    metrics:
      - {id: team, column: Team, values: {"1-2": [1, 2], many: [20, null], secret: null, NA: 7}}
    self_assessed: {column: Self, values: {"Not yet": 0, "No idea": null}}
    questions:
      - {id: q, column: Q, style: list, asks: [spreadsheet]}
      - {id: s, column: S, style: scale, criterion: analyst, yes: [Agree], no: [Disagree]}

    """
  private static let header = "Done,Status,Id,W,Sector,Size,Team,Self,Q,S\n"

  private func run(_ records: [String], chunkBytes: Int = 1 << 20) throws -> Normalized {
    var normalizing = try Normalizing(SmallLadder.survey(NormalizerTests.survey))
    normalizing.chunkBytes = chunkBytes
    let input = NormalizerTests.header + records.map { $0 + "\n" }.joined()
    return try normalizing.run([input], findsDuplicates: true)[0]
  }

  /// The tests in their order: parsing, keep, weight, duplicates. Each record fails one and, where
  /// it can, those after it too.
  private static let mixed = [
    "1,Real,a,1,,,,,Excel,",
    "1,Real,a,2.5,,,,,Vim,",
    "0,Preview,a,bad,,,,,,",
    "YES,preview,a,bad,,,,,,",
    "1,Real,a,bad,,,,,,",
    "1,Real,a",
    "1,Real,b,0,,,,,,",
    "1,Real,,1,,,,,,", "1,Real,NA,1,,,,,,", "1,Real, ,1,,,,,,",
  ]

  @Test(arguments: [1, 7, 30, 100, 1 << 20])
  func everyRecordHasOneFate(_ chunkBytes: Int) throws {
    let normalized = try run(NormalizerTests.mixed, chunkBytes: chunkBytes)
    #expect(normalized.read == 10)
    #expect(normalized.filtered == [1, 1])
    #expect(normalized.duplicate == 1)
    #expect(normalized.rejects.map(\.position.record) == [5, 6])
    #expect(normalized.rejects.map(\.reason) == [.weight, .fieldCount])
    #expect(normalized.rejects.first?.column == 4)
    #expect(normalized.responses.map(\.record) == [2, 7, 8, 9, 10])
    #expect(normalized.responses.prefix(3).map(\.weight) == [2_500_000_000, 0, 1_000_000_000])
    #expect(normalized.responses.first?.yes == ["spreadsheet"])
    #expect(normalized.responses.map(\.respondent) == ["a", "b", "", "NA", ""])
  }

  /// Every text comes more than once: worked out, and remembered.
  @Test func keepRuleCountsEachRecordThatItIsTheFirstToRefuse() throws {
    let refusedByDone = ["0,,,1,,,,,,", "\" yes, \",Preview,,1,,,,,,", ",Preview,,1,,,,,,"]
    let refusedByStatus = ["1,Preview,,1,,,,,,", "Yes, PREVIEW ,,1,,,,,,"]
    let kept = ["1,Real,,1,,,,,,", "yes,,,1,,,,,,"]
    let records = refusedByDone + refusedByStatus + kept
    let normalized = try run(records + records + records)
    #expect(normalized.filtered == [9, 6])
    #expect(normalized.responses.count == 6)
  }

  @Test(
    arguments: [
      ("1", 1_000_000_000), (" 2.5 ", 2_500_000_000), ("1e-9", 1), ("0", 0), ("-0", 0),
      ("1000000000", 1_000_000_000_000_000_000), ("1e9", 1_000_000_000_000_000_000),
      ("0.0000000005", 0), ("0.0000000015", 2), ("1000000001", nil), ("1e10", nil), ("-1", nil),
      ("", nil), ("NA", nil), ("nan", nil), ("inf", nil), ("\"1,5\"", nil), ("0x1", nil),
      ("1000000000.000000001", nil),
    ] as [(String, UInt64?)])
  func weightIsADecimalFromZeroToABillion(_ text: String, _ weight: UInt64?) throws {
    let normalized = try run(["1,,a,\(text),,,,,,"])
    #expect(normalized.responses.first?.weight == weight)
    #expect(normalized.rejects.count == (weight == nil ? 1 : 0))
  }

  @Test(arguments: [
    ("Banking", "Banking"), (" Banking ", "Banking"), ("banking", "banking"), ("", "(missing)"),
    ("NA", "(missing)"), ("na", "na"), ("\" \u{A0}\"", "(missing)"),
  ])
  func segmentValueIsTheTrimmedText(_ text: String, _ value: String) throws {
    #expect(try run(["1,,,1,\(text),,,,,"]).responses.first?.segments.first == value)
  }

  @Test(arguments: [
    ("0-9", "small"), ("0\u{2013}9", "small"), ("10", "10"), ("NA", "unsaid"),
    ("na", "unsaid"), ("", "(missing)"),
  ])
  func valuesOfASegmentWinOverMissing(_ text: String, _ value: String) throws {
    #expect(try run(["1,,,1,,\(text),,,,"]).responses.first?.segments.last == value)
  }

  /// One byte more or less is another value, as for names and ids.
  @Test func segmentValuesAreToldApartByTheirBytes() throws {
    let normalized = try run(["1,,,1,Caf\u{E9},,,,,", "1,,,1,Cafe\u{301},,,,,"])
    let values = normalized.responses.map { Array($0.segments[0].utf8) }
    #expect(values == [Array("Caf\u{E9}".utf8), Array("Cafe\u{301}".utf8)])
  }

  @Test(arguments: [
    ("30", MetricBand(number: "30".utf8)), (" 31 % ", MetricBand(number: "31".utf8)),
    ("1-2", band(1, 2)), ("1 - 2", nil), ("MANY", band(20, nil)), ("secret", nil), ("", nil),
    ("some", nil), ("NA", band(7, 7)), ("NaN", nil),
  ])
  func metricIsANumberOrAMappedBand(_ text: String, _ band: MetricBand?) throws {
    #expect(try run(["1,,,1,,,\(text),,,"]).responses.first?.metrics == [band])
  }

  private static func band(_ low: Int64, _ high: Int64?) -> MetricBand? {
    MetricBand(
      low: Billionths(count: low * Billionths.perUnit),
      high: high.map { Billionths(count: $0 * Billionths.perUnit) })
  }

  @Test(arguments: [
    ("Not yet", 0), ("not  YET", 0), ("No idea", -1), ("Basics", 1), ("stage ONE", 1),
    ("Shared", 2), ("Not started", 0), ("", -1), ("what?", -1),
  ])
  func selfAssessmentIsAStageByValueOrName(_ text: String, _ stage: Int8) throws {
    #expect(try run(["1,,,1,,,,\(text),,"]).responses.first?.stage == stage)
  }

  @Test(
    arguments: [
      ("Agree", ["analyst"], []), (" agree ", ["analyst"], []), ("DISAGREE", [], ["analyst"]),
      ("Perhaps", [], []), ("", [], []), ("NA", [], []),
    ] as [(String, Set<String>, Set<String>)])
  func scaleAffirmsOrDeniesItsCriterion(
    _ text: String, _ yes: Set<String>, _ no: Set<String>
  ) throws {
    let response = try run(["1,,,1,,,,,,\(text)"]).responses.first
    #expect(response?.yes == yes)
    #expect(response?.no == no)
  }

  @Test func yesInOneQuestionWinsOverNoInAnother() throws {
    let survey = try SmallLadder.survey(
      """
      questions:
        - {id: a, column: A, style: choice, asks: [spreadsheet, dashboard], unselected: absent}
        - {id: b, column: B, style: choice, asks: [warehouse], unselected: absent}

      """)
    let normalized = try Normalizing(survey).run("A,B\nLooker,Excel\nLooker Studio,\n")
    #expect(normalized.responses.map(\.yes) == [["warehouse", "spreadsheet"], ["dashboard"]])
    #expect(normalized.responses.map(\.no) == [["dashboard"], ["spreadsheet"]])
  }

  @Test func unmappedTextCountsOncePerResponseAndQuestion() throws {
    let survey = try SmallLadder.survey(
      """
      questions:
        - {id: o, columns: ["O*"], style: options}
        - {id: l, column: L, style: list}

      """)
    let normalized = try Normalizing(survey).run("O,O,L\nNew,new ,new;NEW;Old\nNew,,Old\n")
    #expect(normalized.unmapped == [["new": 2], ["new": 1, "old": 2]])
  }

  @Test func optionsTakeTheirLabelsFromTheHeader() throws {
    let survey = try SmallLadder.survey(
      "questions: [{id: o, columns: [\"O*\"], style: options, asks: [spreadsheet, dashboard]}]\n")
    let normalizing = try Normalizing(survey)
    let plan = try normalizing.plan([["O", ""], ["Which? - Excel", "Which? - Looker Studio"]])
    #expect(plan.questions.map { $0.map(\.label) } == [["excel", "looker studio"]])
    #expect(plan.questions.map { $0.map(\.slot) } == [[0, 1]])
  }
}
