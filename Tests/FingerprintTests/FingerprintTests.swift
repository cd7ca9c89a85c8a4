import Fingerprint
import Testing

@Suite struct FingerprintTests {
  private static let bytes = (0..<(2 << 20) + 12_345).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  @Test(arguments: [1 << 20, (1 << 20) - 1, (1 << 20) + 1, 4_097, 700_001])
  func fingerprintDoesNotDependOnTheCuts(_ size: Int) {
    #expect(
      fingerprint(FingerprintTests.bytes, cut: size)
        == fingerprint(FingerprintTests.bytes, cut: FingerprintTests.bytes.count))
  }

  @Test func fingerprintOfShortInputsDoesNotDependOnTheCuts() {
    let bytes = Array(FingerprintTests.bytes[..<300])
    let whole = fingerprint(bytes, cut: 300)
    for size in 1..<300 { #expect(fingerprint(bytes, cut: size) == whole) }
  }

  @Test func blocksCanBeDigestedInAnyOrder() {
    let bytes = FingerprintTests.bytes
    var fingerprint = ContentFingerprint()
    let starts = Array(stride(from: 0, to: bytes.count, by: ContentFingerprint.blockBytes))
    for (number, start) in starts.enumerated().reversed() {
      let end = min(bytes.count, start + ContentFingerprint.blockBytes)
      let digest = bytes[start..<end].withUnsafeBytes { ContentFingerprint.Digest(of: $0) }
      fingerprint.set(digest, ofBlock: number)
    }
    #expect(fingerprint.hexadecimal() == self.fingerprint(bytes, cut: bytes.count))
  }

  @Test func everyByteCounts() {
    var bytes = FingerprintTests.bytes
    let whole = fingerprint(bytes, cut: 1 << 20)
    for place in [0, 1 << 20, bytes.count - 1] {
      bytes[place] ^= 1
      #expect(fingerprint(bytes, cut: 1 << 20) != whole)
      bytes[place] ^= 1
    }
    #expect(fingerprint(bytes + [0], cut: 1 << 20) != whole)
    #expect(fingerprint([], cut: 1) != fingerprint([0], cut: 1))
    #expect(whole.count == 32)
  }

  /// FIPS 180-2, appendix B.1, and the digest of nothing.
  @Test(arguments: [
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func sha256IsTheStandardsOne(_ text: String, _ digest: String) {
    var hash = SHA256()
    for byte in text.utf8 { withUnsafeBytes(of: byte) { hash.update($0) } }
    #expect(hash.hexadecimal() == digest)
  }

  private func fingerprint(_ bytes: [UInt8], cut size: Int) -> String {
    var fingerprint = StreamFingerprint()
    bytes.withUnsafeBytes { whole in
      for start in stride(from: 0, to: whole.count, by: size) {
        let end = min(whole.count, start + size)
        fingerprint.update(UnsafeRawBufferPointer(rebasing: whole[start..<end]))
      }
    }
    return fingerprint.hexadecimal()
  }
}
