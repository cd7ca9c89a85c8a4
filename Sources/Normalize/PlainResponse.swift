import Statistics

/// One response as plain values: the readable way into a ``ResponseBatch``, without records.
package struct PlainResponse {
  /// Numbers in model order.
  package var yes: [Int] = []
  package var no: [Int] = []
  package var terms: [Int] = []
  /// Places among the batch's merged terms.
  package var merged: [Int] = []
  package var metrics: [MetricBand?] = []
  /// Numbers in the worker's vocabulary.
  package var segments: [Int32] = []
  package var unmapped: [ResponseBatch.UnmappedAnswer] = []
  /// In billionths; only where the survey has weights.
  package var weight: UInt64 = 0
  package var selfAssessed: Int8 = -1
  package var record: UInt64 = 0
  /// Number in the worker's vocabulary; only where the survey has organisations.
  package var organisation: Int32 = -1
  package var isLeader = false
  /// As many as the batch's shape has, or none.
  package var grades: [UInt32] = []

  package init() {}
}

extension ResponseBatch {
  /// Adds a response.
  ///
  /// - Precondition: as many metrics and segments as the shape has.
  package func append(_ response: PlainResponse) {
    precondition(
      response.metrics.count == shape.metrics && response.segments.count == shape.segments)
    yesRows.append(bitRow(response.yes, words: shape.criterionWords), at: count)
    noRows.append(bitRow(response.no, words: shape.criterionWords), at: count)
    termRows.append(bitRow(response.terms, words: shape.termWords), at: count)
    mergedRows.append(bitRow(response.merged, words: shape.mergedWords), at: count)
    metricRows.append(response.metrics, at: count)
    segmentRows.append(response.segments, at: count)
    if shape.hasWeights { weightRows.append([response.weight], at: count) }
    selfAssessedRows.append([response.selfAssessed], at: count)
    recordRows.append([response.record], at: count)
    respondentRows.append([UnsafeBufferPointer(start: nil, count: 0)], at: count)
    if shape.hasOrganisations {
      organisationRows.append([response.organisation], at: count)
      leaderRows.append([response.isLeader], at: count)
    }
    let unanswered = [UInt32](repeating: ResponseBatch.noGrade, count: shape.grades)
    gradeRows.append(response.grades.isEmpty ? unanswered : response.grades, at: count)
    unmapped += response.unmapped
    count += 1
    accounting.read += 1
  }

  /// Forgets all responses.
  package func removeAll() {
    count = 0
    unmapped = []
    accounting = NormalizeAccounting(keepRules: shape.keepRules)
  }
}

extension BatchRows {
  fileprivate func append(_ row: [Element], at place: Int) {
    for (offset, value) in row.enumerated() { append(value, at: place * row.count + offset) }
  }
}
