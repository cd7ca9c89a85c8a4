import Ingest
import Testing

@testable import Detection

@Suite struct EncodingTests {
  private static let text = "role,größe\nData Engineer,5\nData Scientist,2\n"

  private static func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
  }

  private static func utf32(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { [UInt8($0.value & 0xFF), UInt8($0.value >> 8), 0, 0] }
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF] + Array(text.utf8), CharacterEncoding.utf8, EncodingBasis.byteOrderMark),
      ([0xFF, 0xFE] + utf16(text, isBigEndian: false), .utf16, .byteOrderMark),
      ([0xFE, 0xFF] + utf16(text, isBigEndian: true), .utf16, .byteOrderMark),
      (utf16(text, isBigEndian: false), .utf16, .zeroBytes), (Array(text.utf8), .utf8, .assumed),
    ] as [([UInt8], CharacterEncoding, EncodingBasis)])
  func certainEncodingsAreSeen(
    _ bytes: [UInt8], _ encoding: CharacterEncoding, _ basis: EncodingBasis
  ) throws {
    let detection = try Exports.detect(bytes)
    #expect(detection.dialect.encoding == encoding)
    #expect(detection.encodingBasis == basis)
    #expect(detection.encodingProposal == nil)
    #expect(try Exports.headers(bytes, detection) == [["role", "größe"]])
  }

  @Test(
    arguments: [
      (utf16(text, isBigEndian: true), "UTF-16BE"), (utf32(text), "UTF-32"),
      ([0xFF, 0xFE, 0, 0] + utf32(text), "UTF-32"), ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "UTF-32"),
    ] as [([UInt8], String)])
  func encodingsToBeConvertedAreRefused(_ bytes: [UInt8], _ name: String) {
    #expect(throws: DetectionError.unsupportedEncoding(name)) { try Exports.detect(bytes) }
  }

  @Test func aZeroByteAloneIsNoEncoding() throws {
    let detection = try Exports.detect(Array("a,b\n1,\0\n".utf8))
    #expect(detection.dialect.encoding == .utf8)
  }

  @Test(
    arguments: [
      (CharacterEncoding.windows1252, [0x67, 0xF6, 0x92]), (.latin1, [0x67, 0xF6]),
      (.macRoman, [0x67, 0x9A, 0xD5]),
    ] as [(CharacterEncoding, [UInt8])])
  func declaredSingleBytesAreDecoded(_ encoding: CharacterEncoding, _ name: [UInt8]) throws {
    let bytes = name + Array(",b\n1,2\n".utf8)
    let detection = try Exports.detect(bytes, DeclaredDialect(encoding: encoding))
    let header = try Exports.headers(bytes, detection)
    #expect(header == [[name.count == 3 ? "gö’" : "gö", "b"]])
    #expect(detection.encodingProposal == nil)
  }

  // MARK: Proposals

  @Test(
    arguments: [
      ([0x6E, 0x61, 0xEF, 0x76, 0x65, 0x20, 0x96, 0x20], CharacterEncoding.windows1252),
      ([0x69, 0x74, 0x92, 0x73], .windows1252), ([0x53, 0xFC, 0x64], .windows1252),
      ([0x6E, 0x61, 0x95, 0x76, 0x65], .macRoman), ([0x69, 0x74, 0xD5, 0x73], .macRoman),
      ([0x66, 0x61, 0x8D, 0x61, 0x64, 0x65], .macRoman), ([0x90, 0x20], .macRoman),
      ([0x66, 0xE9, 0x65, 0x20, 0x81], .latin1),
    ] as [([UInt8], CharacterEncoding)])
  func whatFitsBetterIsProposed(_ bytes: [UInt8], _ encoding: CharacterEncoding) throws {
    let detection = try Exports.detect(Array("a,b\n1,".utf8) + bytes + Array("\n".utf8))
    #expect(detection.dialect.encoding == .utf8)
    let proposal = try #require(detection.encodingProposal)
    #expect(proposal.encoding == encoding)
    let offset = try #require(bytes.firstIndex { $0 >= 0x80 })
    #expect(proposal.firstInvalidByte == UInt64(6 + offset))
  }

  /// Blocks end anywhere, and sequences go on in the next one.
  @Test(arguments: 1...9)
  func evidenceDoesNotDependOnBlocks(_ size: Int) {
    let valid = Array("größe 🙂 naïve – “x”\n".utf8)
    for tail in [[], [0x69, 0x74, 0x92, 0x73], [0xF0, 0x9F], [0xC3]] as [[UInt8]] {
      let bytes = valid + tail
      var whole = EncodingEvidence()
      whole.add(bytes, isLast: true)
      #expect((whole.proposal == nil) == tail.isEmpty)
      var inBlocks = EncodingEvidence()
      for start in stride(from: 0, to: bytes.count, by: size) {
        let end = min(start + size, bytes.count)
        inBlocks.add(bytes[start..<end], isLast: end == bytes.count)
      }
      #expect(inBlocks.proposal == whole.proposal)
    }
  }

  @Test func aSampleThatEndsInsideACharacterIsValid() throws {
    let bytes = Array("a,größe".utf8)
    let detection = try Detector.detect(
      start: Array(bytes.prefix(5)), isWhole: false, declared: DeclaredDialect())
    #expect(detection.encodingProposal == nil)
  }
}

@Suite struct RefusalTests {
  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4] + Array("....[Content_Types].xml..".utf8), "an Excel workbook (.xlsx)"),
      ([0x50, 0x4B, 3, 4] + Array("....xl/workbook.xml..".utf8), "an Excel workbook (.xlsx)"),
      ([0x50, 0x4B, 3, 4] + Array("[Content_Types].xml word/".utf8), "a Word document (.docx)"),
      (
        [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
        "an OpenDocument workbook (.ods)"
      ),
      ([0x50, 0x4B, 3, 4] + Array("..Index/Document.iwa".utf8), "a Numbers workbook"),
      ([0x50, 0x4B, 3, 4] + Array("..survey.csv".utf8), "a zip archive"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls)"),
      (Array("%PDF-1.7\n".utf8), "a PDF document"), ([0x1F, 0x8B, 8], "gzip data"),
      (Array("$FL2@(#)".utf8), "an SPSS file (.sav)"),
      (Array("\u{FEFF}\n<!DOCTYPE html><html>".utf8), "a web page"),
      (Array("<HTML><head>".utf8), "a web page"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsRefused(_ bytes: [UInt8], _ kind: String) {
    #expect(throws: DetectionError.notText(what: kind)) { try Exports.detect(bytes) }
  }

  @Test(arguments: ["PK,name\n1,2\n", "<b>,x\n", "%PDF,x\n", "$FL,x\n"])
  func textThatBeginsAlikeIsRead(_ text: String) throws {
    _ = try Exports.detect(Array(text.utf8))
  }
}
