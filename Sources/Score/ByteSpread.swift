/// Turns words in which a response is a bit into bytes, one a response.
enum ByteSpread {
  /// Per byte, its bits as bytes of 0 and 1, the first bit in the lowest.
  private static let spread: [UInt64] = (0..<256).map { byte in
    (0..<8).reduce(0) { $0 | UInt64(byte >> $1 & 1) << UInt64(8 * $1) }
  }

  /// Writes 64 stage numbers.
  ///
  /// - Parameter stages: per stage the responses that stand there; each in one at most.
  static func fill(
    _ bytes: UnsafeMutablePointer<UInt8>, with words: UnsafePointer<UInt64>, stages: Int
  ) {
    spread.withUnsafeBufferPointer { spread in
      for part in 0..<8 {
        var numbers: UInt64 = 0
        for stage in 1..<max(1, stages) {
          let byte = Int((words[stage] &>> UInt64(8 * part)) & 0xFF)
          numbers |= spread[byte] &* UInt64(stage)
        }
        UnsafeMutableRawPointer(bytes + 8 * part).storeBytes(
          of: numbers.littleEndian, as: UInt64.self)
      }
    }
  }
}
