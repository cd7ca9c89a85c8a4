/// Two words at once: what says yes and what says no, or what is known and what may be.
package typealias WordPair = SIMD2<UInt64>

/// Squares of 64 × 64 bits, two side by side: 64 rows of responses become 64 columns of criteria.
enum BitSquare {
  /// Bit r of column c is bit c of row r, in both halves of the pairs.
  ///
  /// Swaps ever smaller squares across the diagonal (Warren, *Hacker's Delight*, section 7-3).
  /// Three of the six passes at a time run over eight rows in registers.
  /// - Parameter stride: how far the rows stand apart.
  static func transpose(
    _ rows: UnsafePointer<WordPair>, stride: Int, into columns: UnsafeMutablePointer<WordPair>
  ) {
    for start in 0..<8 {
      var eight = EightRows(rows + start * stride, stride: 8 * stride)
      eight.exchange(32, 0x0000_0000_FFFF_FFFF, 16, 0x0000_FFFF_0000_FFFF, 8, 0x00FF_00FF_00FF_00FF)
      eight.store(columns + start, stride: 8)
    }
    for start in 0..<8 {
      var eight = EightRows(columns + 8 * start, stride: 1)
      eight.exchange(4, 0x0F0F_0F0F_0F0F_0F0F, 2, 0x3333_3333_3333_3333, 1, 0x5555_5555_5555_5555)
      eight.store(columns + 8 * start, stride: 1)
    }
  }
}

/// Eight rows of a square, each three passes' worth apart from the others.
private struct EightRows {
  private var (a, b, c, d): (WordPair, WordPair, WordPair, WordPair)
  private var (e, f, g, h): (WordPair, WordPair, WordPair, WordPair)

  @inline(__always)
  init(_ rows: UnsafePointer<WordPair>, stride: Int) {
    (a, b, c, d) = (rows[0], rows[stride], rows[2 * stride], rows[3 * stride])
    let lower = rows + 4 * stride
    (e, f, g, h) = (lower[0], lower[stride], lower[2 * stride], lower[3 * stride])
  }

  @inline(__always)
  func store(_ rows: UnsafeMutablePointer<WordPair>, stride: Int) {
    (rows[0], rows[stride], rows[2 * stride], rows[3 * stride]) = (a, b, c, d)
    let lower = rows + 4 * stride
    (lower[0], lower[stride], lower[2 * stride], lower[3 * stride]) = (e, f, g, h)
  }

  /// Three passes, from the largest squares to the smallest.
  @inline(__always)
  mutating func exchange(
    _ far: UInt64, _ farMask: UInt64, _ middle: UInt64, _ middleMask: UInt64, _ near: UInt64,
    _ nearMask: UInt64
  ) {
    EightRows.exchange(&a, &e, far, farMask)
    EightRows.exchange(&b, &f, far, farMask)
    EightRows.exchange(&c, &g, far, farMask)
    EightRows.exchange(&d, &h, far, farMask)
    EightRows.exchange(&a, &c, middle, middleMask)
    EightRows.exchange(&b, &d, middle, middleMask)
    EightRows.exchange(&e, &g, middle, middleMask)
    EightRows.exchange(&f, &h, middle, middleMask)
    EightRows.exchange(&a, &b, near, nearMask)
    EightRows.exchange(&c, &d, near, nearMask)
    EightRows.exchange(&e, &f, near, nearMask)
    EightRows.exchange(&g, &h, near, nearMask)
  }

  @inline(__always)
  private static func exchange(
    _ upper: inout WordPair, _ lower: inout WordPair, _ width: UInt64, _ mask: UInt64
  ) {
    let shift = WordPair(repeating: width)
    let swapped = ((upper &>> shift) ^ lower) & WordPair(repeating: mask)
    upper ^= swapped &<< shift
    lower ^= swapped
  }
}
