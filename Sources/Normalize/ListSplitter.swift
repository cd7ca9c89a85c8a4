import TextFolding

/// Splits a cell that holds several answers: known answers first, then at separators.
///
/// Options may hold the separator themselves (`Vim, Emacs, or similar` in a comma list). At each
/// position the longest known answer wins that a separator or the end follows; otherwise the text
/// up to the next separator is one token. Only known answers that contain the separator need a
/// look: any other one is just what stands before the next separator.
struct ListSplitter: Sendable {
  private let separator: [UInt8]
  /// Known answers that contain the separator, longest first.
  private let compounds: [[UInt8]]

  init(separator: String, known: [String]) {
    let folded = TextFolding.fold(separator)
    let bytes = Array((folded.isEmpty ? " " : folded).utf8)
    self.separator = bytes
    // Hardly any holds even the separator's first byte, so few are copied.
    compounds = known.filter { $0.utf8.contains(bytes[0]) }.map { Array($0.utf8) }
      .filter { ListSplitter.contains($0, bytes) }
      // The order among equal lengths does not matter: only one of them can match.
      .sorted { $0.count > $1.count }
  }

  /// The separator's byte where splitting needs no knowledge of the answers.
  var plainSeparator: UInt8? {
    guard separator.count == 1, compounds.isEmpty, separator[0] < 0x80, separator[0] != 0x20,
      !(0x61...0x7A).contains(separator[0])  // a letter also stands in the raw bytes as a capital
    else { return nil }
    return separator[0]
  }

  /// - Parameter cell: folded text.
  /// - Returns: the tokens, trimmed, none of them empty.
  /// - Complexity: O(length × number of known answers that contain the separator).
  func split(_ cell: String) -> [String] {
    var rest = Array(cell.utf8)[...]
    var tokens: [String] = []
    while !rest.isEmpty {
      let token = takeCompound(&rest) ?? takePlain(&rest)
      let trimmed = ListSplitter.trimmed(token)
      if !trimmed.isEmpty { tokens.append(String(decoding: trimmed, as: UTF8.self)) }
      rest = ListSplitter.trimmed(rest)
    }
    return tokens
  }

  private func takeCompound(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for compound in compounds where rest.starts(with: compound) {
      var after = rest.dropFirst(compound.count)
      if separator != [0x20] { after = after.drop { $0 == 0x20 } }
      if after.isEmpty || after.starts(with: separator) {
        let token = rest.prefix(compound.count)
        rest = after.dropFirst(separator.count)
        return token
      }
    }
    return nil
  }

  private func takePlain(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = rest.startIndex
    while end < rest.endIndex, !rest[end...].starts(with: separator) { end += 1 }
    let token = rest[..<end]
    rest = rest[end...].dropFirst(separator.count)
    return token
  }

  /// Folded text holds no white space but single spaces.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop { $0 == 0x20 }
    while rest.last == 0x20 { rest.removeLast() }
    return rest
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { text[$0...].starts(with: part) }
  }
}
