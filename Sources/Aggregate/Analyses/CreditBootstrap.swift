import Statistics

/// The unlock credit of every requirement in resamples of the responses.
///
/// Each response counts k times in a resample, k being Poisson with mean 1 (Hanley and MacGibbon,
/// "Creating non-parametric bootstrap samples using Poisson frequencies", 2006), read off a hash of
/// the input, the record and the resample: so threads and chunks do not matter.
package struct CreditBootstrap: Sendable {
  package static let resamples = 200
  private static let seed: UInt64 = 0x7374_6167_6563_7261
  /// 65,536 × P(k ≤ 0), P(k ≤ 1), … for the mean 1.
  private static let limits: [UInt16] = [
    24109, 48219, 60273, 64291, 65296, 65497, 65530, 65535,
  ]

  private let requirements: Int
  /// Per resample and requirement, in 2⁻³² billionths: whole numbers, so that order never matters.
  private var credits: [UInt128]

  init(requirements: Int) {
    self.requirements = requirements
    credits = Array(repeating: 0, count: CreditBootstrap.resamples * requirements)
  }

  mutating func merge(_ other: CreditBootstrap) {
    for index in credits.indices { credits[index] += other.credits[index] }
  }

  mutating func scale(by factor: WeightFactor) {
    for index in credits.indices {
      credits[index] = scaled(
        credits[index], by: UInt128(factor.billionths), over: UInt128(Billionths.perUnit))
    }
  }

  /// Shares a response's weight out among what blocks it.
  ///
  /// - Parameters:
  ///   - blocking: requirements from `first` on, by bit; at least one.
  ///   - weight: in billionths.
  mutating func add(
    input: Int, record: UInt64, weight: UInt64, blocking: UInt64, first: Int
  ) {
    let share = UInt128(weight) << 32 / UInt128(blocking.nonzeroBitCount)
    let start = mixed(mixed(CreditBootstrap.seed ^ UInt64(input)) ^ record)
    for four in 0..<CreditBootstrap.resamples / 4 {
      var bits = mixed(start &+ UInt64(four))
      for resample in 4 * four..<4 * four + 4 {
        let times = CreditBootstrap.times(UInt16(truncatingIfNeeded: bits))
        bits >>= 16
        if times == 0 { continue }
        let credit = share * times
        var rest = blocking
        while rest != 0 {
          credits[resample * requirements + first + rest.trailingZeroBitCount] += credit
          rest &= rest - 1
        }
      }
    }
  }

  static func times(_ bits: UInt16) -> UInt128 {
    var times: UInt128 = 0
    for limit in limits where bits >= limit { times += 1 }
    return times
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
  private func mixed(_ value: UInt64) -> UInt64 {
    var bits = value &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// A requirement's rank in each resample, ascending: 1 and the number of those with more credit.
  ///
  /// - Parameter others: all requirements that are ranked.
  package func ranks(of requirement: Int, among others: [Int]) -> [Int] {
    (0..<CreditBootstrap.resamples).map { resample in
      let start = resample * requirements
      let own = credits[start + requirement]
      return 1 + others.count { credits[start + $0] > own }
    }.sorted()
  }
}
