import MaturityModel
import Normalize
import Statistics

extension OrganisationEvidence {
  /// What all respondents together say of a criterion; nil: not known.
  ///
  /// - `existence`: yes where anybody affirms it, no where two deny it and nobody does.
  /// - `median`: whether the lower median of the answers is above one half.
  /// - `mean`: whether their mean is.
  func holds(_ criterion: Int, _ combination: Criterion.Combination) -> Bool? {
    let (counts, grades) = (answers[criterion], graded[criterion] ?? [:])
    switch combination {
    case .existence: return counts.yes > 0 ? true : counts.no > 1 ? false : nil
    case .median:
      let values = grades.merging(
        [0: UInt64(counts.no), UInt32(Billionths.perUnit): UInt64(counts.yes)],
        uniquingKeysWith: +)
      return lowerMedian(values, by: <).map { UInt64($0) * 2 > UInt64(Billionths.perUnit) }
    case .mean:
      let count = UInt64(counts.known) + grades.values.reduce(0, +)
      let sum = grades.reduce(UInt128(counts.yes) * UInt128(Billionths.perUnit)) {
        $0 + UInt128($1.key) * UInt128($1.value)
      }
      return count == 0 ? nil : sum * 2 > UInt128(count) * UInt128(Billionths.perUnit)
    }
  }

  /// The organisation as one response.
  ///
  /// - Parameters:
  ///   - disputed: what is to be taken of criteria on which the respondents disagree; nil: what the
  ///     rule says.
  ///   - vocabulary: in whose numbers the segment values stand.
  func response(
    _ model: MaturityModel, disputed: Bool?, vocabulary: Vocabulary
  ) -> PlainResponse {
    var response = PlainResponse()
    for (index, criterion) in model.criteria.enumerated() where criterion.mirrors == nil {
      let isForced = disputed != nil && answers[index].areDisputed
      switch isForced ? disputed : holds(index, criterion.combine) {
      case true?: response.yes.append(index)
      case false?: response.no.append(index)
      case nil: break
      }
    }
    response.terms = members(terms)
    response.merged = members(merged)
    response.metrics = metrics.map { lowerMedian($0, by: MetricBand.isBelow) }
    response.segments = segments.indices.map { segmentValue($0, vocabulary) }
    let own = Dictionary(uniqueKeysWithValues: selfAssessed.enumerated().map { ($0, $1) })
    response.selfAssessed = lowerMedian(own, by: <).map { Int8($0) } ?? -1
    return response
  }

  /// What most respondents say; of equals the first in the order of bytes. A missing value only
  /// where nobody gave another.
  private func segmentValue(_ segment: Int, _ vocabulary: Vocabulary) -> Int32 {
    let texts = vocabulary.segmentValues[segment].texts
    let given = segments[segment].filter { texts[Int($0.key)] != "(missing)" }
    let best = (given.isEmpty ? segments[segment] : given).min { left, right in
      left.value == right.value
        ? texts[Int(left.key)].utf8.lexicographicallyPrecedes(texts[Int(right.key)].utf8)
        : left.value > right.value
    }
    return best?.key ?? vocabulary.numberOfSegmentValue("(missing)", segment: segment)
  }

  private func members(_ row: [UInt64]) -> [Int] {
    (0..<64 * row.count).filter { row[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  }
}

/// The middle one of values that are counted; of two middle ones the lower.
private func lowerMedian<Value: Hashable>(
  _ counts: [Value: UInt64], by isBelow: (Value, Value) -> Bool
) -> Value? {
  let count = counts.values.reduce(0, +)
  var rest = (count + 1) / 2
  for (value, count) in counts.sorted(by: { isBelow($0.key, $1.key) }) {
    if count >= rest, count > 0 { return value }
    rest -= count
  }
  return nil
}

extension MetricBand {
  /// By the lower ends, an open one first, then by the upper ends, an open one last.
  fileprivate static func isBelow(_ left: MetricBand, _ right: MetricBand) -> Bool {
    let (low, otherLow) = (left.low ?? .min, right.low ?? .min)
    return low == otherLow ? (left.high ?? .max) < (right.high ?? .max) : low < otherLow
  }
}
