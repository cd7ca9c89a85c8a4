import Publish
import StagecraftTestSupport
import Testing

/// The columns users and their tools depend on (CONTRACT section 4). Append-only for ever: a test
/// here that fails is right, and the product is wrong.
@Suite struct ColumnTests {
  private static let gaps = """
    segment segment_value stage criterion criterion_label criterion_stage observable is_next n yes \
    lacking unknown not_applicable share_lacking share_low share_high share_confirmed
    """

  static let columns: [(table: String, columns: String)] = [
    (
      "stage_distribution",
      """
      segment segment_value stage stage_name n weighted base_n base_weighted share share_low \
      share_high n_effective assessable
      """
    ),
    ("role_gap_matrix", "stage stage_name n r"),
    ("tool_gap_matrix", "stage stage_name n a b m"),
    ("role_gaps", gaps),
    ("tool_gaps", gaps),
    ("role_tool_gap_matrix", "role a b m"),
    ("role_tool_gaps", "role tool known both role_only tool_only neither gap"),
    ("term_adoption", "stage term term_label kind n base_n share"),
    (
      "unlock",
      """
      stage requirement any_of held blocked blocked_unknown sole advances shapley share_of_held
      """
    ),
    ("stage_rules", "rule stage n share"),
    ("self_assessment", "self_stage stage n"),
    ("anti_patterns", "anti_pattern label n base_n share"),
    (
      "questionnaire_coverage",
      """
      criterion label kind stage need observable confirmable questions stage_requirements \
      stage_requirements_observable stage_assessable
      """
    ),
    ("unmapped_answers", "question answer n"),
    (
      "stage_intervals",
      """
      segment segment_value stage stage_name n base_n n_effective share wilson_low wilson_high \
      jeffreys_low jeffreys_high korn_graubard_low korn_graubard_high goodman_low goodman_high \
      width presentation reasons
      """
    ),
    (
      "stage_bounds",
      """
      segment segment_value stage stage_name n_low n_high base_n base_weighted share_low \
      share_high share_open n_determined share_determined share_undetermined interval_low \
      interval_high n_effective assessable
      """
    ),
    ("rejects", "source record line byte_offset column reason detail"),
    (
      "respondents",
      """
      source record respondent country fate stage stage_low stage_high determined highest \
      compensatory progress readiness blocking
      """
    ),
  ]

  @Test(arguments: columns)
  func tablesBeginWithTheColumnsOfTheContract(_ table: String, _ columns: String) throws {
    let expected = columns.split(separator: " ").map(String.init)
    let found = try PublishedSet.run.table(table).columns
    #expect(Array(found.prefix(expected.count)) == expected)
  }

  @Test func theSetIsTheTablesAndTheDocuments() throws {
    let expected =
      (ColumnTests.columns.map(\.table) + OutputNames.analyses).map { $0 + ".csv" } + [
        "results.json", "run.json", "datapackage.json", "report.html",
      ]
    #expect(try Set(PublishedSet.run.directory.names(in: "out")) == Set(expected))
  }

  @Test func filesAreUTF8WithLineFeedsAndNoByteOrderMark() throws {
    let directory = try PublishedSet.run.directory
    for name in directory.names(in: "out") {
      let bytes = try PackageFiles.bytes(directory.path("out/" + name))
      #expect(String(validating: bytes, as: UTF8.self) != nil)
      #expect(!bytes.starts(with: [0xEF, 0xBB, 0xBF]))
      #expect(!bytes.contains(0x0D))
      #expect(bytes.last == 0x0A)
    }
  }

  @Test func respondentsTextsAreGuardedAndQuoted() throws {
    let text = try PackageFiles.text(PublishedSet.run.directory.path("out/respondents.csv"))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("export.csv,1,'=1+1,NO,scored,2,2,2,true,2,2.000000,1.000000,,"))
    #expect(lines[2].hasPrefix(#"export.csv,2,2,"'-A, ""B""",scored,1,"#))
    #expect(lines[3].hasPrefix("export.csv,3,3,'-5,"))
    #expect(lines[4].hasPrefix("export.csv,5,5,(missing),"))
    let unmapped = try PublishedSet.run.table("unmapped_answers").rows
    #expect(unmapped.map { $0["answer"] } == ["'+1", "ätsch"])
  }

  @Test func anUnscoredResponseIsEmptyAfterItsFate() throws {
    let row = try PublishedSet.run.table("respondents").row(where: ["record": "6"])
    #expect(row?["fate"] == "unscored")
    for column in ["stage", "stage_low", "stage_high", "determined", "highest", "blocking"] {
      #expect(row?[column] == "")
    }
  }
}
