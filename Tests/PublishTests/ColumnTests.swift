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
    (
      "validity",
      """
      scope stage upper_stage kind n weighted items errors_goodenough_edwards \
      errors_minimum_change reproducibility reproducibility_minimum_change \
      minimal_marginal_reproducibility scalability scalability_minimum_change loevinger_h kr20 \
      criteria pairs pairs_n inverted inverted_share kendall_tau_b spearman reading
      """
    ),
    (
      "sensitivity",
      """
      rule unknown team_size stage stage_name n weighted base_n base_weighted share at_least_n \
      at_least_weighted share_at_least
      """
    ),
    (
      "sensitivity_range",
      """
      stage stage_name n unchanged share_unchanged share_at_least lowest lowest_under highest \
      highest_under
      """
    ),
    ("near_misses", "stage stage_name missing n weighted share_of_held"),
    (
      "unlock_sets",
      """
      stage size requirements n weighted share_of_held n_exactly advances rise mean_rise \
      largest_rise
      """
    ),
    ("unlock_ranks", "stage requirement shapley rank rank_low rank_high share_top_3 resamples"),
    (
      "load_bearing",
      """
      criterion criterion_label kind stage have fall fall_weighted share_falling stages_lost \
      mean_fall largest_fall
      """
    ),
    (
      "gap_priority",
      """
      rank criterion criterion_label kind stage need known share_lacking weight credit priority
      """
    ),
    ("dim_stages", "stage stage_id stage_name label assessable requirements"),
    ("dim_stage_groups", "stage stage_number stage_name sort_order is_total"),
    (
      "dim_criteria",
      """
      criterion criterion_label kind stage need weight ref mirrors observable confirmable \
      sort_order
      """
    ),
    ("dim_terms", "term term_label kind proves proves_one_of sort_order"),
    ("dim_segments", "segment segment_value sort_order is_total is_missing"),
    (
      "organisations",
      """
      organisation respondents leaders scored stage stage_name stage_low stage_high determined \
      highest respondents_scored respondent_stage_min respondent_stage_median \
      respondent_stage_max r_wg criteria_compared majority_share gwet_ac1 disputed \
      disputed_criteria stage_without_disputed stage_with_disputed stage_swing leader_gap
      """
    ),
    (
      "organisation_criteria",
      """
      criterion criterion_label kind stage combine organisations majority_share gwet_ac1 disputed \
      organisations_with_both leaders_share_yes others_share_yes leader_gap
      """
    ),
    (
      "raking",
      "segment category n base_weighted base_share target weighted share error"
    ),
    (
      "raking_summary",
      """
      margins cells iterations trims converged largest_error n base_weighted weighted min_weight \
      max_weight trimmed_n base_n_effective base_design_effect n_effective design_effect
      """
    ),
    ("quality", "check item base_n n share excluded median_seconds limit_seconds"),
    ("suppression", "table key columns reason"),
    (
      "comparison_stages",
      """
      segment segment_value measure stage stage_name stages n_a base_n_a n_effective_a share_a \
      share_a_low share_a_high n_b base_n_b n_effective_b share_b share_b_low share_b_high \
      difference difference_low difference_high cohens_h
      """
    ),
    (
      "comparison_tests",
      """
      segment segment_value test stage statistic df p p_adjusted family effect effect_value reason
      """
    ),
    (
      "comparison_criteria",
      """
      criterion criterion_label kind criterion_stage observable_a observable_b questions_a \
      questions_b known_a lacking_a share_lacking_a known_b lacking_b share_lacking_b difference \
      difference_low difference_high cohens_h p p_adjusted reason
      """
    ),
    ("comparison_transitions", "stage_a stage_name_a stage_b stage_name_b n share_of_stage_a"),
    ("rejects", "source record line byte_offset column reason detail"),
    ("rejects_raw", "source record line byte_offset raw"),
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
    let found =
      PublishedSet.holds(table)
      ? try PublishedSet.run.table(table).columns
      : try #require(ColumnTests.declared.first { $0.name == table }).columns.map(\.name)
    #expect(Array(found.prefix(expected.count)) == expected)
  }

  private static let declared = TableSchema.all + TableSchema.comparison

  @Test func everyRecordHasAFieldForEachColumn() throws {
    for (table, _) in ColumnTests.columns where PublishedSet.holds(table) {
      let path = try PublishedSet.run.directory.path("out/\(table).csv")
      let records = PublishedTable.records(try PackageFiles.text(path))
      #expect(Set(records.map(\.count)).count == 1, "\(table)")
    }
  }

  /// A table that is published and not declared, or the other way round, is a mistake.
  @Test func everyDeclaredTableIsFrozenHere() {
    #expect(Set(ColumnTests.declared.map(\.name)) == Set(ColumnTests.columns.map(\.table)))
    #expect(ColumnTests.declared.count == ColumnTests.columns.count)
  }

  @Test func theSetIsTheTablesAndTheDocuments() throws {
    let expected =
      ColumnTests.columns.map(\.table).filter(PublishedSet.holds).map { $0 + ".csv" } + [
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
