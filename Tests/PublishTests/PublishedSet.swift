import Aggregate
import Foundation
import Publish
import StagecraftTestSupport

/// A small set, published once for the tests that look at it: three stages, a segment, weights, a
/// reject, an unmapped answer, and answers that want guarding and quoting.
enum PublishedSet {
  static var run: PipelineRun {
    get throws { try result.get() }
  }

  private static let result = Result { try makeRun(.bi) }

  /// Everything that can be asked for, in a profile.
  static func makeRun(_ profile: CSVProfile) throws -> PipelineRun {
    try PipelineRun(export: export, survey: questionnaire.yaml(), model: ladder.yaml) {
      $0.analyses = Set(Analysis.allCases)
      $0.writesRawRejects = true
      $0.profile = profile
    }
  }

  /// Whether a table is one that this set has: not one that asks for other keys of the survey file or
  /// excludes another, nor one of another command.
  static func holds(_ table: String) -> Bool {
    guard let schema = TableSchema.all.first(where: { $0.name == table }) else { return false }
    return switch schema.presence {
    case .always, .analysis: true
    case .option(let option): option != "--min-cell"
    case .survey, .command: false
    }
  }

  static let ladder: Ladder = {
    var ladder = Ladder([.any("a"), .any("r")], [.any("b"), .any("m", when: "large")])
    ladder.edit("r") { $0.kind = "role" }
    ladder.antiPatterns = [(id: "b_without_a", present: ["b"], absent: ["a"])]
    ladder.when("large", ("team", above: 9, unlessKnown: nil))
    return ladder
  }()

  private static let questionnaire: SmallQuestionnaire = {
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.segments = ["country"]
    questionnaire.isWeighted = true
    return questionnaire
  }()

  private static let export = #"""
    id,weight,country,team,has
    =1+1,1,NO,3,a;r;b
    2,0.25,"-A, ""B""",12,a;r;b;Ätsch
    3,1e9,-5,,a;+1
    4,-1,NO,3,a
    5,0.000000001,,9,nothing
    6,1,NO,3,

    """#

  /// The published tables in the order of the README, those that are asked for among them.
  static let tables = [
    "stage_distribution", "stage_intervals", "stage_bounds",
    "role_gap_matrix", "tool_gap_matrix", "role_gaps", "tool_gaps",
    "role_tool_gap_matrix", "role_tool_gaps", "term_adoption", "unlock", "stage_rules",
    "self_assessment", "anti_patterns", "questionnaire_coverage", "unmapped_answers",
    "validity", "sensitivity", "sensitivity_range", "near_misses", "unlock_sets",
    "unlock_ranks", "load_bearing", "gap_priority",
  ]

  static func document(_ name: String) throws -> [String: Any] {
    let bytes = try PackageFiles.bytes(try run.directory.path("out/" + name))
    let document = try JSONSerialization.jsonObject(with: Data(bytes))
    return document as? [String: Any] ?? [:]
  }
}
