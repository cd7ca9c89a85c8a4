import Foundation
import Ingest
import Pipeline
import StagecraftTestSupport
import Testing

/// The same export in other wrappings and encodings gives the same tables.
@Suite struct CopyTests {
  private static let export = """
    id,Größe,tools,git\r
    1,groß,"Python;Tableau",Agree\r
    2,klein,"Git;R;\nJenkins",Disagree\r
    3,,"Neuland-Tool;Python","Agree"\r

    """

  private static let survey = """
    schema: stagecraft/survey/1
    id: copies
    model: mlops-maturity
    respondent: {id: id, duplicates: last}
    segments: [{id: size, column: Größe}]
    questions:
      - {id: tools, column: tools, style: list, separator: ";", asks: [ml_language, ci_cd]}
      - {id: git, column: git, style: scale, criterion: version_control, yes: [Agree], no: [Disagree]}

    """

  /// All published bytes, with the input's name and byte offsets taken out.
  private func tables(
    of bytes: [UInt8], named name: String, survey: String = CopyTests.survey,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> [String: [UInt8]] {
    let directory = try ScratchDirectory()
    let path = try directory.write(bytes, as: name)
    let survey = try directory.write(survey, as: "survey.yaml")
    let run = try PipelineRun([path], survey: survey, in: directory, configure: configure)
    var files = try run.files()
    files["respondents.csv"] = nil
    files["datapackage.json"] = nil
    return files
  }

  private func plainTables() throws -> [String: [UInt8]] {
    try tables(of: Array(CopyTests.export.utf8), named: "export.csv")
  }

  @Test(arguments: PackedBytes.Packing.allCases)
  func packedCopiesGiveTheSameTables(packing: PackedBytes.Packing) throws {
    let member = PackedBytes.Member(name: "CSV/export.csv", bytes: Array(CopyTests.export.utf8))
    let beside = PackedBytes.Member(name: "__MACOSX/._export.csv", bytes: [1, 2, 3])
    let schema = PackedBytes.Member(name: "survey_schema.csv", bytes: Array("a,b\n".utf8))
    let members = packing.isArchive ? [beside, schema, member] : [member]
    let packed = PackedBytes.pack(members, as: packing)
    #expect(try tables(of: packed, named: "export." + packing.rawValue) == plainTables())
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
  func utf16WithAMarkGivesTheSameTables(encoding: String.Encoding) throws {
    let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
    let bytes = mark + Array(try #require(CopyTests.export.data(using: encoding)))
    #expect(try tables(of: bytes, named: "export.csv") == plainTables())
  }

  @Test(arguments: [
    (CharacterEncoding.windows1252, String.Encoding.windowsCP1252), (.latin1, .isoLatin1),
  ])
  func declaredEightBitEncodingsGiveTheSameTables(
    declared: CharacterEncoding, encoding: String.Encoding
  ) throws {
    let bytes = Array(try #require(CopyTests.export.data(using: encoding)))
    let survey = CopyTests.survey + "source: {encoding: \(declared.rawValue)}\n"
    #expect(try tables(of: bytes, named: "export.csv", survey: survey) == plainTables())
  }

  @Test func severalDataMembersNeedAPattern() throws {
    let bytes = Array(CopyTests.export.utf8)
    let packed = PackedBytes.pack(
      [.init(name: "jan.csv", bytes: bytes), .init(name: "feb.csv", bytes: bytes)], as: .zip)
    #expect(throws: RunFailure.self) { try tables(of: packed, named: "two.zip") }
    let one = try tables(of: packed, named: "two.zip") { $0.member = "feb.csv" }
    #expect(try one == plainTables())
  }

  /// What a run of these bytes fails with.
  private func failure(
    of bytes: [UInt8], named name: String, configure: (inout RunConfiguration) -> Void = { _ in }
  ) -> IngestError? {
    let failure = #expect(throws: RunFailure.self) {
      try tables(of: bytes, named: name, configure: configure)
    }
    guard case .ingest(let error) = failure else { return nil }
    return error
  }

  @Test(
    arguments: ["../../export.csv", "/tmp/export.csv", "a/../../export.csv"],
    [PackedBytes.Packing.zip, .tarGz])
  func aMemberThatPointsOutOfTheArchiveIsRefused(_ name: String, _ packing: PackedBytes.Packing) {
    let data = PackedBytes.Member(name: "export.csv", bytes: Array(CopyTests.export.utf8))
    let packed = PackedBytes.pack([data, .init(name: name)], as: packing)
    guard case .archive(_, .unsafeMember(name)) = failure(of: packed, named: "evil") else {
      Issue.record("\(name) was not refused")
      return
    }
  }

  @Test func linksAndDevicesInAnArchiveAreNoData() throws {
    let data = PackedBytes.Member(name: "export.csv", bytes: Array(CopyTests.export.utf8))
    let others = [PackedBytes.Member.link("link.csv", to: "/etc/passwd"), .device("device.csv")]
    let packed = PackedBytes.pack(others + [data], as: .tarGz)
    #expect(try tables(of: packed, named: "export.tar.gz") == plainTables())
    let alone = failure(of: PackedBytes.pack(others, as: .tarGz), named: "links.tar.gz")
    guard case .archive(_, .noMember(of: [], pattern: nil)) = alone else {
      Issue.record("\(String(describing: alone))")
      return
    }
  }

  /// Only one of them could be read by its name, and that one would count twice.
  @Test func membersOfOneNameAreRefused() {
    let bytes = Array(CopyTests.export.utf8)
    let packed = PackedBytes.pack(
      [.init(name: "a.csv", bytes: bytes), .init(name: "a.csv", bytes: bytes)], as: .tarGz)
    for pattern in [nil, "a.csv", "*"] {
      let failure = failure(of: packed, named: "twins.tar.gz") { $0.member = pattern }
      guard case .archive(_, .repeatedMember("a.csv")) = failure else {
        Issue.record("\(String(describing: failure))")
        continue
      }
    }
  }

  @Test func anArchiveInAnArchiveIsNotOpened() {
    let inner = PackedBytes.pack([.init(name: "x", bytes: Array(CopyTests.export.utf8))], as: .gz)
    let packed = PackedBytes.pack([.init(name: "export.csv.gz", bytes: inner)], as: .zip)
    guard case .archive(_, .noMember) = failure(of: packed, named: "nested.zip") else {
      Issue.record("it was opened")
      return
    }
  }

  private var gzipped: [UInt8] {
    PackedBytes.pack([.init(name: "x", bytes: Array(CopyTests.export.utf8))], as: .gz)
  }

  /// Half of the file is missing; or its checksum.
  @Test(arguments: [2, 20])
  func aTruncatedCompressedFilePublishesNothing(_ part: Int) {
    let bytes = Array(gzipped.dropLast(gzipped.count / part))
    guard case .archive(_, .cannotDecompress) = failure(of: bytes, named: "cut.csv.gz") else {
      Issue.record("it was read")
      return
    }
  }

  /// Whatever checks it: zip and the tar within have a checksum for headers or data, gzip for all.
  @Test(arguments: [PackedBytes.Packing.zip, .tarGz, .xz, .bz2])
  func aChangedByteIsNoticedWhereverTheTextIs(_ packing: PackedBytes.Packing) {
    let export = String(repeating: CopyTests.export, count: 3)
    let member = PackedBytes.Member(name: "export.csv", bytes: Array(export.utf8))
    let packed = PackedBytes.pack([member], as: packing)
    let start = packing == .zip ? 64 : packed.count / 3
    for place in start..<start + 20 {
      var bytes = packed
      bytes[place] ^= 0x10
      guard case .archive(_, .cannotDecompress) = failure(of: bytes, named: "damaged") else {
        Issue.record("byte \(place) of \(packed.count)")
        continue
      }
    }
  }

  /// libarchive stops reading at the end of the archive, before gzip's checksum.
  @Test(arguments: [0, 4])
  func aWrongEndOfACompressedArchiveIsNoticed(_ fromEnd: Int) {
    let data = PackedBytes.Member(name: "export.csv", bytes: Array(CopyTests.export.utf8))
    var packed = PackedBytes.pack([data], as: .tarGz)
    packed[packed.count - 1 - fromEnd] ^= 1
    guard case .archive(_, .cannotDecompress) = failure(of: packed, named: "damaged.tar.gz") else {
      Issue.record("it was read")
      return
    }
  }

  @Test func compressedFilesPutTogetherAreReadWhole() throws {
    let export = Array(CopyTests.export.utf8)
    let parts = [export[..<50], export[50...]].map {
      PackedBytes.pack([.init(name: "x", bytes: Array($0))], as: .gz)
    }
    #expect(try tables(of: parts[0] + parts[1], named: "two.csv.gz") == plainTables())
  }

  @Test func whatExpandsBeyondTheLimitIsRefused() throws {
    let bytes = Array(String(repeating: CopyTests.export, count: 4000).utf8)
    let packed = PackedBytes.pack([.init(name: "x", bytes: bytes)], as: .gz)
    let failure = failure(of: packed, named: "big.csv.gz") { $0.limits.expandedBytes = 1000 }
    guard case .archive(_, .expandsTooFar(limit: 1000)) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  /// Several threads take turns in reading: the one that comes next must not wait for ever.
  @Test(.timeLimit(.minutes(1)))
  func whoeverReadsOnBehindAFailureIsToldAgain() throws {
    let directory = try ScratchDirectory()
    let bytes = Array(String(repeating: CopyTests.export, count: 4000).utf8)
    let packed = PackedBytes.pack([.init(name: "x", bytes: bytes)], as: .gz)
    let path = try directory.write(packed, as: "big.csv.gz")
    var limits = IngestLimits()
    limits.expandedBytes = 1000
    let items = try InputExpansion.items(at: path, pattern: nil)
    let reader = try InputReader(
      #require(items.first), hashesWhole: false, limits: limits)
    var text = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<3 {
      let failure = #expect(throws: IngestError.self) {
        while try text.withUnsafeMutableBytes({ try reader.read(into: $0) }) > 0 {}
      }
      #expect(failure == .archive(path: path, .expandsTooFar(limit: 1000)))
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func whoeverReadsOnBehindTheEndFindsNothing() throws {
    let directory = try ScratchDirectory()
    let packed = PackedBytes.pack([.init(name: "x", bytes: Array("a,b\n1,2\n".utf8))], as: .gz)
    let reader = try InputReader(path: directory.write(packed, as: "small.csv.gz"))
    var text = [UInt8](repeating: 0, count: 1 << 10)
    let counts = try (0..<3).map { _ in
      try text.withUnsafeMutableBytes { try reader.read(into: $0) }
    }
    #expect(counts == [8, 0, 0])
  }

  @Test(
    arguments: [
      (1024, 1, false), (1025, 1, true), (2048, 11, false), (2048, 10, true),
      (20_480, 1024, false), (20_481, 1024, true),
    ] as [(UInt64, UInt64, Bool)])
  func whatGrowsTwoHundredTimesAndOverAGigabyteIsTooMuch(
    _ expandedMebibytes: UInt64, _ rawMebibytes: UInt64, _ isTooMuch: Bool
  ) {
    let (expanded, raw) = (expandedMebibytes << 20, rawMebibytes << 20)
    #expect(IngestLimits().isExceeded(expanded: expanded, raw: raw) == isTooMuch)
  }
}
