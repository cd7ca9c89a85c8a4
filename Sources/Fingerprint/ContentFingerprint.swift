import CLibxxhash

/// A fingerprint of bytes, at memory speed: XXH3-128 of the XXH3-128 digests of consecutive blocks.
///
/// Blocks can be digested apart, by any thread and in any order; the result depends on the bytes
/// alone, not on how they were read.
package struct ContentFingerprint: Sendable {
  package static let blockBytes = 256 << 10

  /// The digest of one block.
  package struct Digest: Hashable, Sendable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    /// - Parameter block: ``ContentFingerprint/blockBytes`` of them, fewer only at the end.
    package init(of block: UnsafeRawBufferPointer) {
      let hash = XXH3_128bits(block.baseAddress, block.count)
      (high, low) = (hash.high64, hash.low64)
    }
  }

  private var digests: [Digest?] = []

  package init() {}

  /// Notes the digest of a block; blocks may come in any order.
  package mutating func set(_ digest: Digest, ofBlock number: Int) {
    while digests.count <= number { digests.append(nil) }
    digests[number] = digest
  }

  /// 32 hexadecimal digits.
  ///
  /// - Precondition: the digests of all blocks are there.
  package func hexadecimal() -> String {
    let words = digests.compactMap(\.self).flatMap { [$0.high.bigEndian, $0.low.bigEndian] }
    precondition(words.count == 2 * digests.count, "every block has been digested")
    let value = words.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    return paddedHexadecimal(value.high64) + paddedHexadecimal(value.low64)
  }

  private func paddedHexadecimal(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

/// Cuts bytes that come one after the other into the blocks of a ``ContentFingerprint``.
package struct StreamFingerprint: Sendable {
  private var fingerprint = ContentFingerprint()
  private var block: [UInt8] = []
  private var blocks = 0

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, ContentFingerprint.blockBytes - block.count)
      if count == ContentFingerprint.blockBytes {
        close(UnsafeRawBufferPointer(rebasing: rest[..<count]))
      } else {
        block += rest[..<count]
        if block.count == ContentFingerprint.blockBytes { closeOwnBlock() }
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  private mutating func closeOwnBlock() {
    let digest = block.withUnsafeBytes { ContentFingerprint.Digest(of: $0) }
    fingerprint.set(digest, ofBlock: blocks)
    blocks += 1
    block.removeAll(keepingCapacity: true)
  }

  private mutating func close(_ whole: UnsafeRawBufferPointer) {
    fingerprint.set(ContentFingerprint.Digest(of: whole), ofBlock: blocks)
    blocks += 1
  }

  /// 32 hexadecimal digits. Call once, after the last update.
  package mutating func hexadecimal() -> String {
    if !block.isEmpty { closeOwnBlock() }
    return fingerprint.hexadecimal()
  }
}
