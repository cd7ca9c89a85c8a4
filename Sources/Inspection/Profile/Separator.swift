import TextFolding

/// What may stand between several answers in one field.
package enum Separator: String, CaseIterable, Hashable, Sendable {
  case semicolon = ";"
  case pipe = "|"
  case lineEnd = "\n"
  case comma = ","
  case slash = " / "
  /// Only where the vendor is known to join with it.
  case space = " "

  /// The separator of a survey file that means this one.
  package var declaration: String { self == .comma ? "," : rawValue }

  /// Rare inside an answer, so that its presence alone nearly decides.
  var isHard: Bool { self == .semicolon || self == .pipe || self == .lineEnd }

  static func declared(_ text: String) -> Separator? {
    Separator(rawValue: text) ?? (text == ", " ? .comma : nil)
  }
}

/// Splits a field into the answers it may hold.
///
/// A comma inside brackets does not split, and known answers that hold the separator stay whole, as
/// in a run.
struct PieceSplitter: Sendable {
  /// Folded answers that hold a comma, and the first pieces they begin with.
  private let compounds: Set<String>
  private let beginnings: Set<String>
  private static let mostPieces = 8

  /// - Parameter known: folded.
  init(known: some Sequence<String>) {
    compounds = Set(known.filter { $0.contains(",") })
    beginnings = Set(
      compounds.map { $0.prefix { $0 != "," } }.map { TextFolding.fold(String($0)) })
  }

  /// The pieces, trimmed, none empty.
  func split(_ text: String, at separator: Separator) -> [String] {
    if separator != .comma { return plain(text, separator) }
    return joinKnown(outsideBrackets(text) ?? plain(text, separator))
  }

  private func plain(_ text: String, _ separator: Separator) -> [String] {
    text.split(separator: separator.rawValue).map { TextFolding.trim(String($0)) }
      .filter { !$0.isEmpty }
  }

  /// Nil where the brackets do not close.
  private func outsideBrackets(_ text: String) -> [String]? {
    var depth = 0
    var pieces: [String] = []
    var piece: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth -= 1 }
      if depth < 0 { return nil }
      if depth == 0, byte == UInt8(ascii: ",") {
        pieces.append(String(decoding: piece, as: UTF8.self))
        piece = []
      } else {
        piece.append(byte)
      }
    }
    pieces.append(String(decoding: piece, as: UTF8.self))
    return depth == 0 ? pieces.map(TextFolding.trim).filter { !$0.isEmpty } : nil
  }

  private func joinKnown(_ pieces: [String]) -> [String] {
    if !pieces.contains(where: { beginnings.contains(TextFolding.fold($0)) }) { return pieces }
    var result: [String] = []
    var at = 0
    while at < pieces.count {
      let length = knownLength(pieces[at...])
      result.append(pieces[at..<at + length].joined(separator: ", "))
      at += length
    }
    return result
  }

  private func knownLength(_ pieces: ArraySlice<String>) -> Int {
    guard let first = pieces.first, beginnings.contains(TextFolding.fold(first)) else { return 1 }
    for length in stride(from: min(pieces.count, PieceSplitter.mostPieces), to: 1, by: -1) {
      let joined = pieces.prefix(length).joined(separator: ", ")
      if compounds.contains(TextFolding.fold(joined)) { return length }
    }
    return 1
  }
}
