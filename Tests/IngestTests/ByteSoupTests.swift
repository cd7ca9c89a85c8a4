import StagecraftTestSupport
import Testing

@testable import Ingest

/// Short random inputs over the bytes that matter, each from a seed of its own.
@Suite struct ByteSoupTests {
  /// Quotes and line ends are more likely than in any export.
  private static let alphabet = Array("\"\"\"\",,;\r\r\n\n  \tab".utf8)

  private static func soup(seed: UInt64, longest: Int = 24) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    let length = Int.random(in: 1...longest, using: &random)
    return (0..<length).map { _ in random.pick(alphabet) }
  }

  private static func mode(seed: UInt64) -> ReadingMode {
    var random = SeededGenerator(seed: ~seed)
    return ReadingMode(
      headers: 0, delimiter: random.pick([",", ",", ";", "\t"]), isStrict: random.oneIn(4),
      quotedLines: random.pick([1, 2, 3, 1_000]), recordBytes: random.pick([3, 6, 12, 1_000]))
  }

  private func describe(_ seed: UInt64, _ bytes: [UInt8]) -> String {
    "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
  }

  @Test(arguments: 0..<8)
  func recordsAndRejectsAreTheReferencesAtEveryChunkSize(_ part: UInt64) throws {
    for seed in part * 60..<(part + 1) * 60 {
      let (bytes, mode) = (ByteSoupTests.soup(seed: seed), ByteSoupTests.mode(seed: seed))
      let reading = try readAtEveryChunkSize(bytes, mode, describe(seed, bytes))
      let reference = ReferenceParser(bytes, mode).parse()
      let found = ReferenceParser.Result(records: reading.records, rejects: reading.rejects)
      if found != reference {
        Issue.record("\(describe(seed, bytes)) \(mode): \(found) instead of \(reference)")
      }
    }
  }

  /// Where nothing is refused, the records are those that libcsv finds in the whole input.
  @Test func recordsAreLibcsvsWhereNothingIsRefused() throws {
    let directory = try ScratchDirectory()
    var compared = 0
    for seed: UInt64 in 10_000..<11_500 {
      let bytes = ByteSoupTests.soup(seed: seed, longest: 40)
      let path = try directory.write(bytes, as: "\(seed)")
      let reading = try read(path: path, .bare, chunkBytes: 7)
      if !reading.rejects.isEmpty { continue }
      compared += 1
      let expected = recordsOfLibcsv(bytes, delimiter: UInt8(ascii: ","))
      if reading.fields != expected {
        Issue.record("\(describe(seed, bytes)): \(reading.fields) instead of \(expected)")
      }
    }
    #expect(compared > 500)
  }

  @Test func everyRecordReadAloneGivesTheSameFields() throws {
    let directory = try ScratchDirectory()
    for seed: UInt64 in 20_000..<20_200 {
      let bytes = ByteSoupTests.soup(seed: seed, longest: 40)
      let reading = try read(
        path: directory.write(bytes, as: "\(seed)"), .bare, chunkBytes: 1_000)
      for (place, record) in reading.records.enumerated() {
        let next = nextOffset(after: record.position.record, reading, place, bytes.count)
        let alone = Array(bytes[Int(record.position.byteOffset)..<next])
        let path = try directory.write(alone, as: "\(seed)-\(place)")
        let again = try read(path: path, .bare, chunkBytes: 1_000)
        if again.fields != [record.fields] {
          Issue.record("\(describe(seed, bytes)): record \(place) is \(again.fields) alone")
        }
      }
    }
  }

  /// Where the record or reject after a record starts.
  private func nextOffset(
    after number: UInt64, _ reading: Reading, _ place: Int, _ end: Int
  ) -> Int {
    let positions = reading.records.map(\.position) + reading.rejects.map(\.position)
    return positions.first { $0.record == number + 1 }.map { Int($0.byteOffset) } ?? end
  }

  /// Whatever the bytes are: no crash, no record lost, positions ascending.
  @Test func anyBytesAreRead() throws {
    let directory = try ScratchDirectory()
    for seed: UInt64 in 30_000..<30_300 {
      var random = SeededGenerator(seed: seed)
      let encoding = random.pick(CharacterEncoding.allCases)
      let special: [UInt8] = [0, 10, 13, 34, 44, 0xFF, 0xFE, 0xEF, 0xBB, 0xBF, 0xD8, 0xDC, 0x80]
      let count = Int.random(in: 1...60, using: &random)
      // The first byte is no byte order mark: one of another encoding is refused.
      let bytes =
        [UInt8(ascii: "a")]
        + (1..<max(2, count)).map { _ in
          random.oneIn(2) ? random.pick(special) : UInt8.random(in: 0...255, using: &random)
        }
      let mode = ReadingMode(headers: 0, encoding: encoding)
      let path = try directory.write(bytes, as: "\(seed)")
      let whole = try read(path: path, mode, chunkBytes: 1_000)
      let positions = (whole.records.map(\.position) + whole.rejects.map(\.position))
      #expect(Set(positions.map(\.record)) == Set(1..<UInt64(positions.count + 1)), "\(seed)")
      for size in [1, 2, 3, 5, 7, 11] {
        let other = try read(path: path, mode, chunkBytes: size)
        if other != whole { Issue.record("seed \(seed) \(encoding) chunk size \(size)") }
      }
    }
  }
}
