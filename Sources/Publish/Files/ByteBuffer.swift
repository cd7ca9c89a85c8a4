/// Bytes being put together: a text of millions of short pieces, without the checks that an array
/// makes at each of them.
package struct ByteBuffer: ~Copyable {
  private var storage: UnsafeMutableBufferPointer<UInt8>
  package private(set) var count = 0

  package init() { storage = .allocate(capacity: 256) }

  deinit { storage.deallocate() }

  /// What has been put together, as long as `body` runs.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: storage[..<count])))
  }

  package mutating func removeAll() { count = 0 }

  private mutating func makeRoom(for more: Int) {
    if count + more <= storage.count { return }
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: max(2 * storage.count, count + more))
    _ = larger.moveInitialize(fromContentsOf: storage[..<count])
    storage.deallocate()
    storage = larger
  }
}

extension ByteBuffer {
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    storage.initializeElement(at: count, to: byte)
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    makeRoom(for: bytes.count)
    _ = storage[count...].initialize(fromContentsOf: bytes)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the text in UTF-8.
  mutating func append(utf8 text: String) { text.withBytes { append($0) } }

  /// Appends the number in decimal digits.
  mutating func append(decimal number: UInt64) {
    makeRoom(for: 20)
    var end = count + 1
    var limit: UInt64 = 10
    while number >= limit, end < count + 20 {
      end += 1
      limit = limit.multipliedReportingOverflow(by: 10).partialValue
    }
    var rest = number
    for place in stride(from: end - 1, through: count, by: -1) {
      storage.initializeElement(
        at: place, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    count = end
  }

  mutating func append(_ truth: Bool) { append(truth ? "true" : "false") }
}

extension String {
  /// The text's UTF-8; unlike `withUTF8` without a copy of the text, which is counted and uncounted.
  @inline(__always)
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if utf8.withContiguousStorageIfAvailable(body) == nil {
      // Only a text that is not Swift's own.
      Array(utf8).withUnsafeBufferPointer(body)
    }
  }
}
