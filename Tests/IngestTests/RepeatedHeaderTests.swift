import StagecraftTestSupport
import Testing

@testable import Ingest

/// Files that were put together hold the header again, in the middle of the data.
@Suite struct RepeatedHeaderTests {
  @Test func aHeaderRecordThatComesAgainIsRefused() throws {
    let reading = try readAtEveryChunkSize("id,tool\n1,x\nid,tool\n2,y\nid,tool")
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 12), column: nil,
          reason: .repeatedHeader, detail: .none),
        Reject(
          position: RecordPosition(record: 4, line: 5, byteOffset: 24), column: nil,
          reason: .repeatedHeader, detail: .none),
      ])
    #expect(reading.records.map(\.position.record) == [1, 3])
    #expect(reading.fields == [["1", "x"], ["2", "y"]])
  }

  @Test(arguments: [
    "\"id\",\"tool\"\n", " id , tool\n", "id,\"tool\"\r\n", "\u{FEFF}id,tool\n",
  ])
  func itIsKnownHoweverItIsWritten(_ record: String) throws {
    let reading = try readAtEveryChunkSize("id,tool\n1,x\n\(record)2,y\n")
    #expect(reading.reasons == [.repeatedHeader])
    #expect(reading.fields == [["1", "x"], ["2", "y"]])
  }

  @Test func everyHeaderRecordIsKnown() throws {
    let header = "Q1,Q2\nWho?,\"What\nelse?\"\n"
    let reading = try readAtEveryChunkSize(
      header + "1,2\n" + header + "3,4\n", ReadingMode(headers: 2))
    #expect(reading.reasons == [.repeatedHeader, .repeatedHeader])
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
  }

  @Test(arguments: ["id,x", "x,tool", "ID,tool", "tool,id", "id,", ",tool"])
  func aRecordThatDiffersInOneFieldIsKept(_ record: String) throws {
    let reading = try readAtEveryChunkSize("id,tool\n\(record)\n")
    #expect(reading.rejects == [])
    #expect(reading.fields.count == 1)
  }

  /// Columns that nobody asked for count, too: somebody may have answered `tool`.
  @Test(arguments: [("1,tool,x", 1), ("id,tool,x", 1), ("id,tool,\"no\"\"te\"", 0)])
  func allColumnsAreCompared(_ record: String, _ kept: Int) throws {
    let directory = try ScratchDirectory()
    let path = try directory.write("id,tool,\"no\"\"te\"\n\(record)\n", as: "a.csv")
    for way in ReadingWay.all {
      let reader = try ChunkReader(
        InputReader(path: path), input: 0, dialect: Dialect(), limits: IngestLimits(),
        chunkBytes: 100, kernel: way.kernel)
      let columns = ColumnSelection(width: 3, wanted: [1], headers: try reader.readHeader())
      let (chunk, batch) = (RecordChunk(), RecordBatch())
      #expect(try reader.next(into: chunk))
      #expect(batch.fill(from: chunk, columns: columns, parser: ChunkParser()) == nil)
      #expect(batch.count == kept && batch.rejects.count == 1 - kept)
    }
  }

  @Test func aHeaderWithoutATextInAWantedColumnIsNotLookedFor() throws {
    #expect(ColumnSelection(width: 2, wanted: [1], headers: [["a", ""]]).headerEcho == nil)
    #expect(ColumnSelection(width: 2, wanted: [0], headers: [["a", ""]]).headerEcho != nil)
  }
}
