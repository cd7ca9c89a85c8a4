import Documents
import SurveyMapping
import Testing

@Suite struct SurveyFaultTests {
  @Test func smallSurveyHasNoFault() throws {
    #expect(try faults(ofSurvey: smallSurvey) == [])
  }

  /// What to replace in the small survey, and the path and kind of the one fault it makes.
  static let edits: [(String, String, String, Fault.Kind)] = [
    (
      "survey/1", "model/1", "schema",
      .wrongSchema(expected: "stagecraft/survey/1", found: "stagecraft/model/1")
    ),
    ("id: small-2024\n", "", "id", .missingKey),
    ("title: Small", "titel: Small", "titel", .unknownKey("titel", suggestion: "title")),
    ("delimiter: \"\\t\"", "delimiter: '\"'", "source.delimiter", .notADelimiter("\"")),
    ("delimiter: \"\\t\"", "delimiter: ';;'", "source.delimiter", .notADelimiter(";;")),
    ("delimiter: \"\\t\"", "delimiter: é", "source.delimiter", .notADelimiter("é")),
    (
      "windows-1252", "UTF-8", "source.encoding",
      .notOneOf(
        ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "macintosh"], found: "UTF-8",
        suggestion: "utf-8")
    ),
    (
      "header_records: 3", "header_records: 0", "source.header_records",
      .outOfRange(low: "1", high: "100")
    ),
    ("label_record: 2", "label_record: 4", "source.label_record", .outOfRange(low: "1", high: "3")),
    (
      "missing: [\" NA \", -1]", "missing: [NULL]", "source.missing[0]",
      .wrongType(expected: .text, found: .null)
    ),
    (
      "in: [True, \"Ja, fertig\"], not_in: [Preview]", "inn: [a], in: [b]", "keep[0].inn",
      .unknownKey("inn", suggestion: "in")
    ),
    (
      ", in: [True, \"Ja, fertig\"], not_in: [Preview]", "", "keep[0].in",
      .needsOneOf(["in", "not_in"])
    ),
    ("not_in: [Preview]", "not_in: []", "keep[0].not_in", .emptyList),
    (
      "{id: Id, duplicates: last, weight: w}", "{duplicates: last}", "respondent.duplicates",
      .needsKey("id")
    ),
    (
      "duplicates: last", "duplicates: latest", "respondent.duplicates",
      .notOneOf(["last", "first", "keep"], found: "latest", suggestion: "last")
    ),
    ("id: country", "id: all", "segments[0].id", .reservedID("all")),
    ("id: country", "id: Country", "segments[0].id", .notSnakeCase("Country")),
    ("column: Land, ", "", "segments[0].column", .missingKey),
    ("column: Land", "column: ''", "segments[0].column", .emptyText),
    ("usa: USA", "u.s.: America", "segments[0].values[\"u.s.\"]", .contradictsKey("u.s.")),
    ("[1, 2]", "[2, 1]", "metrics[0].values.1-2", .notABand),
    ("[1, 2]", "[1, 2, 3]", "metrics[0].values.1-2", .notABand),
    (
      "five: 5", "five: fünf", "metrics[0].values.five",
      .wrongType(expected: .number, found: .text)
    ),
    (
      "five: 5", "five: 1e10", "metrics[0].values.five",
      .outOfRange(low: "-1000000000", high: "1000000000")
    ),
    (
      "Stage 2: 1", "Stage 2: 3", "self_assessed.values[\"Stage 2\"]",
      .outOfRange(low: "0", high: "2")
    ),
    ("id: roles, ", "id: tools, ", "questions[1].id", .duplicateID("tools", firstLine: 21)),
    ("id: roles, ", "", "questions[1].id", .missingKey),
    ("columns: [\"Tools_*\", Extra]", "columns: []", "questions[0].columns", .emptyList),
    ("column: Roles, ", "", "questions[1].columns", .missingKey),
    (
      "column: Roles, ", "column: Roles, columns: [R], ", "questions[1].column",
      .excludedBy("columns")
    ),
    (
      "style: choice", "style: choise", "questions[2].style",
      .notOneOf(["options", "list", "choice", "scale"], found: "choise", suggestion: "choice")
    ),
    ("style: choice, ", "", "questions[2].style", .missingKey),
    (
      "style: choice", "style: choice, separator: ','", "questions[2].separator",
      .notForStyle("choice")
    ),
    ("style: choice", "style: choice, ticked: [x]", "questions[2].ticked", .notForStyle("choice")),
    ("style: choice", "style: choice, yes: [x]", "questions[2].yes", .notForStyle("choice")),
    ("yes: [4, 5], ", "yes: [4, 5], asks: [git], ", "questions[3].asks", .notForStyle("scale")),
    ("criterion: lead, ", "", "questions[3].criterion", .missingKey),
    ("yes: [\"Yes\"]", "yes: ~", "questions[4].yes", .needsOneOf(["yes", "no"])),
    ("no: [1, 2]", "no: [1, 5]", "questions[3].no[1]", .contradictsKey("5")),
    (
      "criterion: lead,", "criterion: lead_tool,", "questions[3].criterion",
      .mirrorReference("lead_tool")
    ),
    (
      "criterion: lead,", "criterion: leed,", "questions[3].criterion",
      .unknownReference(kind: "criterion", name: "leed", suggestion: "lead")
    ),
    (
      "asks: [git, pipeline, git]", "asks: [pipelines]", "questions[0].asks[0]",
      .unknownReference(kind: "criterion", name: "pipelines", suggestion: "pipeline")
    ),
    (
      "asks: [git, pipeline, git]", "asks: git", "questions[0].asks",
      .wrongType(expected: .list, found: .text)
    ),
    (
      "Git hosting: git", "Git hosting: gti", "questions[0].answers[\"Git hosting\"]",
      .unknownReference(kind: "term", name: "gti", suggestion: "git")
    ),
    (
      "Both: [git, boss]", "Both: [git, bose]", "questions[0].answers.Both[1]",
      .unknownReference(kind: "term", name: "bose", suggestion: "boss")
    ),
    ("Git hosting: git", "BOTH: git", "questions[0].answers.Both", .contradictsKey("Both")),
    ("separator: \" , \"", "separator: ''", "questions[1].separator", .emptyText),
    (
      "unselected: unknown", "unselected: no", "questions[1].unselected",
      .notOneOf(["absent", "unknown"], found: "no", suggestion: nil)
    ),
    (
      "min_answered: 0.4", "min_answered: 40", "thresholds.min_answered",
      .outOfRange(low: "0", high: "1")
    ),
    (
      "unobservable: unknown", "unobservable: drop", "thresholds.unobservable",
      .notOneOf(["waive", "unknown"], found: "drop", suggestion: nil)
    ),
  ]

  @Test(arguments: edits)
  func eachFaultIsFoundAlone(
    _ old: String, _ new: String, _ path: String, _ kind: Fault.Kind
  ) throws {
    #expect(smallSurvey.contains(old))
    let found = try faults(ofSurvey: smallSurvey.replacing(old, with: new))
    #expect(found.map(\.path) == [path])
    #expect(found.map(\.kind) == [kind])
    #expect(found.allSatisfy { $0.line != nil && $0.column != nil })
  }

  @Test func tabMayBeNamed() throws {
    let named = smallSurvey.replacing("delimiter: \"\\t\"", with: "delimiter: tab")
    #expect(try survey(named).source.delimiter == 9)
  }

  @Test func segmentsMayNotBeCalledLikeAColumnOfTheResults() throws {
    let stage = smallSurvey.replacing("id: country", with: "id: stage")
    #expect(try faults(ofSurvey: stage).map(\.kind) == [.reservedID("stage")])
  }
}
