import Foundation
import StagecraftTestSupport
import SystemCalls
import Testing

@testable import Ingest

@Suite struct IngestErrorTests {
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  private func failure(
    path: String, _ mode: ReadingMode = ReadingMode()
  ) -> IngestError? {
    do {
      _ = try read(path: path, mode, chunkBytes: 10)
      return nil
    } catch {
      return error as? IngestError
    }
  }

  @Test func missingFileIsNamed() {
    let path = directory.path + "/nowhere.csv"
    let expected = SystemCallError(call: "open", path: path, errno: .noSuchFileOrDirectory)
    #expect(failure(path: path) == .cannotOpen(expected))
  }

  @Test func directoryIsNoInput() {
    #expect(failure(path: directory.path) == .isDirectory(path: directory.path))
  }

  @Test func deviceIsNoInput() {
    #expect(failure(path: "/dev/null") == .isDevice(path: "/dev/null"))
  }

  @Test(arguments: ["", "\n", " \r\n\n\t", "\u{FEFF}", "\u{FEFF}\n"])
  func inputWithoutARecordIsEmpty(_ text: String) throws {
    let path = try directory.write(text, as: "a.csv")
    #expect(failure(path: path) == .isEmpty(path: path))
  }

  @Test(arguments: [("a,b", 2, 1), ("a,b\nc,d\n", 3, 2), ("a,b\n\n\n", 3, 1)])
  func missingHeaderRecordsAreCounted(_ text: String, _ expected: Int, _ found: Int) throws {
    let path = try directory.write(text, as: "a.csv")
    #expect(
      failure(path: path, ReadingMode(headers: expected))
        == .headerIncomplete(path: path, found: found, expected: expected))
  }

  @Test func headerWithAnOpenQuoteIsUnreadable() throws {
    let path = try directory.write("a,\"b\n1,2\n", as: "a.csv")
    let reject = Reject(
      position: RecordPosition(record: 1, line: 1, byteOffset: 0), column: 2,
      reason: .unterminatedQuote, detail: .quote(line: 1, byteOffset: 2))
    #expect(failure(path: path) == .headerUnreadable(path: path, reject))
  }

  @Test func faultInAHeaderIsNamedWithItsPlace() throws {
    let bytes = Array("\n\u{FEFF}x\n\na,b".utf8) + [0xE9] + Array(",c\n1,2,3\n".utf8)
    let path = try directory.write(bytes, as: "a.csv")
    let reject = Reject(
      position: RecordPosition(record: 2, line: 4, byteOffset: 7), column: 2,
      reason: .invalidEncoding, detail: .byte(offset: 10))
    #expect(failure(path: path, ReadingMode(headers: 2)) == .headerUnreadable(path: path, reject))
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF], CharacterEncoding.windows1252, "UTF-8"),
      ([0xEF, 0xBB, 0xBF], .utf16, "UTF-8"), ([0xFF, 0xFE], .utf8, "UTF-16"),
      ([0xFE, 0xFF], .utf8, "UTF-16"), ([0xFF, 0xFE], .macRoman, "UTF-16"),
    ] as [([UInt8], CharacterEncoding, String)])
  func markOfAnotherEncodingIsRefused(
    _ mark: [UInt8], _ declared: CharacterEncoding, _ found: String
  ) throws {
    let path = try directory.write(mark + Array("a,b\n".utf8), as: "a.csv")
    #expect(
      failure(path: path, ReadingMode(encoding: declared))
        == .encodingMismatch(path: path, declared: declared, found: found))
  }

  /// With chunks of 256 KiB a file is read by position, else from its beginning to its end.
  @Test(arguments: [true, false], [4, 256 << 10])
  func changeWhileReadingIsNoticed(_ grows: Bool, _ chunkBytes: Int) throws {
    let path = try directory.write("a,b\n1,2\n3,4\n", as: "a.csv")
    let reader = try ChunkReader(
      InputReader(path: path), input: 0, dialect: Dialect(), limits: IngestLimits(),
      chunkBytes: chunkBytes)
    _ = try reader.readHeader()
    let more = String(repeating: "5,6\n", count: 100_000)
    try overwrite(path, with: grows ? "a,b\n1,2\n3,4\n" + more : "a,b\n1")
    #expect(throws: IngestError.changedWhileReading(path: path)) {
      let chunk = RecordChunk()
      while try reader.next(into: chunk) {}
      _ = try reader.finish()
    }
  }

  /// Somebody has to notice the end of the input, or its accounting would be left out.
  @Test(arguments: [4, 256 << 10], [0, 1, 65_535, 250_000])
  func exactlyOneChunkIsTheLast(_ chunkBytes: Int, _ records: Int) throws {
    if chunkBytes == 4 && records > 1 { return }  // slow, and no different
    let text = "a,b\n" + String(repeating: "1,2\n", count: records)
    let path = try directory.write(text, as: "a.csv")
    let reader = try ChunkReader(
      InputReader(path: path), input: 0, dialect: Dialect(), limits: IngestLimits(),
      chunkBytes: chunkBytes)
    _ = try reader.readHeader()
    let chunk = RecordChunk()
    var lasts: [Bool] = []
    while try reader.next(into: chunk) { lasts.append(chunk.isLast) }
    #expect(lasts.count(where: \.self) == 1 && lasts.last == true)
  }

  private func overwrite(_ path: String, with text: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  @Test func inputIsIdentified() throws {
    let path = try directory.write("abc", as: "a.csv")
    let reader = try InputReader(path: path, hashesWhole: true)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
    defer { buffer.deallocate() }
    #expect(try reader.read(into: buffer) == 3)
    let identity = try reader.finish()
    #expect(identity.bytes == 3)
    #expect(identity.fingerprint.count == 32)
    #expect(
      identity.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test(arguments: [
    (["a.csv"], ["a.csv"]), (["x/a.csv", "y/b.csv"], ["a.csv", "b.csv"]),
    (["x/a.csv", "y/a.csv"], ["x/a.csv", "y/a.csv"]),
    (["p/x/a.csv", "q/x/a.csv", "b.csv"], ["p/x/a.csv", "q/x/a.csv", "b.csv"]),
    (["a.csv", "x/a.csv"], ["a.csv", "x/a.csv"]), (["a.csv", "a.csv"], ["a.csv", "a.csv"]),
    (["-", "x/-"], ["-", "x/-"]), (["p/x/a", "p/y/a", "z/b"], ["x/a", "y/a", "b"]), ([], []),
  ])
  func sourceIsTheShortestSuffixThatTellsApart(_ paths: [String], _ names: [String]) {
    #expect(SourceNames.names(for: paths) == names)
  }
}
