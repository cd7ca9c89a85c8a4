import Normalize
import Statistics

/// The parts of a response batch that scoring reads, as base pointers: looked up once a batch. They
/// must not outlive it.
struct ResponseRows {
  let yes: UnsafePointer<UInt64>
  let no: UnsafePointer<UInt64>
  let merged: UnsafeBufferPointer<UInt64>
  let metrics: UnsafeBufferPointer<MetricBand?>

  /// - Returns: nil for a batch without any row.
  init?(_ responses: ResponseBatch) {
    guard let yes = responses.yes.baseAddress, let no = responses.no.baseAddress else { return nil }
    (self.yes, self.no) = (yes, no)
    (merged, metrics) = (responses.merged, responses.metrics)
  }

  /// The bands of one response.
  ///
  /// - Parameter count: metrics of the survey.
  func metrics(of response: Int, count: Int) -> UnsafeBufferPointer<MetricBand?> {
    UnsafeBufferPointer(rebasing: metrics[response * count..<(response + 1) * count])
  }
}

/// Absorption as a table: what each criterion makes present besides itself.
final class AbsorptionTable {
  let words: Int
  /// The criteria that make any other present.
  private let absorbers: UnsafeMutablePointer<UInt64>
  /// Per criterion, the row of those that it makes present.
  private let gifts: UnsafeMutablePointer<UInt64>
  private let isEmpty: Bool

  init(_ plan: ScoringPlan) {
    words = plan.words
    absorbers = .allocate(capacity: words)
    absorbers.initialize(repeating: 0, count: words)
    gifts = .allocate(capacity: words * words * 64)
    gifts.initialize(repeating: 0, count: words * words * 64)
    isEmpty = plan.absorptions.isEmpty
    for (criterion, set) in plan.absorptions {
      for absorber in set.numbers {
        absorbers[absorber / 64] |= 1 << UInt64(absorber % 64)
        gifts[absorber * words + criterion / 64] |= 1 << UInt64(criterion % 64)
      }
    }
  }

  deinit {
    absorbers.deallocate()
    gifts.deallocate()
  }

  /// Writes rows after absorption, one after the other: a criterion that is not yes becomes yes when
  /// one of its absorbers is. The absorbers are already transitive, so what was proved is all that
  /// is looked at.
  func fill(
    _ rows: UnsafeMutablePointer<WordPair>, count: Int, yes: UnsafePointer<UInt64>,
    no: UnsafePointer<UInt64>
  ) {
    for word in 0..<count &* words { rows[word] = WordPair(yes[word], no[word]) }
    if isEmpty { return }
    for response in 0..<count {
      let start = response &* words
      for word in 0..<words {
        var rest = yes[start &+ word] & absorbers[word]
        while rest != 0 {
          give(64 &* word &+ rest.trailingZeroBitCount, to: rows + start)
          rest &= rest &- 1
        }
      }
    }
  }

  @inline(__always)
  private func give(_ absorber: Int, to row: UnsafeMutablePointer<WordPair>) {
    let gift = gifts + absorber &* words
    for word in 0..<words {
      row[word] = WordPair(row[word].x | gift[word], row[word].y & ~gift[word])
    }
  }
}
