import Detection
import MaturityModel

/// Decides what kind of answers a single column holds: an ordered list of rules over counts, the
/// first that fires decides. No statistics.
///
/// 1. No answer at all: empty.
/// 2. Nothing but dates: date.
/// 3. Nothing but numbers: scale where they are whole, from 0 to 10, three to eleven of them; else
///    number.
/// 4. Two different fields hold a separator, and at least half of all pieces are given twice or
///    known to the model: multi, separated. `;`, `|` and line ends ask for no more. Of what commas
///    and ` / ` separate, which sentences hold as well, two thirds must be familiar, and the model
///    knows two thirds or they combine: more different fields than different pieces, or half of the
///    pieces also stand alone. With a space only names in small letters, and only for vendors that
///    join with it. One field is enough where the model knows all of its pieces.
/// 5. Nothing but words of agreement, frequency, yes and no: scale.
/// 6. At most 250 different answers, none longer than 200 bytes, and at least half of what was given
///    was given twice or is known to the model: single choice.
/// 7. Anything else: free text.
struct KindRules {
  static let mostOptions = 250
  let model: MaturityModel
  let profile: VendorProfile

  func verdict(_ column: ColumnProfile) -> KindVerdict {
    if column.answered == 0 { return KindVerdict(.empty, "no field holds an answer") }
    if column.dates == column.answered { return KindVerdict(.date, "every answer is a date") }
    if column.numbers == column.answered { return number(column) }
    return list(column) ?? scale(column) ?? single(column)
      ?? KindVerdict(.freeText, "\(distinct(column)) different answers, most given once")
  }

  private func distinct(_ column: ColumnProfile) -> String {
    column.uncounted > 0 ? "more than \(column.texts.count)" : "\(column.texts.count)"
  }

  private func number(_ column: ColumnProfile) -> KindVerdict {
    let values = column.texts.compactMap { Int($0.text) }
    guard column.uncounted == 0, column.wholeNumbers == column.answered,
      (2...11).contains(values.count), values.allSatisfy((0...10).contains)
    else { return KindVerdict(.number, "every answer is a number") }
    return KindVerdict(.scale, "\(values.count) whole numbers from 0 to 10")
  }

  // MARK: Rule 4

  private func list(_ column: ColumnProfile) -> KindVerdict? {
    for separator in Separator.allCases {
      guard let list = column.lists[separator], joins(list, separator) else { continue }
      let name = separator == .lineEnd ? "line end" : separator.rawValue
      return KindVerdict(
        .multiBySeparator,
        "\(list.fields) answers hold '\(name)', and the pieces come back in others",
        separator: separator)
    }
    return nil
  }

  private func joins(_ list: ListProfile, _ separator: Separator) -> Bool {
    let pieces = list.joined
    let all = pieces.values.reduce(0, +)
    let counts = Dictionary(list.pieces.map { ($0.folded, $0.count) }) { $0 + $1 }
    let familiar = sum(pieces) { counts[$0] ?? 1 > 1 || isKnown($0) }
    guard list.distinctFields > 1 || sum(pieces, isKnown) == all,
      2 * self.familiar(list.pieces) >= list.occurrences
    else { return false }
    if separator.isHard { return 2 * familiar >= all }
    if separator == .space {
      return 2 * familiar >= all && list.pieces.allSatisfy { isName($0.text) }
    }
    return 3 * familiar >= 2 * all
      && (list.distinctFields > pieces.count || 3 * sum(pieces, isKnown) >= 2 * all
        || 2 * sum(pieces, list.alone.contains) >= all)
  }

  private func sum(_ pieces: [String: UInt64], _ test: (String) -> Bool) -> UInt64 {
    pieces.reduce(0) { $0 + (test($1.key) ? $1.value : 0) }
  }

  private func isKnown(_ folded: String) -> Bool { model.termByAlias[folded] != nil }

  private func isName(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
  }

  /// Occurrences of texts that were given twice or are known to the model.
  private func familiar(_ texts: [TextCount]) -> UInt64 {
    texts.reduce(0) { sum, text in
      text.count > 1 || isKnown(text.folded) ? sum + text.count : sum
    }
  }

  // MARK: Rules 5 and 6

  private func scale(_ column: ColumnProfile) -> KindVerdict? {
    let repeated = column.texts.filter { $0.count > 1 }
    let words = repeated.isEmpty ? column.texts : repeated
    guard column.uncounted == 0, (2...11).contains(words.count),
      words.allSatisfy({ ScaleWords.isScale($0.folded) })
    else { return nil }
    return KindVerdict(.scale, "\(words.count) words of agreement, frequency, or yes and no")
  }

  private func single(_ column: ColumnProfile) -> KindVerdict? {
    guard column.uncounted == 0, column.texts.count <= KindRules.mostOptions,
      column.longest <= TextTally.mostBytes, 2 * familiar(column.texts) >= column.answered
    else { return nil }
    return KindVerdict(.single, "\(column.texts.count) different answers, most given often")
  }
}
