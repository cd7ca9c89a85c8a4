import Pipeline
import StagecraftTestSupport
import Testing

@testable import Explanation

/// The receipt and the table are made apart, and must say the same.
struct AgreementTests {
  @Test(arguments: ["responses", "responses-qualtrics"])
  func everyReceiptSaysWhatRespondentsCSVSays(sample: String) throws {
    let scratch = try ScratchDirectory()
    let survey = PackageFiles.sample(sample + ".survey.yaml")
    var configuration = RunConfiguration(
      inputs: [PackageFiles.sample(sample + ".csv")], surveyFile: survey,
      outputDirectory: scratch.path("out"), jobs: 1, command: [])
    configuration.writesRespondents = true
    let definitions = try Definitions(surveyFile: survey, model: nil)
    _ = try Pipeline(configuration, definitions: definitions) { _ in }.run()
    let table = try PublishedTable(path: scratch.path("out/respondents.csv"))
    let rows = Dictionary(grouping: table.rows) { $0["record"] ?? "" }

    var compared = 0
    try Explainer(configuration, definitions: definitions).forEach { explanation in
      let record = "\(explanation.place.position.record)"
      guard let row = rows[record]?.first else { return }
      compared += 1
      let expected = Dictionary(
        uniqueKeysWithValues: ReceiptRow.columns.map { ($0, row[$0] ?? "") })
      #expect(ReceiptRow.cells(of: explanation) == expected, "record \(record)")
    }
    #expect(compared == table.rows.count)
    #expect(compared > 100)
  }
}

/// An explanation as the columns of `respondents.csv`.
private enum ReceiptRow {
  static let columns = [
    "fate", "stage", "stage_low", "stage_high", "determined", "highest", "compensatory",
    "progress", "readiness", "blocking",
  ]

  static func cells(of explanation: Explanation) -> [String: String] {
    guard case .scored(let verdict) = explanation.fate else {
      var cells = Dictionary(uniqueKeysWithValues: columns.map { ($0, "") })
      if case .unscored = explanation.fate { cells["fate"] = "unscored" }
      return cells
    }
    let requirements = verdict.next.map { explanation.model.stages[$0].requires } ?? []
    let values = [
      "scored", "\(verdict.low)", "\(verdict.low)", "\(verdict.high)",
      "\(verdict.low == verdict.high)", "\(verdict.highest)", decimals(verdict.compensatory),
      decimals(verdict.progress), verdict.readiness.map(decimals) ?? "",
      verdict.blocking.map { requirements[$0].id }.joined(separator: "|"),
    ]
    return Dictionary(uniqueKeysWithValues: zip(columns, values))
  }

  private static func decimals(_ millionths: UInt64) -> String {
    let fraction = "\(millionths % 1_000_000)"
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count)
      + fraction
  }
}
