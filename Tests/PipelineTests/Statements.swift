import StagecraftTestSupport

/// A questionnaire of plain statements about criteria of the built-in model: a column a criterion,
/// `yes` or `no` in it, anything else unknown.
struct Statements {
  let criteria: [String]
  /// More of the survey file: metrics and the like.
  var rest = ""
  /// Columns besides those of the criteria.
  var columns: [String] = []

  private var survey: String {
    let questions = criteria.map {
      "  - {id: \($0), column: \($0), style: scale, criterion: \($0), yes: [yes], no: [no]}"
    }
    return """
      schema: stagecraft/survey/1
      id: statements
      model: mlops-maturity
      \(rest)
      questions:
      \(questions.joined(separator: "\n"))

      """
  }

  /// Runs it over responses, each by column name; a column that is not named is empty.
  func run(_ responses: [String: String]...) throws -> PipelineRun {
    let all = columns + criteria
    let records = [all] + responses.map { response in all.map { response[$0] ?? "" } }
    let export = records.map { $0.joined(separator: ",") + "\n" }.joined()
    return try PipelineRun(export: export, survey: survey)
  }

  /// A response that says yes to everything but what is given.
  func everything(but others: [String: String] = [:]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: criteria.map { ($0, "yes") }).merging(others) { $1 }
  }

  /// The gate criteria of the first stages, which make all of their requirements true.
  static let gates: [Int: [String]] = [
    1: ["champion", "business_input", "analysis_tool"],
    2: [
      "bi_professional", "data_engineer", "managed_dashboards", "data_mart", "etl_flows",
      "reproducibility", "product_manager",
    ],
    3: [
      "data_scientist", "scientist_domain", "team_ml_literacy", "ml_language", "version_control",
      "software_practice", "predictive_models",
    ],
    4: [
      "mlops_specialist", "ml_engineer", "ci_cd", "model_versioning", "data_versioning",
      "model_monitoring",
    ],
    5: ["ml_forum", "leader_buy_in", "ml_leader", "business_advocate", "helping_others"],
  ]

  static func gates(upTo stage: Int) -> [String] { (1...stage).flatMap { gates[$0] ?? [] } }
}

extension PipelineRun {
  /// A criterion's counts over all scored responses, from the gap tables.
  func gap(_ criterion: String) throws -> [String: String] {
    let wanted = ["segment": "all", "stage": "all", "criterion": criterion]
    return try table("role_gaps").row(where: wanted) ?? table("tool_gaps").row(where: wanted) ?? [:]
  }

  /// How many scored responses chose a term.
  func users(of term: String) throws -> String? {
    try table("term_adoption").row(where: ["stage": "all", "term": term])?["n"]
  }
}
