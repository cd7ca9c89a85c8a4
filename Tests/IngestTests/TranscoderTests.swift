import Testing

@testable import Ingest

@Suite struct TranscoderTests {
  private static func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return bigEndian ? [high, low] : [low, high]
    }
  }

  @Test(
    arguments: [
      (CharacterEncoding.windows1252, [0x80, 0x93, 0xE9, 0x99], "€“é™"),
      (.latin1, [0xA4, 0xE9, 0xFF], "¤éÿ"), (.macRoman, [0x8E, 0xA9, 0xDB], "é©€"),
    ] as [(CharacterEncoding, [UInt8], String)])
  func singleBytesAreDecoded(
    _ encoding: CharacterEncoding, _ raw: [UInt8], _ text: String
  ) throws {
    let input = raw + Array(",b\n\"".utf8) + raw + Array("\n\",2\n3,4".utf8)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: encoding))
    #expect(reading.headers == [[text, "b"]])
    #expect(reading.fields == [[text + "\n", "2"], ["3", "4"]])
    #expect(reading.byteOffsets == [UInt64(raw.count + 3), UInt64(2 * raw.count + 9)])
  }

  @Test(arguments: [true, false])
  func utf16IsDecodedInBothByteOrders(_ bigEndian: Bool) throws {
    let input = TranscoderTests.utf16("n\u{E4}me,b\n\"1\r\n😀\",€\n3,4\n", bigEndian: bigEndian)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .utf16))
    #expect(reading.headers == [["näme", "b"]])
    #expect(reading.fields == [["1\r\n😀", "€"], ["3", "4"]])
    #expect(reading.byteOffsets == [16, 36])
    #expect(reading.lines == [2, 4])
    #expect(reading.bytes == UInt64(input.count))
  }

  @Test func utf16WithoutMarkIsLittleEndian() throws {
    let input = TranscoderTests.utf16("a\n😀\n", bigEndian: false, mark: false)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .utf16))
    #expect(reading.fields == [["😀"]])
  }

  @Test(arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
  func undecodableByteIsARejectWithItsRawOffset(_ byte: UInt8) throws {
    let input = Array("a,b\n".utf8) + [0xE9, 0x2C, byte] + Array("\n3,4\n".utf8)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .windows1252))
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 1, line: 2, byteOffset: 4), column: 2,
          reason: .invalidEncoding, detail: .byte(offset: 6))
      ])
    #expect(reading.fields == [["3", "4"]])
  }

  /// Half a surrogate pair: before a letter, at the end of the record, two first halves.
  @Test(arguments: [[0xD83D, 0x78], [0xDE00], [0xD83D, 0xD83D, 0xDE00]] as [[UInt16]])
  func loneSurrogateIsARejectWithItsRawOffset(_ units: [UInt16]) throws {
    let raw = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let input =
      TranscoderTests.utf16("a,b\n€,", bigEndian: false) + raw
      + TranscoderTests.utf16("\n3,4\n", bigEndian: false, mark: false)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .utf16))
    #expect(reading.reasons == [.invalidEncoding])
    #expect(reading.rejects.first?.detail == .byte(offset: 14))
    #expect(reading.fields == [["3", "4"]])
  }

  /// Half a unit at the end, or the first half of a surrogate pair, or both.
  @Test(arguments: [[0x78], [0x3D, 0xD8], [0x3D, 0xD8, 0x00]] as [[UInt8]])
  func truncatedUTF16IsARejectAndEveryByteIsAccountedFor(_ rest: [UInt8]) throws {
    let input = TranscoderTests.utf16("a,b\n1,2\n3,", bigEndian: false) + rest
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .utf16))
    #expect(reading.reasons == [.invalidEncoding])
    #expect(reading.rejects.first?.detail == .byte(offset: 22))
    #expect(reading.fields == [["1", "2"]])
    #expect(reading.bytes == UInt64(input.count))
  }

  @Test func limitsCountTheDecodedBytesAndOffsetsTheRawOnes() throws {
    let text = "a,b\n1,\"lost\n4,5\n"
    let input = TranscoderTests.utf16(text, bigEndian: true)
    let reading = try readAtEveryChunkSize(input, ReadingMode(encoding: .utf16))
    #expect(reading.rejects.map(\.detail) == [.quote(line: 2, byteOffset: 14)])
    #expect(reading.fields == [["4", "5"]])
  }
}
