import MaturityModel
import Normalize
import Score
import SurveyMapping

/// What `respondents.csv` looks like.
package struct RespondentRecords: Sendable {
  fileprivate let segmentCount: Int
  /// Per stage the ids of its requirements, as they stand in a record.
  fileprivate let requirements: [[[UInt8]]]
  package let header: [String]
  fileprivate let profile: CSVProfile

  package init(survey: Survey, model: MaturityModel, profile: CSVProfile) {
    self.profile = profile
    segmentCount = survey.segments.count
    requirements = model.stages.map { $0.requires.map { Array($0.id.utf8) } }
    let repeated = RepeatedColumns(model: model, survey: survey)
    header = TableSchema.respondents.columns(repeated).map(\.name)
  }
}

/// Formats the responses of a batch as records of `respondents.csv`, without a text in between.
///
/// What is the same for many responses, such as a segment's values, is put into a record's form
/// once. Belongs to one worker, and to its vocabulary; the results are written in input order.
package final class RespondentFormatter {
  private let shape: RespondentRecords
  private let vocabulary: Vocabulary
  /// Per segment the values in the vocabulary, as far as they have been met.
  private var segmentFields: [[[UInt8]]]
  private let fates: (scored: [UInt8], unscored: [UInt8])
  private let truths: (yes: [UInt8], no: [UInt8])

  package init(_ shape: RespondentRecords, vocabulary: Vocabulary) {
    self.shape = shape
    self.vocabulary = vocabulary
    segmentFields = Array(repeating: [], count: shape.segmentCount)
    let field = { CSVRecord.field($0, shape.profile) }
    fates = (scored: field(.text("scored")), unscored: field(.text("unscored")))
    truths = (yes: field(.boolean(true)), no: field(.boolean(false)))
  }

  /// The batch's responses, scored and unscored, as CSV. The scores hold their details.
  package func records(
    _ responses: ResponseBatch, _ scores: ScoreBatch, source: String
  ) -> [UInt8] {
    learnSegmentValues()
    var csv = CSVRecord(shape.profile)
    let sourceField = CSVRecord.field(.source(source), shape.profile)
    let (numbers, ids, segments) = (responses.records, responses.respondents, responses.segments)
    for response in 0..<responses.count {
      csv.append(made: sourceField)
      csv.append(integer: numbers[response])
      csv.appendAnswer(ids[response])
      for segment in 0..<shape.segmentCount {
        let value = Int(segments[response * shape.segmentCount + segment])
        csv.append(made: segmentFields[segment][value])
      }
      append(scores.score(of: response), scores.details[response], to: &csv)
      csv.endRecord()
    }
    return csv.bytes
  }

  private func learnSegmentValues() {
    for segment in segmentFields.indices {
      let texts = vocabulary.segmentValues[segment].texts
      for text in texts.dropFirst(segmentFields[segment].count) {
        segmentFields[segment].append(CSVRecord.field(.answer(text), shape.profile))
      }
    }
  }

  /// An unscored response is empty after its fate.
  private func append(
    _ score: ResponseScore, _ details: ScoreDetails, to csv: inout CSVRecord
  ) {
    csv.append(made: score.isScored ? fates.scored : fates.unscored)
    guard score.isScored else {
      for _ in 0..<9 { csv.append(.null) }
      return
    }
    csv.append(integer: UInt64(score.low))
    csv.append(integer: UInt64(score.low))
    csv.append(integer: UInt64(score.high))
    csv.append(made: score.low == score.high ? truths.yes : truths.no)
    csv.append(integer: UInt64(score.highest))
    csv.append(millionths: details.compensatory)
    csv.append(millionths: details.progress)
    if let readiness = details.readiness {
      csv.append(millionths: readiness)
    } else {
      csv.append(.null)
    }
    csv.append(ids: blocking(score))
  }

  private func blocking(_ score: ResponseScore) -> [UInt8] {
    let requirements = shape.requirements[score.next ?? 0]
    var ids: [UInt8] = []
    var rest = score.blocking
    while rest != 0 {
      if !ids.isEmpty { ids.append(UInt8(ascii: "|")) }
      ids += requirements[rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    return ids
  }
}
