import StagecraftTestSupport
import Testing

/// `--rejects-raw`: the refused records themselves, in a file of their own.
@Suite struct RawRejectTests {
  private func rawRejects(
    _ records: [UInt8], survey: String = RunFixture.survey, header: [UInt8]? = nil,
    _ options: [String] = []
  ) throws -> [[String: String]] {
    let fixture = try RunFixture(survey: survey)
    try fixture.directory.write(
      (header ?? Array(RunFixture.header.utf8)) + records, as: "export.csv")
    let result = try fixture.run(nil, ["--rejects-raw", "--max-rejects", "100"] + options)
    #expect(result.exitCode == 0, "\(result.messages)")
    let table = try fixture.table("rejects_raw")
    #expect(table.columns == ["source", "record", "line", "byte_offset", "raw"])
    let keys = ["source", "record", "line", "byte_offset"]
    let told = try fixture.table("rejects").rows.map { row in keys.map { row[$0] } }
    #expect(table.rows.map { row in keys.map { row[$0] } } == told)
    return table.rows
  }

  private func raw(_ text: String) throws -> [String?] {
    try rawRejects(Array(text.utf8)).map { $0["raw"] }
  }

  @Test func aRefusedRecordStandsThereAsItIsInTheInput() throws {
    #expect(
      try raw("a,1,x,y\nb,1,\"say \"\"hm\"\"\nno\"\r\nc,-1,ü,y") == [
        "b,1,\"say \"\"hm\"\"\nno\"", "c,-1,ü,y",
      ])
  }

  @Test func whatWasPassedOverStandsThereWhereARecordHasNoEnd() throws {
    #expect(try raw("a,1,\"lost,y\nb,1,x,y\n") == ["a,1,\"lost,y"])
  }

  @Test func aFormulaIsGuarded() throws {
    #expect(try raw("=1+1,2\n-x\n") == ["'=1+1,2", "'-x"])
  }

  @Test func bytesThatAreNoTextAreEscapedAndABackslashIsDoubled() throws {
    let record = Array("a,1,x\\y,".utf8) + [0xE9, 0x00, 0xED, 0xA0, 0x80] + Array("é\n".utf8)
    #expect(try rawRejects(record).map { $0["raw"] } == ["a,1,x\\\\y,\\xe9\\x00\\xed\\xa0\\x80é"])
  }

  @Test func aLongRecordIsCutBetweenCharacters() throws {
    let text = "a," + String(repeating: "é", count: 5000)
    #expect(try raw(text + "\n") == ["a," + String(repeating: "é", count: 4095)])
    let odd = "ab," + String(repeating: "é", count: 5000)
    #expect(try raw(odd + "\n") == ["ab," + String(repeating: "é", count: 4094)])
  }

  @Test func aRecordOverTheLimitOfBytesIsThereWithItsBeginning() throws {
    let records = "a,1,x,y\nb,1,\(String(repeating: "z", count: 300_000)),y\nc,1\n"
    let raw = try rawRejects(Array(records.utf8), ["--max-record-bytes", "10000"]).map { $0["raw"] }
    #expect(raw == ["b,1," + String(repeating: "z", count: 8188), "c,1"])
  }

  @Test func aTranscodedRecordIsThereAsText() throws {
    let survey = RunFixture.survey + "source: {encoding: utf-16}\n"
    let units = { (text: String) in
      text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let rows = try rawRejects(
      units("a,1,é😀,y\nb,é😀\nc,1,x,y\nd,é\n"), survey: survey,
      header: [0xFF, 0xFE] + units(RunFixture.header))
    #expect(rows.map { $0["raw"] } == ["b,é😀", "d,é"])
  }

  @Test func withoutTheOptionNothingThatWasRefusedIsPublished() throws {
    let fixture = try RunFixture(export: RunFixture.header + "secret,1\n")
    #expect(try fixture.run(nil, ["--max-rejects", "5"]).exitCode == 0)
    #expect(!fixture.directory.names(in: "out").contains("rejects_raw.csv"))
    for name in fixture.directory.names(in: "out") {
      #expect(try !PackageFiles.text(fixture.directory.path("out/" + name)).contains("secret"))
    }
  }

  @Test func aLaterRunWithoutTheOptionReplacesTheSet() throws {
    let fixture = try RunFixture()
    #expect(try fixture.run(nil, ["--rejects-raw"]).exitCode == 0)
    #expect(fixture.directory.names(in: "out").contains("rejects_raw.csv"))
    #expect(try fixture.run().exitCode == 0)
    #expect(!fixture.directory.names(in: "out").contains("rejects_raw.csv"))
  }
}
