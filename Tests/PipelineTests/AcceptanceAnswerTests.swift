import StagecraftTestSupport
import Testing

/// The acceptance examples of the model that are about answers: what a text proves, and what not.
@Suite struct AcceptanceAnswerTests {
  /// One question over an export of one column.
  private func run(_ question: String, _ cells: String...) throws -> PipelineRun {
    let survey = """
      schema: stagecraft/survey/1
      id: answers
      model: mlops-maturity
      questions:
        - {id: q, column: q, \(question)}
      thresholds: {min_answered: 0}
      """
    let export = (["q,note"] + cells.map { "\($0),x" }).joined(separator: "\n") + "\n"
    return try PipelineRun(export: export, survey: survey)
  }

  @Test func example2NoneTickedDeniesAndABlankBlockIsUnknown() throws {
    let survey = """
      schema: stagecraft/survey/1
      id: blocks
      model: mlops-maturity
      questions:
        - {id: bi, columns: ["bi_*"], style: options, asks: [analysis_tool], none: [None]}
      """
    let ticked = try PipelineRun(export: "bi_1,bi_2\n,None\n", survey: survey).gap("analysis_tool")
    #expect((ticked["lacking"], ticked["unknown"]) == ("1", "0"))
    let blank = try PipelineRun(export: "bi_1,bi_2\n,\n", survey: survey).gap("analysis_tool")
    #expect((blank["lacking"], blank["unknown"], blank["yes"]) == ("0", "1", "0"))
  }

  @Test func example4AnMLEngineerStandsInForADataScientist() throws {
    let question = "style: list, asks: [data_scientist, ml_engineer, data_engineer]"
    let run = try run(question, "Machine Learning Engineer")
    #expect(try run.gap("data_scientist")["yes"] == "1")
    #expect(try run.gap("data_engineer")["lacking"] == "1")
    #expect(try run.gap("champion")["yes"] == "1")
  }

  @Test func example6ExcelBesidesTableauIsFineAndExcelAloneIsNot() throws {
    let question = "style: list, asks: [analysis_tool, beyond_spreadsheets]"
    let both = try run(question, "Microsoft Excel;Tableau")
    #expect(try both.gap("analysis_tool")["yes"] == "1")
    let alone = try run(question, "Microsoft Excel")
    #expect(try alone.gap("analysis_tool")["yes"] == "1")
    #expect(try alone.gap("beyond_spreadsheets")["lacking"] == "1")
  }

  @Test func example7AnOptionWithCommasIsOneOption() throws {
    let question = #"style: list, separator: ",", asks: [ml_language]"#
    let run = try run(question, #""Vim, Emacs, or similar,Python""#)
    #expect(try run.users(of: "vim_or_emacs") == "1")
    #expect(try run.users(of: "python") == "1")
    #expect(try run.table("unmapped_answers").rows.isEmpty)
    #expect(try run.gap("ml_language")["yes"] == "1")
  }

  @Test func example8NamesMatchWholeTextsOnly() throws {
    let run = try run("style: list, asks: [ml_language]", "Redshift;Looker Studio", "R")
    #expect(try run.users(of: "amazon_redshift") == "1")
    #expect(try run.users(of: "r") == "1")
    #expect(try run.users(of: "looker_studio") == "1")
    #expect(try run.users(of: "looker") == "0")
    let language = try run.gap("ml_language")
    #expect((language["yes"], language["lacking"]) == ("1", "1"))
  }

  @Test func example9AMergedOptionDeniesNeitherOfItsCriteria() throws {
    let question = "style: list, asks: [mlops_specialist, ml_engineer, data_scientist]"
    let run = try run(question, "Machine Learning/ MLops Engineer")
    for criterion in ["mlops_specialist", "ml_engineer"] {
      let gap = try run.gap(criterion)
      #expect((gap["yes"], gap["lacking"], gap["unknown"]) == ("0", "0", "1"))
    }
    #expect(try run.gap("data_scientist")["lacking"] == "1")
  }

  @Test func example9OneMergedOptionIsNotBothEngineers() throws {
    let criteria = Statements.gates(upTo: 4).filter {
      $0 != "ml_engineer" && $0 != "mlops_specialist"
    }
    let statements = criteria.map {
      "  - {id: \($0), column: yes, style: scale, criterion: \($0), yes: [yes], no: [no]}"
    }
    let survey = """
      schema: stagecraft/survey/1
      id: merged
      model: mlops-maturity
      questions:
        - {id: roles, column: roles, style: list, asks: [mlops_specialist, ml_engineer]}
      \(statements.joined(separator: "\n"))
      """
    let merged = "Machine Learning/ MLops Engineer"
    let run = try PipelineRun(
      export: "roles,yes\n\(merged),yes\n\(merged);MLE,yes\nMLE;MLOps Engineer,yes\n",
      survey: survey)
    let respondents = try run.table("respondents").rows
    #expect(respondents.map { $0["stage_low"] } == ["3", "3", "4"])
    #expect(respondents.map { $0["stage_high"] } == ["4", "4", "4"])
    #expect(respondents.map { $0["blocking"] } == ["mlops|engineering", "mlops", ""])
  }
}
