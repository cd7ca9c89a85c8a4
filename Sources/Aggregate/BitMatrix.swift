/// Sixty-four rows of bits, one a response, that can be read by column: the responses in which a
/// criterion holds, as one word.
struct BitMatrix: Sendable {
  private let words: Int
  /// Word `w` of row `r` at `64 w + r`, so that each block of 64 is a square of bits.
  private var rows: [UInt64]

  init(columns: Int) {
    words = (columns + 63) / 64
    rows = Array(repeating: 0, count: words * 64)
  }

  /// - Parameter start: where the row's first word stands in `source`.
  mutating func setRow(_ row: Int, from source: [UInt64], at start: Int) {
    for word in 0..<words { rows[64 * word + row] = source[start + word] }
  }

  mutating func clear() {
    for index in rows.indices { rows[index] = 0 }
  }

  /// The matrix by columns: bit r of word c is bit c of row r.
  ///
  /// Swaps ever smaller squares across the diagonal (Warren, *Hacker's Delight*, section 7-3).
  /// - Complexity: six passes over the words.
  func columns() -> [UInt64] {
    var columns = rows
    for block in 0..<words { BitMatrix.transpose(&columns, block * 64) }
    return columns
  }

  private static func transpose(_ bits: inout [UInt64], _ start: Int) {
    var width = 32
    var mask: UInt64 = 0x0000_0000_FFFF_FFFF
    while width > 0 {
      var row = 0
      while row < 64 {
        let (upper, lower) = (start + row, start + row + width)
        let swapped = (bits[upper] >> UInt64(width) ^ bits[lower]) & mask
        bits[upper] ^= swapped << UInt64(width)
        bits[lower] ^= swapped
        row = (row + width + 1) & ~width
      }
      width /= 2
      mask ^= mask << UInt64(width)
    }
  }
}
