import StagecraftTestSupport
import Testing

@testable import Ingest

/// The vector scan and libcsv give the same records, whatever the text and wherever it is cut.
@Suite struct ReaderAgreementTests {
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  private static let fields = [
    "", "", "", "a", "bc", " padded ", "\t", "\"\"", "\"quoted\"", "\"a,b\"", "\"say \"\"yes\"\"\"",
    "\"two\nlines\"", "\"two\r\nlines\"", "äöü", "\"ж\"", "0",
  ]
  /// What no regular text holds, or what a record must not hold.
  private static let pollution = [
    "5\" disk", "\"x\"y", " \"a\"", "\"a\" ", "\"lone\rCR\"", "a\rb", "\"open", "nul\u{0}", "\"",
    ",extra,fields", "\r", "\n\n \n",
  ]

  @Test(arguments: 0..<60)
  func readersAgreeOnRandomRecords(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let text = ReaderAgreementTests.text(&random, pollutedInAHundred: [0, 1, 5, 30][seed % 4])
    let path = try directory.write(text, as: "input.csv")
    let mode = ReadingMode(headers: 1, quotedLines: seed % 3 == 0 ? 2 : nil)
    let whole = try read(path: path, mode, chunkBytes: text.count, .libcsv)
    for way in ReadingWay.all {
      for _ in 0..<6 {
        let size = Int.random(in: 1...text.count, using: &random)
        let other = try read(path: path, mode, chunkBytes: size, way)
        #expect(other == whole, "\(way), chunks of \(size): \(text)")
      }
    }
  }

  /// Chunks of the size at which a plain file is read by position.
  @Test func readersAgreeWhereAFileIsReadByPosition() throws {
    var random = SeededGenerator(seed: 9)
    var text: [UInt8] = []
    while text.count < 900 << 10 {
      text += ReaderAgreementTests.text(&random, pollutedInAHundred: text.count < 300_000 ? 0 : 1)
    }
    let path = try directory.write(text, as: "input.csv")
    let whole = try read(path: path, ReadingMode(), chunkBytes: 1 << 20, .libcsv)
    for way in ReadingWay.all {
      #expect(try read(path: path, ReadingMode(), chunkBytes: 256 << 10, way) == whole, "\(way)")
    }
  }

  /// Text of which every piece looks regular both inside and outside of quotes.
  @Test func wrongAssumptionsAreNoticed() throws {
    let line = "x,\",\",\",\n\",y\n"
    let text = "a,b,c,d\n" + String(repeating: line, count: 40)
    try readAtEveryChunkSize(text)
    try readAtEveryChunkSize("a,b\n1,\"" + String(repeating: "\",\"\n", count: 30) + "\"\n")
    try readAtEveryChunkSize("a\n" + String(repeating: "\"\"\"\"\"\"", count: 30))
  }

  @Test func regularTextDoesNotNeedLibcsv() throws {
    let text = "a,b\n" + String(repeating: "1,\"x\"\"y\"\r\n", count: 30)
    let path = try directory.write(text, as: "input.csv")
    let reader = try ChunkReader(
      InputReader(path: path), input: 0, dialect: Dialect(), limits: IngestLimits(),
      chunkBytes: 50, alwaysAssumes: true)
    _ = try reader.readHeader()
    let chunk = RecordChunk()
    while try reader.next(into: chunk) { #expect(!chunk.isIrregular) }
  }

  private static func text(
    _ random: inout SeededGenerator, pollutedInAHundred share: Int
  ) -> [UInt8] {
    var text = "a,b,c\n"
    let lineEnd = random.pick(["\n", "\n", "\r\n"])
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      let width = Int.random(in: 0..<100, using: &random) < share ? random.pick([1, 2, 4]) : 3
      let record = (0..<width).map { _ in
        Int.random(in: 0..<100, using: &random) < share
          ? random.pick(pollution) : random.pick(fields)
      }
      text += record.joined(separator: ",") + lineEnd
    }
    if Bool.random(using: &random) { text.removeLast() }
    return Array(text.utf8)
  }
}
