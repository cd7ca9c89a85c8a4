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

  /// The batch's responses, scored and unscored, as CSV.
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
      csv.append(.text(scores.isScored[response] ? "scored" : "unscored"))
      for cell in resultCells(scores, response) { csv.append(cell) }
      csv.endRecord()
    }
    return csv.bytes
  }

  /// An unscored response is empty after its fate.
  private func resultCells(_ scores: ScoreBatch, _ response: Int) -> [Cell] {
    guard scores.isScored[response] else { return Array(repeating: .null, count: 9) }
    let low = scores.low[response]
    let high = scores.high[response]
    let readiness = scores.readiness[response]
    return [
      .integer(Int(low)), .integer(Int(low)), .integer(Int(high)), .boolean(low == high),
      .integer(Int(scores.highest[response])), .millionths(scores.compensatory[response]),
      .millionths(scores.progress[response]),
      readiness == .max ? .null : .millionths(readiness),
      .text(blocking(scores, response)),
    ]
  }

  private func blocking(_ scores: ScoreBatch, _ response: Int) -> String {
    let requirements = model.stages[Int(scores.next[response])].requires
    return requirements.indices
      .filter { scores.blocking[response] >> UInt64($0) & 1 == 1 }
      .map { requirements[$0].id }
      .joined(separator: "|")
  }
}
