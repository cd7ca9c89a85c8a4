import CSeparators

/// One way to find separators, for one instruction set. All ways find the same.
package struct SeparatorKernel: Hashable, Sendable, CustomStringConvertible {
  private let number: Int32

  /// The fastest one that this processor runs.
  package static let best = SeparatorKernel(number: separator_kernel_best())

  /// All that this processor runs.
  package static var available: [SeparatorKernel] {
    (0..<Int32(separator_kernel_count)).filter { separator_kernel_is_available($0) != 0 }
      .map(SeparatorKernel.init)
  }

  package var description: String { String(cString: separator_kernel_name(number)) }

  /// Scans `bytes[range]`, and goes on where `scan` stands.
  ///
  /// - Returns: false as soon as the text is found not to be regular.
  /// - Complexity: O(length); a few cycles for 64 bytes.
  func scan(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ scan: inout separator_scan,
    _ output: inout separator_output
  ) -> Bool {
    separator_scan_bytes(
      number, bytes, range.lowerBound, range.upperBound, &scan, &output) != 0
  }

  /// Lists where the fields of a record end.
  ///
  /// - Parameters:
  ///   - record: from its first byte to its last separator.
  ///   - last: the last column asked for; some behind it may be listed as well.
  /// - Returns: the number of all fields.
  @inline(__always)
  func listEnds(
    _ separators: UnsafePointer<UInt64>, _ record: Range<Int>, upTo last: Int,
    into ends: UnsafeMutablePointer<UInt32>
  ) -> Int {
    separated_ends(number, separators, record.lowerBound, record.upperBound, last, ends)
  }

  /// Lists the fields of a record that are not empty.
  ///
  /// - Parameters:
  ///   - record: from its first byte to its last separator.
  ///   - last: the last column asked for; some fields behind it may be listed as well.
  /// - Returns: the number of all fields.
  /// - Complexity: O(fields that are not empty + bytes / 64).
  @inline(__always)
  func list(
    _ separators: UnsafePointer<UInt64>, _ record: Range<Int>, upTo last: Int,
    into fields: inout separated_fields_output
  ) -> Int {
    separated_fields(number, separators, record.lowerBound, record.upperBound, last, &fields)
  }
}

extension separator_scan {
  /// A scan that begins inside of quotes, or where a quote may open.
  init(isQuoted: Bool) {
    self.init()
    in_quotes = isQuoted ? .max : 0
    may_open = isQuoted ? 0 : 1
  }
}
