/// What the separator kernels find, one byte at a time: the readable reference they are held against.
struct SeparatorReference: Equatable {
  private(set) var separators: [UInt32] = []
  /// Those of them that end a record.
  private(set) var recordEnds: [UInt32] = []
  private(set) var lineFeeds = 0
  private(set) var holdsNonASCII = false
  private(set) var holdsZero = false
  private(set) var isRegular = true
  private(set) var endsInQuotes: Bool
  private(set) var endsAfterReturn = false

  init(_ bytes: [UInt8], isQuoted: Bool, delimiter: UInt8, quote: UInt8) {
    endsInQuotes = isQuoted
    var mayOpen = !isQuoted
    var justClosed = false
    for (position, byte) in bytes.enumerated() {
      let isLineFeed = byte == UInt8(ascii: "\n")
      let isReturn = byte == UInt8(ascii: "\r")
      let isSeparating = byte == delimiter || isLineFeed
      if endsAfterReturn && !isLineFeed { isRegular = false }
      if justClosed && !isSeparating && !isReturn && byte != quote { isRegular = false }
      lineFeeds += isLineFeed ? 1 : 0
      holdsNonASCII = holdsNonASCII || byte >= 0x80
      holdsZero = holdsZero || byte == 0
      endsAfterReturn = isReturn
      justClosed = false
      if byte == quote {
        if endsInQuotes { justClosed = true } else if !mayOpen { isRegular = false }
        endsInQuotes.toggle()
        mayOpen = justClosed
      } else {
        mayOpen = isSeparating && !endsInQuotes
        if isSeparating && !endsInQuotes {
          if isLineFeed { recordEnds.append(UInt32(position)) }
          separators.append(UInt32(position))
        }
      }
    }
  }
}
