extension RecordBatch {
  /// The text of refused records of this batch, without line ends: UTF-8 but for what they were
  /// refused for. Of a record that is not read to its end it is what was passed over.
  ///
  /// - Parameter rejects: in input order.
  /// - Returns: one text a reject; valid until the batch, or its chunk, is filled again.
  /// - Complexity: O(bytes of the refused records); of the chunk where it was transcoded.
  package func texts(of rejects: [Reject]) -> [UnsafeBufferPointer<UInt8>] {
    var finder = RefusedTextFinder(chunk)
    return rejects.map { finder.text(of: $0) }
  }
}

/// Finds refused records in a chunk's text by the offsets of their first bytes.
private struct RefusedTextFinder {
  private let text: UnsafeBufferPointer<UInt8>
  private let encoding: CharacterEncoding
  private let scanner: RecordScanner
  private var position: Int
  private var rawOffset: UInt64

  init(_ chunk: RecordChunk) {
    text = chunk.memory.bytes
    encoding = chunk.dialect.encoding
    scanner = RecordScanner(
      delimiter: chunk.dialect.delimiter, quote: chunk.dialect.quote, limits: chunk.limits)
    position = chunk.start
    rawOffset = chunk.place.rawOffset
  }

  mutating func text(of reject: Reject) -> UnsafeBufferPointer<UInt8> {
    proceed(to: reject.position.byteOffset)
    let end: Int
    switch scanner.scan(text, from: position, isLast: true) {
    case .record(let record): end = record.end
    case .refused(let refused): end = refused.next
    case .blank, .needsMore: end = text.count
    }
    let record = UnsafeBufferPointer(rebasing: text[position..<max(position, end)])
    let lineEnds = record.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
    return UnsafeBufferPointer(rebasing: record.dropLast(lineEnds))
  }

  private mutating func proceed(to wanted: UInt64) {
    if encoding == .utf8, wanted >= rawOffset {
      position = min(text.count, position + Int(wanted - rawOffset))
      rawOffset = wanted
    }
    while rawOffset < wanted, position < text.count {
      var next = position + 1
      while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
      rawOffset += encoding.rawBytes(of: UnsafeBufferPointer(rebasing: text[position..<next]))
      position = next
    }
  }
}
