import MaturityModel
import Normalize
import Score

/// All organisations with what their people said, merged over the workers.
package struct OrganisationTable {
  struct Row {
    let name: String
    let evidence: OrganisationEvidence
  }

  /// By folded name, in the order of bytes.
  private(set) var rows: [Row]
  let unnamed: UInt64
  let criteria: Int
  private let shape: ResponseBatch.Shape
  private let model: MaturityModel
  /// In whose numbers segment values stand.
  package let vocabulary: Vocabulary

  /// Merges the workers' parts; their order does not matter.
  ///
  /// - Parameter vocabulary: an empty one, which the organisations' segment values are put into.
  package init(
    _ parts: [OrganisationCollector], shape: ResponseBatch.Shape, model: MaturityModel,
    vocabulary: Vocabulary
  ) {
    (self.shape, self.model, self.vocabulary) = (shape, model, vocabulary)
    criteria = model.criteria.count
    unnamed = parts.reduce(0) { $0 + $1.unnamed }
    var names = OrganisationNames()
    var evidence: [OrganisationEvidence] = []
    for part in parts {
      let numbers = part.vocabulary.segmentValues.enumerated().map { segment, values in
        values.texts.map { vocabulary.numberOfSegmentValue($0, segment: segment) }
      }
      // Names are known to a worker's vocabulary before anything of theirs is added.
      for (name, found) in zip(part.vocabulary.organisations.names, part.evidence) {
        let number = Int(names.number(of: name))
        if number == evidence.count {
          evidence.append(
            OrganisationEvidence(
              shape, criteria: model.criteria.count, stages: model.stages.count))
        }
        evidence[number].merge(found, segmentValues: numbers)
      }
    }
    rows = zip(names.names, evidence).map { Row(name: $0, evidence: $1) }
      .filter { $0.evidence.respondents > 0 }
    let keys = Dictionary(
      uniqueKeysWithValues: zip(names.names, names.keys.texts).map {
        (ExactText($0), $1)
      })
    rows.sort { left, right in
      (keys[ExactText(left.name)] ?? "").utf8.lexicographicallyPrecedes(
        (keys[ExactText(right.name)] ?? "").utf8)
    }
  }

  package var count: Int { rows.count }

  /// So many organisations are scored at a time.
  private static let batch = 1_024

  /// Scores every organisation as if it were one respondent.
  ///
  /// - Parameter body: is handed the responses and their scores, to be counted; in batches, which
  ///   are used again.
  /// - Returns: what became of each, and how far their people agree.
  package func score(
    _ plan: ScoringPlan, _ body: (ResponseBatch, ScoreBatch) -> Void
  ) -> OrganisationReport {
    let scorer = Scorer(plan: plan)
    let (responses, scores) = (ResponseBatch(shape: shape), ScoreBatch())
    var found: [OrganisationScores] = []
    for start in stride(from: 0, to: rows.count, by: OrganisationTable.batch) {
      let range = start..<min(start + OrganisationTable.batch, rows.count)
      let stages = { (disputed: Bool) in
        fill(responses, range, disputed: disputed)
        scorer.score(responses, into: scores)
        return range.indices.map { Int(scores.low[$0 - start]) }
      }
      let (without, with) = (stages(false), stages(true))
      fill(responses, range, disputed: nil)
      scorer.score(responses, into: scores)
      body(responses, scores)
      found += range.indices.map { index in
        OrganisationScores(
          asItIs: scores.score(of: index - start), withoutDisputed: without[index - start],
          withDisputed: with[index - start])
      }
    }
    return OrganisationReport(self, found)
  }

  private func fill(_ responses: ResponseBatch, _ range: Range<Int>, disputed: Bool?) {
    responses.removeAll()
    for index in range {
      var response = rows[index].evidence.response(
        model, disputed: disputed, vocabulary: vocabulary)
      response.record = UInt64(index + 1)
      responses.append(response)
    }
  }
}

/// How one organisation was scored.
struct OrganisationScores {
  let asItIs: ResponseScore
  let withoutDisputed: Int
  let withDisputed: Int
}
