import MaturityModel
import Normalize
import SurveyMapping
import TextFolding

/// A cell with several answers, split as the rule is written: at each position the longest known
/// answer that a separator or the end follows, else the text up to the next separator.
///
/// The first byte of an input chooses the separator; the rest is the cell.
enum FuzzedList {
  private static let separators = [",", ";", "||"]
  private static let interpreters = separators.map { separator in
    AnswerInterpreter(
      question: FuzzedModel.survey(
        "style: list, separator: \"\(separator)\", none: [\"None, really\"], ignore: [\"-\"]"
      ).questions[0], model: FuzzedModel.model, missing: [""])
  }
  private static let known = (Array(FuzzedModel.model.termByAlias.keys) + ["none, really", "-"])
    .map { Array($0.utf8) }.filter { !$0.isEmpty }

  static func compare(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let choice = Int(first) % separators.count
    let cell = String(decoding: input.dropFirst(), as: UTF8.self)
    let folded = TextFolding.fold(cell)
    if folded.isEmpty { return }
    let found = interpreters[choice].given(cell, label: "")
    let expected = tokens(Array(folded.utf8), separator: Array(separators[choice].utf8))
    if found != expected { fatalError("\(found) instead of \(expected)") }
  }

  private static func tokens(_ cell: [UInt8], separator: [UInt8]) -> [String] {
    var (at, tokens) = (0, [String]())
    while at < cell.count {
      if cell[at] == 0x20 {
        at += 1
        continue
      }
      let longest = known.filter { ends(cell, at, $0, separator) != nil }
        .max { $0.count < $1.count }
      if let longest, let end = ends(cell, at, longest, separator) {
        tokens.append(String(decoding: longest, as: UTF8.self))
        at = end
        continue
      }
      var end = at
      while end < cell.count, !cell[end...].starts(with: separator) { end += 1 }
      var last = end
      while last > at, cell[last - 1] == 0x20 { last -= 1 }
      if last > at { tokens.append(String(decoding: cell[at..<last], as: UTF8.self)) }
      at = end + separator.count
    }
    return tokens
  }

  /// Where reading goes on behind a known answer; nil where it does not stand here as a whole.
  private static func ends(
    _ cell: [UInt8], _ start: Int, _ answer: [UInt8], _ separator: [UInt8]
  ) -> Int? {
    guard cell[start...].starts(with: answer) else { return nil }
    var end = start + answer.count
    while end < cell.count, cell[end] == 0x20 { end += 1 }
    if end == cell.count { return end }
    return cell[end...].starts(with: separator) ? end + separator.count : nil
  }
}
