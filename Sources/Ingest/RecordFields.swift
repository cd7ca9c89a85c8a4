/// The fields of a batch, without the batch.
package struct RecordFields {
  /// At least so many bytes behind every field can be read.
  package static let padding = 64

  // Read from other modules as they are: calls across them would not be inlined.
  package let text: UnsafePointer<UInt8>
  /// `slots` a record; the fields lie in `text`.
  package let fields: UnsafePointer<FieldSpan>
  /// `slotWords` words of bits a record: its slots whose fields hold a byte.
  package let filled: UnsafePointer<UInt64>
  package let slots: Int
  package let slotWords: Int

  init(
    text: UnsafePointer<UInt8>, fields: UnsafePointer<FieldSpan>, filled: UnsafePointer<UInt64>,
    slots: Int
  ) {
    self.text = text
    self.fields = fields
    self.filled = filled
    self.slots = slots
    slotWords = RecordFields.words(slots: slots)
  }

  static func words(slots: Int) -> Int { (slots + 63) / 64 }
}

/// One record's fields, to be filled.
struct FieldRow {
  let fields: UnsafeMutablePointer<FieldSpan>
  let filled: UnsafeMutablePointer<UInt64>

  @inline(__always)
  func clear(slots: Int, words: Int) {
    fields.initialize(repeating: FieldSpan(start: 0, count: 0), count: slots)
    filled.initialize(repeating: 0, count: words)
  }

  @inline(__always)
  func set(_ slot: Int, to span: FieldSpan) {
    fields[slot] = span
    filled[slot &>> 6] |= (span.count == 0 ? 0 : 1) &<< UInt64(truncatingIfNeeded: slot & 63)
  }
}
