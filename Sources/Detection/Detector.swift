import Ingest

/// Works out how an input is to be read from its first bytes.
package enum Detector {
  /// How many bytes from the start of an input are looked at.
  package static let sampleBytes = 256 << 10

  /// - Parameters:
  ///   - start: the first bytes, at most ``sampleBytes``.
  ///   - isWhole: no bytes follow these.
  ///   - declared: what is declared wins over what is seen.
  package static func detect(
    start: [UInt8], isWhole: Bool, declared: DeclaredDialect
  ) throws(DetectionError) -> Detection {
    let vendor = declared.vendor ?? .generic
    var dialect = vendor.dialect
    if let delimiter = declared.delimiter { dialect.delimiter = delimiter }
    if let encoding = declared.encoding { dialect.encoding = encoding }
    if let headerRecords = declared.headerRecords, headerRecords != dialect.headerRecords {
      (dialect.headerRecords, dialect.labelRecord) = (headerRecords, headerRecords)
    }
    if let labelRecord = declared.labelRecord { dialect.labelRecord = labelRecord }
    return Detection(dialect: dialect, vendor: vendor, rule: "declared", alternatives: [])
  }
}
