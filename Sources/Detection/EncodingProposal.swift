import Ingest

/// What a text that is not UTF-8 most likely is. For people to declare; never applied on its own.
package struct EncodingProposal: Hashable, Sendable {
  package let encoding: CharacterEncoding
  /// What in the bytes says so, in words.
  package let evidence: String
  /// Offset of the first byte that is not UTF-8, counted from the first byte looked at.
  package let firstInvalidByte: UInt64
}

/// Gathers what a text's bytes say of its encoding, block by block.
///
/// One byte in UTF-8's way is enough for a proposal, so a whole file is worth looking at where the
/// sample was valid. Memory is constant, time linear.
package struct EncodingEvidence: Sendable {
  private var counts = [UInt64](repeating: 0, count: 256)
  /// Bytes that are letters in Mac Roman and signs or capitals in windows-1252, inside words.
  private var macLetters: UInt64 = 0
  /// Bytes that are lower-case letters in windows-1252 and rare signs in Mac Roman, inside words.
  private var latinLetters: UInt64 = 0
  private var firstInvalid: UInt64?
  private var offset: UInt64 = 0
  /// The end of the last block: two bytes of context, or an unfinished UTF-8 sequence.
  private var pending: [UInt8] = []
  private var before: UInt8 = 0
  private var last: UInt8 = 0

  package init() {}

  /// Looks at the next bytes of the text.
  package mutating func add(_ block: some Collection<UInt8>, isLast: Bool) {
    for byte in block { look(at: byte) }
    if isLast { look(at: UInt8(ascii: " ")) }
    if firstInvalid == nil { check(block, isLast: isLast) }
    offset += UInt64(block.count)
  }

  /// What to propose; nil where all is valid UTF-8 so far.
  package var proposal: EncodingProposal? {
    guard let firstInvalid else { return nil }
    let (encoding, evidence) = conclusion
    return EncodingProposal(
      encoding: encoding, evidence: evidence, firstInvalidByte: firstInvalid)
  }

  private var conclusion: (CharacterEncoding, String) {
    // These five stand for nothing in windows-1252, and for control codes in ISO 8859-1.
    let undefined = [0x81, 0x8D, 0x8F, 0x90, 0x9D].filter { counts[$0] > 0 }
    if let byte = undefined.first, latinLetters > macLetters {
      let code = hexadecimal(byte)
      return (.latin1, "byte \(code) is no character, and the letters are those of ISO 8859-1")
    }
    if let byte = undefined.first {
      return (.macRoman, "byte \(hexadecimal(byte)) is undefined in windows-1252")
    }
    if macLetters > latinLetters {
      return (.macRoman, "\(macLetters) bytes are letters inside words only in Mac Roman")
    }
    if let byte = (0x80...0x9F).first(where: { counts[$0] > 0 }) {
      return (.windows1252, "byte \(hexadecimal(byte)) is a control code in ISO 8859-1")
    }
    // No byte tells the two apart; windows-1252 reads every one of them the same way, and others
    // further on as well.
    return (.windows1252, "no byte rules it out; ISO 8859-1 would read the same")
  }

  private func hexadecimal(_ byte: Int) -> String {
    "0x" + String(byte, radix: 16, uppercase: true)
  }

  private mutating func look(at byte: UInt8) {
    if last >= 0x80 {
      counts[Int(last)] += 1
      if isSmall(before) && isSmall(byte) { weigh(last) }
    }
    (before, last) = (last, byte)
  }

  /// Between two small letters: `é` in Mac Roman is `Ž` in windows-1252, `’` is `Õ`; `é` in
  /// windows-1252 is `È` in Mac Roman. Left out: what both can read (`š œ ž ’` or `ö ú û í`).
  private mutating func weigh(_ byte: UInt8) {
    switch byte {
    case 0x80...0x91, 0x93...0x99, 0x9B, 0x9D, 0x9F, 0xA7, 0xD5: macLetters += 1
    case 0xDF...0xFF: latinLetters += 1
    default: break
    }
  }

  private func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private mutating func check(_ block: some Collection<UInt8>, isLast: Bool) {
    let start = offset - UInt64(pending.count)
    let bytes = pending + block
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    scan: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): position += scalar.count
      case .emptyInput:
        pending = []
        return
      case .error: break scan
      }
    }
    // A sequence cut off by the end of the block may go on in the next one.
    if !isLast, bytes.count - position < 4, isUnfinished(bytes[position...]) {
      pending = Array(bytes[position...])
    } else {
      firstInvalid = start + UInt64(position)
    }
  }

  private func isUnfinished(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return false
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    return bytes.count < length
  }
}
