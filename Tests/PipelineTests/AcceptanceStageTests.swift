import StagecraftTestSupport
import Testing

/// The acceptance examples of the model that are about roles, stages and conditions.
@Suite struct AcceptanceStageTests {
  private static let managers = ["product_manager", "project_manager", "analytics_manager"]

  private static let team = Statements(
    criteria: ["bi_professional", "data_engineer", "general_manager"] + managers,
    rest: """
      metrics:
        - {id: logistics_share, column: logistics, values: {"25-50 %": [25, 50]}}
        - {id: team_size, column: team}
      """, columns: ["logistics", "team"])

  private func team(logistics: String, _ answers: [String: String] = [:]) throws -> PipelineRun {
    try AcceptanceStageTests.team.run(answers.merging(["logistics": logistics]) { $1 })
  }

  @Test(arguments: ["30", "30 %", "30.000", "12"])
  func example1UpTo30PercentManagementDoesNotApply(_ share: String) throws {
    let run = try team(logistics: share, ["bi_professional": "yes", "data_engineer": "yes"])
    for manager in AcceptanceStageTests.managers {
      #expect(try run.gap(manager)["not_applicable"] == "1")
    }
    #expect(try run.table("respondents").rows.first?["stage"] == "2")
  }

  @Test(arguments: ["30.1", "30.0000000000001", "31 %"])
  func example1Above30PercentItAppliesProductManagementFirst(_ share: String) throws {
    let denied = ["product_manager": "no", "project_manager": "no", "analytics_manager": "no"]
    let answers = denied.merging(["bi_professional": "yes", "data_engineer": "yes"]) { $1 }
    let run = try team(logistics: share, answers)
    for manager in AcceptanceStageTests.managers {
      #expect(try run.gap(manager)["lacking"] == "1")
    }
    let unlock = try run.table("unlock").row(where: ["stage": "2", "requirement": "management"])
    #expect(unlock?["any_of"] == "product_manager|project_manager|analytics_manager")
    #expect(unlock?["blocked"] == "1")
    #expect(unlock?["blocked_unknown"] == "0")
  }

  @Test func example1ABandThatStraddles30LeavesItUnknown() throws {
    let answers = ["bi_professional": "yes", "data_engineer": "yes", "product_manager": "no"]
    let run = try team(logistics: "25-50 %", answers)
    #expect(try run.gap("product_manager")["lacking"] == "1")
    let unlock = try run.table("unlock").row(where: ["stage": "2", "requirement": "management"])
    #expect((unlock?["blocked"], unlock?["blocked_unknown"]) == ("1", "1"))
    let respondent = try run.table("respondents").rows.first
    #expect((respondent?["stage_low"], respondent?["stage_high"]) == ("0", "2"))
  }

  @Test(arguments: ["5", "30"])
  func example3InASmallTeamNoAnalyticsManagerIsNoGap(_ share: String) throws {
    let answers = [
      "team": "4", "general_manager": "yes", "product_manager": "yes", "analytics_manager": "no",
      "bi_professional": "yes", "data_engineer": "yes",
    ]
    let run = try team(logistics: share, answers)
    let gap = try run.gap("analytics_manager")
    #expect((gap["lacking"], gap["not_applicable"], gap["share_lacking"]) == ("0", "1", ""))
    #expect(try run.table("respondents").rows.first?["stage"] == "2")
  }

  @Test func example5OneMissingDataEngineerHoldsAMatureTeamDown() throws {
    let statements = Statements(criteria: Statements.gates(upTo: 4))
    let run = try statements.run(statements.everything(but: ["data_engineer": "no"]))
    let respondent = try run.table("respondents").rows.first
    #expect(respondent?["stage"] == "1")
    #expect(respondent?["highest"] == "4")
    #expect(respondent?["blocking"] == "data_engineering")
    let wanted = ["stage": "2", "requirement": "data_engineering"]
    let unlock = try run.table("unlock").row(where: wanted)
    #expect((unlock?["sole"], unlock?["advances"]) == ("1", "1"))
    #expect((unlock?["shapley"], unlock?["share_of_held"]) == ("1.000000", "1.000000"))
    let pattern = try run.table("anti_patterns").row(
      where: ["anti_pattern": "scientist_without_engineer"])
    #expect((pattern?["n"], pattern?["share"]) == ("1", "1.000000"))
  }

  @Test func example11AForumWithoutLeadersBehindItIsNotStage5() throws {
    let statements = Statements(criteria: Statements.gates(upTo: 5))
    let run = try statements.run(statements.everything(but: ["leader_buy_in": "no"]))
    let respondent = try run.table("respondents").rows.first
    #expect((respondent?["stage"], respondent?["stage_high"]) == ("4", "4"))
    #expect(respondent?["blocking"] == "buy_in")
    let pattern = try run.table("anti_patterns").row(
      where: ["anti_pattern": "forum_without_backing"])
    #expect((pattern?["n"], pattern?["base_n"]) == ("1", "1"))
  }

  private static let stage5 = Statements.gates[5] ?? []
  private static let teamItems = ["ml_forum", "ml_leader"]

  @Test func example14WhatWasNotAskedOfTheOrganisationKeepsStage5Open() throws {
    let statements = Statements(
      criteria: Statements.gates(upTo: 4) + AcceptanceStageTests.teamItems,
      rest: "thresholds: {unobservable: unknown}")
    let respondent = try statements.run(statements.everything()).table("respondents").rows.first
    #expect((respondent?["stage_low"], respondent?["stage_high"]) == ("4", "5"))
    #expect(respondent?["determined"] == "false")
    #expect(respondent?["blocking"] == "buy_in|advocates|others")
  }

  @Test func example14UnderTheWaiverTheCoverageTableShowsWhatWasDropped() throws {
    let statements = Statements(
      criteria: Statements.gates(upTo: 4) + AcceptanceStageTests.teamItems)
    let run = try statements.run(statements.everything())
    #expect(try run.table("respondents").rows.first?["stage"] == "5")
    let coverage = try run.table("questionnaire_coverage")
    for criterion in AcceptanceStageTests.stage5 {
      let row = coverage.row(where: ["criterion": criterion])
      let isAsked = AcceptanceStageTests.teamItems.contains(criterion)
      #expect(row?["observable"] == (isAsked ? "true" : "false"))
      #expect(row?["stage_requirements"] == "5")
      #expect(row?["stage_requirements_observable"] == "2")
    }
    let document = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(document.contains("5/buy_in, 5/advocates, 5/others"))
  }
}
