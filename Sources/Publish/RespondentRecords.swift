import MaturityModel
import Normalize
import Score
import SurveyMapping

/// Formats the responses of a batch as records of `respondents.csv`, and rejects as records of
/// `rejects.csv`. Called by the workers; the results are written in input order.
package struct RespondentRecords: Sendable {
  private let model: MaturityModel
  private let segmentCount: Int
  package let header: [String]

  package init(survey: Survey, model: MaturityModel) {
    self.model = model
    segmentCount = survey.segments.count
    header =
      ["source", "record", "respondent"] + survey.segments.map(\.id) + [
        "fate", "stage", "stage_low", "stage_high", "determined", "highest", "compensatory",
        "progress", "readiness", "blocking",
      ]
  }

  /// The batch's responses, scored and unscored, as CSV. The scores hold their details.
  package func records(
    _ responses: ResponseBatch, _ scores: ScoreBatch, source: String, vocabulary: Vocabulary
  ) -> [UInt8] {
    var csv = CSVRecord()
    for response in 0..<responses.count {
      csv.append(.text(source))
      csv.append(.integer(responses.records[response]))
      csv.append(.answer(String(decoding: responses.respondents[response], as: UTF8.self)))
      for segment in 0..<segmentCount {
        let value = Int(responses.segments[response * segmentCount + segment])
        csv.append(.answer(vocabulary.segmentValues[segment].texts[value]))
      }
      let score = scores.score(of: response)
      csv.append(.text(score.isScored ? "scored" : "unscored"))
      for cell in resultCells(score, scores.details[response]) { csv.append(cell) }
      csv.endRecord()
    }
    return csv.bytes
  }

  /// An unscored response is empty after its fate.
  private func resultCells(_ score: ResponseScore, _ details: ScoreDetails) -> [Cell] {
    guard score.isScored else { return Array(repeating: .null, count: 9) }
    return [
      .integer(score.low), .integer(score.low), .integer(score.high),
      .boolean(score.low == score.high), .integer(score.highest),
      .millionths(details.compensatory), .millionths(details.progress),
      details.readiness.map { .millionths($0) } ?? .null, .text(blocking(score)),
    ]
  }

  private func blocking(_ score: ResponseScore) -> String {
    let requirements = model.stages[score.next ?? 0].requires
    return requirements.indices
      .filter { score.blocking >> UInt64($0) & 1 == 1 }
      .map { requirements[$0].id }
      .joined(separator: "|")
  }
}
