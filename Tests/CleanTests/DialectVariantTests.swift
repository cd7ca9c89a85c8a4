import Detection
import Pipeline
import StagecraftTestSupport
import Testing

/// One table written in a thousand dialects, half of them with one spoilt record.
@Suite struct DialectVariantTests {
  @Test(arguments: 0..<20)
  func everyVariantGivesTheRecordsOrNamesTheSpoiltLine(batch: Int) throws {
    for number in 0..<50 {
      let seed = UInt64(batch * 50 + number)
      let variant = Variant(seed: seed)
      let cleaned = try Cleaned(
        variant.bytes, declared: DeclaredDialect(delimiter: variant.delimiter)
      ) { $0.skippedRecords = variant.preambleRecords }
      #expect(cleaned.text == variant.expected, "seed \(seed)")
      #expect(cleaned.report.rejects.map(\.position.line) == variant.spoiltLines, "seed \(seed)")
    }
  }
}

/// A small table in one random dialect.
private struct Variant {
  let delimiter: UInt8
  private(set) var bytes: [UInt8] = []
  private(set) var expected = ""
  private(set) var spoiltLines: [UInt64] = []
  private(set) var preambleRecords = 0

  private var generator: SeededGenerator
  private let lineEnd: String
  private let quotesAll: Bool
  private var line: UInt64 = 1

  private static let texts = [
    "x", "", "two words", "a, b", "a; b", "a | b", "a\tb", "say \"hi\"", "line\nbreak", "Größe",
    "08123", "-5", "=1", "\"", "{\"k\": 1}",
  ]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    delimiter = generator.pick([",", ";", "\t", "|"].map { Array($0.utf8)[0] })
    lineEnd = generator.pick(["\n", "\r\n", "\r", "\r\r\n"])
    quotesAll = generator.oneIn(2)
    if generator.oneIn(3) { bytes = [0xEF, 0xBB, 0xBF] }
    if generator.oneIn(4) { writePreamble() }
    write(["id", "b", "c", "last"], isData: false)
    let spoilt = generator.oneIn(2) ? Int.random(in: 0..<12, using: &generator) : nil
    for number in 0..<12 {
      let fields = [
        "r\(number)", generator.pick(Variant.texts), generator.pick(Variant.texts), "end",
      ]
      if number == spoilt { writeSpoilt(fields) } else { write(fields, isData: true) }
    }
    if generator.oneIn(3) { dropFinalLineEnd() }
  }

  private mutating func writePreamble() {
    preambleRecords = 1
    append("Report of the survey")
    endLine()
  }

  private mutating func write(_ fields: [String], isData: Bool) {
    append(fields.map(encoded).joined(separator: delimiterText))
    line += UInt64(fields.reduce(0) { $0 + $1.count { $0 == "\n" } })
    endLine()
    expected += fields.map(Variant.plain).joined(separator: ",") + "\n"
  }

  /// One separator too many in the middle, or one too few.
  private mutating func writeSpoilt(_ fields: [String]) {
    spoiltLines = [line]
    var spoilt = fields
    if generator.oneIn(2) { spoilt.insert("", at: 2) } else { spoilt.remove(at: 1) }
    append(spoilt.map(encoded).joined(separator: delimiterText))
    line += UInt64(spoilt.reduce(0) { $0 + $1.count { $0 == "\n" } })
    endLine()
  }

  private mutating func append(_ text: String) { bytes += Array(text.utf8) }

  private mutating func endLine() {
    append(lineEnd)
    line += lineEnd == "\r\r\n" ? 2 : 1
  }

  private mutating func dropFinalLineEnd() { bytes.removeLast(lineEnd.utf8.count) }

  private var delimiterText: String { String(UnicodeScalar(delimiter)) }

  private func encoded(_ text: String) -> String {
    let needsQuotes = text.contains { "\"\n\r\t".contains($0) } || text.contains(delimiterText)
    return quotesAll || needsQuotes ? Variant.quoted(text) : text
  }

  private static func plain(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) } ? quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
