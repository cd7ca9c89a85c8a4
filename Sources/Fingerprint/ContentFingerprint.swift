import CLibxxhash

/// A fingerprint of bytes as they are read, at memory speed.
///
/// XXH3-128 of the XXH3-128 digests of consecutive 1 MiB blocks, so that blocks can be hashed apart
/// and the result depends on the bytes alone, not on how they were read.
package struct ContentFingerprint: ~Copyable {
  private static let blockBytes = 1 << 20
  private let block: OpaquePointer?
  private let whole: OpaquePointer?
  private var bytesInBlock = 0

  package init() {
    block = XXH3_createState()
    whole = XXH3_createState()
    _ = XXH3_128bits_reset(block)
    _ = XXH3_128bits_reset(whole)
  }

  deinit {
    XXH3_freeState(block)
    XXH3_freeState(whole)
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = min(rest.count, ContentFingerprint.blockBytes - bytesInBlock)
      _ = XXH3_128bits_update(block, start, count)
      bytesInBlock += count
      if bytesInBlock == ContentFingerprint.blockBytes { closeBlock() }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  private mutating func closeBlock() {
    var digest = XXH128_canonical_t()
    XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(block))
    withUnsafeBytes(of: digest.digest) { bytes in
      _ = XXH3_128bits_update(whole, bytes.baseAddress, bytes.count)
    }
    _ = XXH3_128bits_reset(block)
    bytesInBlock = 0
  }

  /// 32 hexadecimal digits. Call once, after the last update.
  package mutating func hexadecimal() -> String {
    if bytesInBlock > 0 { closeBlock() }
    let value = XXH3_128bits_digest(whole)
    return paddedHexadecimal(value.high64) + paddedHexadecimal(value.low64)
  }

  private func paddedHexadecimal(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
