extension RecordChunk {
  /// The chunk with one of its records and nothing else; nil where it does not hold the record, or
  /// refused it.
  package func keepingOnly(record: UInt64) -> RecordChunk? {
    guard let kept = records.first(where: { $0.position.record == record }) else { return nil }
    let bytes = Array(bytes[Int(kept.start)..<Int(kept.next)])
    return RecordChunk(
      ordinal: ordinal, input: input, bytes: bytes, dialect: dialect,
      records: [Record(start: 0, next: UInt32(bytes.count), position: kept.position)],
      rejects: [], irregularities: Irregularities(), rawBytes: 0)
  }
}
