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

  @Test func aMemberThatPointsOutOfTheArchiveIsRefused() throws {
    let packed = PackedBytes.pack(
      [.init(name: "../../export.csv", bytes: Array(CopyTests.export.utf8))], as: .zip)
    #expect(throws: RunFailure.self) { try tables(of: packed, named: "evil.zip") }
  }

  @Test func aTruncatedCompressedFilePublishesNothing() throws {
    let member = PackedBytes.Member(name: "x", bytes: Array(CopyTests.export.utf8))
    let packed = PackedBytes.pack([member], as: .gz)
    #expect(throws: RunFailure.self) {
      try tables(of: Array(packed.dropLast(packed.count / 2)), named: "cut.csv.gz")
    }
  }

  @Test func whatExpandsBeyondTheLimitIsRefused() throws {
    let bytes = Array(String(repeating: CopyTests.export, count: 4000).utf8)
    let packed = PackedBytes.pack([.init(name: "x", bytes: bytes)], as: .gz)
    #expect(throws: RunFailure.self) {
      try tables(of: packed, named: "big.csv.gz") { $0.limits.expandedBytes = 1000 }
    }
  }
}
