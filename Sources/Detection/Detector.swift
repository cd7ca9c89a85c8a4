import Ingest

/// Works out how an input is to be read from its first bytes.
///
/// An ordered list of rules, each of them decisive; the first that fires wins, and says why. No
/// statistics: a file is what its header says, or what has been declared.
package enum Detector {
  /// How many bytes from the start of an input are looked at.
  package static let sampleBytes = 256 << 10

  /// - Parameters:
  ///   - start: the first bytes, at most ``sampleBytes``.
  ///   - isWhole: no bytes follow these.
  ///   - declared: what is declared wins over what is seen.
  /// - Throws: ``DetectionError`` where the bytes are no text, or have to be converted first.
  package static func detect(
    start: [UInt8], isWhole: Bool, declared: DeclaredDialect
  ) throws(DetectionError) -> Detection {
    if let kind = FileSignature.kind(start) { throw .notText(what: kind) }
    let sample = try Sample(start, isWhole: isWhole, declared: declared.encoding)
    let delimiter =
      declared.delimiter ?? DelimiterChoice.choose(sample) ?? declared.vendor?.profile.delimiter
      ?? UInt8(ascii: ",")
    let read = SampleRecords(sample, delimiter: delimiter, limit: .max)
    let header = Header(read.records)
    let decision = VendorDecision(header.start, declared: declared.vendor)
    let dialect = dialect(
      decision, sample, delimiter: delimiter, emptyFirst: header.emptyFirst,
      isOurs: OwnOutput.isRespondents(header.start.names), declared)
    return Detection(
      dialect: dialect, vendor: decision.vendor, rule: decision.rule,
      alternatives: decision.alternatives,
      doubts: DoubtfulFacts.doubts(read, dialect, decision.vendor, header.emptyFirst),
      encodingBasis: sample.basis, lineEnds: read.lineEnds,
      encodingProposal: sample.encoding == .utf8 ? proposal(start, isWhole) : nil)
  }

  private static func dialect(
    _ decision: VendorDecision, _ sample: Sample, delimiter: UInt8, emptyFirst: Int,
    isOurs: Bool, _ declared: DeclaredDialect
  ) -> Dialect {
    var dialect = Dialect(
      delimiter: delimiter, encoding: sample.encoding,
      headerRecords: decision.headerRecords + emptyFirst,
      labelRecord: decision.labelRecord + emptyFirst)
    if let count = declared.headerRecords, count != dialect.headerRecords {
      (dialect.headerRecords, dialect.labelRecord) = (count, count)
    }
    if let label = declared.labelRecord { dialect.labelRecord = label }
    dialect.isGuarded = decision.vendor == .typeform || isOurs
    return dialect
  }

  private static func proposal(_ start: [UInt8], _ isWhole: Bool) -> EncodingProposal? {
    var evidence = EncodingEvidence()
    evidence.add(start, isLast: isWhole)
    return evidence.proposal
  }
}

/// The records the rules look at, and how many all-empty ones stand before them.
private struct Header {
  let start: ExportStart
  let emptyFirst: Int

  init(_ records: [[String]]) {
    let blank = records.prefix { $0.allSatisfy { HeaderText.singleSpaced($0).isEmpty } }.count
    // Where nothing but empty records is seen, the first one is the header.
    emptyFirst = blank == records.count ? 0 : blank
    start = ExportStart(records: Array(records.dropFirst(emptyFirst).prefix(3)))
  }
}
