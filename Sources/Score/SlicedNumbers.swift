/// Sixty-four whole numbers, one a response, in bit slices: bit r of plane p is bit p of number r.
/// Two such rows of numbers are worked on side by side.
///
/// Adding, comparing and choosing cost a few operations a plane for all 64 numbers (bit slicing:
/// Biham 1997; the same adders as in Warren, *Hacker's Delight*, section 5-1).
struct SlicedNumbers {
  let planes: UnsafeMutablePointer<WordPair>
  let width: Int

  func setToZero() { planes.update(repeating: WordPair(repeating: 0), count: width) }

  /// Adds 2^`shift` to the numbers whose bit is set.
  ///
  /// - Parameter width: planes that the sums can reach so far; the carry stops there.
  @inline(__always)
  func add(_ bits: WordPair, shift: Int, width: Int) {
    var carry = bits
    var place = shift
    while place < width {
      let plane = planes[place]
      planes[place] = plane ^ carry
      carry &= plane
      place &+= 1
    }
  }

  /// Adds `factor` times the other numbers. The sums fit in the planes.
  func add(_ other: SlicedNumbers, times factor: UInt64) {
    for place in 0..<other.width {
      add(other.planes[place], times: factor, shift: place)
    }
  }

  /// Adds `factor` × 2^`shift` to the numbers whose bit is set.
  func add(_ bits: WordPair, times factor: UInt64, shift: Int = 0) {
    var rest = factor
    while rest != 0 {
      add(bits, shift: shift + rest.trailingZeroBitCount, width: width)
      rest &= rest - 1
    }
  }

  /// The numbers that are at least `limits`, which fit in the planes.
  func reach(_ limits: WordPair) -> WordPair {
    var result = WordPair(repeating: ~0)
    for place in 0..<width {
      let limit = WordPair(repeating: 0) &- ((limits &>> UInt64(place)) & 1)
      let plane = planes[place]
      // With the limit's bit set the plane must be, too, or it is decided above.
      result = (plane & result) | ((plane | result) & ~limit)
    }
    return result
  }

  /// Takes the other numbers where they are smaller, among those whose bit is set.
  func takeSmaller(_ other: SlicedNumbers, where allowed: WordPair) {
    var isSmaller = WordPair(repeating: 0)
    for place in 0..<width {
      let (own, new) = (planes[place], other.planes[place])
      isSmaller = (~new & own) | (~(new ^ own) & isSmaller)
    }
    isSmaller &= allowed
    for place in 0..<width {
      planes[place] = (planes[place] & ~isSmaller) | (other.planes[place] & isSmaller)
    }
  }
}

/// One step of a weighted sum over columns: 2^`shift` for every set bit of a column.
struct SumStep {
  let column: Int
  let shift: Int
  /// Planes that the sum can reach with this step.
  let width: Int

  /// The steps that add each column's weight.
  static func steps(_ columns: [(column: Int, weight: UInt64)]) -> [SumStep] {
    var steps: [SumStep] = []
    var largest: UInt64 = 0
    for (column, weight) in columns {
      var rest = weight
      while rest != 0 {
        largest += rest & (~rest + 1)
        steps.append(
          SumStep(column: column, shift: rest.trailingZeroBitCount, width: largest.bitWidthUsed))
        rest &= rest - 1
      }
    }
    return steps
  }
}

extension UInt64 {
  /// How many bits are needed to write the number.
  var bitWidthUsed: Int { UInt64.bitWidth - leadingZeroBitCount }
}
