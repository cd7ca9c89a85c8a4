import Ingest
import StagecraftTestSupport
import Testing

/// gzip files, whole and damaged: nothing of a damaged one is taken for an export.
@Suite struct GzipTests {
  private static let text = Array("id,tools\n1,Python\n2,Git\n".utf8)

  /// A member that holds the bytes as they are, behind a header without a name.
  private static func member(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + littleEndian(count) + littleEndian(~count)
      + bytes + littleEndian(checksum(bytes)) + littleEndian(UInt32(count))
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var rest = UInt32.max
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = (rest >> 1) ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~rest
  }

  private static let whole = member(text)

  private func read(_ bytes: [UInt8]) throws -> [UInt8] {
    let directory = try ScratchDirectory()
    let path = try directory.write(bytes, as: "export.csv.gz")
    let reader = try InputReader(path: path)
    var text = [UInt8](repeating: 0, count: 1 << 20)
    let count = try text.withUnsafeMutableBytes { try reader.read(into: $0) }
    _ = try reader.finish()
    return Array(text[..<count])
  }

  /// What is wrong with the file, in words.
  private func reason(_ bytes: [UInt8]) -> String? {
    let error = #expect(throws: IngestError.self) { try read(bytes) }
    guard case .archive(_, .cannotDecompress(let reason)) = error else { return nil }
    return reason
  }

  @Test func aMemberIsItsText() throws {
    #expect(try read(GzipTests.whole) == GzipTests.text)
  }

  @Test(arguments: 0...text.count)
  func membersAreReadAsOneWhereverTheTextIsCut(_ cut: Int) throws {
    let parts = [GzipTests.text[..<cut], GzipTests.text[cut...]].map { GzipTests.member(Array($0)) }
    #expect(try read(parts[0] + parts[1]) == GzipTests.text)
  }

  @Test func manyMembersAreReadAsOne() throws {
    let text = [UInt8](repeating: 65, count: 50_000)
    let packed = (0..<20).flatMap { _ in GzipTests.member(text) }
    #expect(try read(packed) == (0..<20).flatMap { _ in text })
  }

  @Test(arguments: 2..<whole.count) func aFileThatIsCutOffIsDamaged(_ count: Int) {
    #expect(reason(Array(GzipTests.whole[..<count])) == "the file ends too early")
  }

  @Test(arguments: 1..<whole.count) func aSecondMemberThatIsCutOffIsDamaged(_ count: Int) {
    let cut = GzipTests.whole + GzipTests.whole[..<count]
    #expect(reason(cut) == "the file ends too early")
  }

  @Test func aWrongChecksumIsDamage() {
    var packed = GzipTests.whole
    packed[packed.count - 8] ^= 1
    #expect(reason(packed) == "the checksum is wrong, so bytes are damaged")
  }

  @Test func anotherTextThanThatOfTheChecksumIsDamage() {
    var packed = GzipTests.whole
    packed[20] ^= 1
    #expect(reason(packed) == "the checksum is wrong, so bytes are damaged")
  }

  @Test func aWrongLengthIsDamage() {
    var packed = GzipTests.whole
    packed[packed.count - 4] ^= 1
    #expect(reason(packed) == "the length is wrong, so bytes are missing or too many")
  }

  @Test(arguments: ["x", "\n", "\u{1F}x", "\0x", "\0\u{1F}"])
  func whatIsBehindTheLastMemberIsGarbage(_ garbage: String) {
    #expect(reason(GzipTests.whole + Array(garbage.utf8))?.hasSuffix("that is not gzip") == true)
  }

  @Test(arguments: [1, 512, 300_000]) func zerosBehindTheLastMemberArePadding(_ count: Int) throws {
    let padding = [UInt8](repeating: 0, count: count)
    #expect(try read(GzipTests.whole + padding) == GzipTests.text)
  }

  @Test func anUnknownHeaderIsDamage() {
    var packed = GzipTests.whole
    packed[3] = 0xFF
    #expect(reason(packed)?.hasPrefix("the file is damaged before byte") == true)
  }
}
