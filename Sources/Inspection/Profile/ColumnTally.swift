import Normalize
import TextFolding

/// Gathers what the fields of one column are like, in bounded memory.
final class ColumnTally {
  /// Longer texts are not taken apart: no list of options is.
  private static let mostBytesSplit = 4_000

  private let missingTexts: Set<String>
  private let separators: [Separator]
  private let splitter: PieceSplitter
  private let budget: TextBudget
  private let memo = TextNumberMemo()
  private var entries: [Entry] = []
  private var uncounted = Uncounted()
  private var longest = 0

  private struct Entry {
    let text: String
    let verdict: Verdict
    var count: UInt64
  }

  /// What became of the texts that found no room among the entries.
  private struct Uncounted {
    var fields: UInt64 = 0
    var numbers: UInt64 = 0
    var dates: UInt64 = 0
    var pieces: [Separator: TextTally] = [:]
    var fieldsHolding: [Separator: UInt64] = [:]
    var plain = TextTally()
  }

  /// What a field says before its question is known.
  enum Verdict {
    case missing, unticked, given
  }

  init(
    missing: Set<String>, separators: [Separator], splitter: PieceSplitter, budget: TextBudget
  ) {
    missingTexts = missing
    self.separators = separators
    self.splitter = splitter
    self.budget = budget
  }

  /// Takes in one field.
  func add(_ field: UnsafeBufferPointer<UInt8>) -> Verdict {
    let trimmed = UnsafeBufferPointer(rebasing: field[TextFolding.trimmedRange(field)])
    if trimmed.isEmpty { return .missing }
    if let known = memo.value(for: trimmed) {
      entries[Int(known)].count += 1
      return entries[Int(known)].verdict
    }
    return addNew(trimmed)
  }

  private func addNew(_ field: UnsafeBufferPointer<UInt8>) -> Verdict {
    let text = String(decoding: field, as: UTF8.self)
    let verdict = verdict(text)
    if verdict != .missing { longest = max(longest, field.count) }
    if entries.count < TextTally.mostTexts, field.count <= TextTally.mostBytes,
      budget.take(field.count)
    {
      memo.remember(Int32(entries.count), for: field)
      entries.append(Entry(text: text, verdict: verdict, count: 1))
    } else if verdict != .missing {
      addUncounted(text)
    }
    return verdict
  }

  private func verdict(_ text: String) -> Verdict {
    if missingTexts.contains(text) { return .missing }
    return text.utf8.count < 16 && TextShape.unticked.contains(TextFolding.fold(text))
      ? .unticked : .given
  }

  private func addUncounted(_ text: String) {
    uncounted.fields += 1
    if TextShape.isNumber(text.utf8) { uncounted.numbers += 1 }
    if TextShape.isDate(text.utf8) { uncounted.dates += 1 }
    let found = separators.filter { text.contains($0.rawValue) }
    if found.isEmpty || text.utf8.count > ColumnTally.mostBytesSplit {
      return uncounted.plain.add(text, times: 1, budget: budget)
    }
    for separator in found {
      let pieces = splitter.split(text, at: separator)
      if pieces.count > 1 { uncounted.fieldsHolding[separator, default: 0] += 1 }
      for piece in pieces {
        uncounted.pieces[separator, default: TextTally()].add(piece, times: 1, budget: budget)
      }
    }
  }

  /// What has been gathered.
  func finish() -> ColumnProfile {
    let given = entries.filter { $0.verdict != .missing }
    let counts = Dictionary(given.map { ($0.text, $0.count) }) { $0 + $1 }
    let kept = given.reduce(0) { $0 + $1.count }
    return ColumnProfile(
      answered: kept + uncounted.fields,
      unticked: entries.filter { $0.verdict == .unticked }.reduce(0) { $0 + $1.count },
      missing: Dictionary(
        entries.filter { $0.verdict == .missing }.map { ($0.text, $0.count) }
      ) { $0 + $1 },
      texts: TextTally.folded(counts), uncounted: uncounted.fields, longest: longest,
      numbers: sum(given) { TextShape.isNumber($0.utf8) } + uncounted.numbers,
      wholeNumbers: sum(given) { TextShape.isWholeNumber($0.utf8) },
      dates: sum(given) { TextShape.isDate($0.utf8) } + uncounted.dates, lists: lists(given))
  }

  private func sum(_ entries: [Entry], _ test: (String) -> Bool) -> UInt64 {
    entries.reduce(0) { $0 + (test($1.text) ? $1.count : 0) }
  }

  private func lists(_ given: [Entry]) -> [Separator: ListProfile] {
    var lists: [Separator: ListProfile] = [:]
    for separator in separators {
      var tally = uncounted.pieces[separator] ?? TextTally()
      var list = ListProfile(fields: uncounted.fieldsHolding[separator] ?? 0)
      list.distinctFields = uncounted.fieldsHolding[separator].map { Int($0) } ?? 0
      for entry in given {
        let pieces = splitter.split(entry.text, at: separator)
        if pieces.count > 1 {
          list.fields += entry.count
          list.distinctFields += 1
        } else {
          list.alone.formUnion(pieces.map(TextFolding.fold))
        }
        for piece in pieces {
          tally.add(piece, times: entry.count, budget: budget)
          if pieces.count > 1 { list.joined[TextFolding.fold(piece), default: 0] += entry.count }
        }
      }
      if list.fields == 0 { continue }
      for (text, count) in uncounted.plain.counts {
        tally.add(text, times: count, budget: budget)
        list.alone.insert(TextFolding.fold(text))
      }
      list.uncounted = tally.uncounted + uncounted.plain.uncounted
      list.pieces = tally.folded
      lists[separator] = list
    }
    return lists
  }
}

/// What the fields of one column are like.
package struct ColumnProfile: Sendable {
  /// Fields that hold an answer.
  package let answered: UInt64
  /// Answers that would be "not chosen" in an option column.
  package let unticked: UInt64
  /// Texts that mean "no answer", as they were seen.
  package let missing: [String: UInt64]
  /// Distinct answers, folded, most frequent first; not all of them where `uncounted` is not 0.
  package let texts: [TextCount]
  /// Answers that are not among `texts`.
  package let uncounted: UInt64
  /// Bytes of the longest answer.
  package let longest: Int
  package let numbers: UInt64
  package let wholeNumbers: UInt64
  package let dates: UInt64
  /// The fields taken apart, for each separator that some field holds.
  package let lists: [Separator: ListProfile]

  /// Texts that say more than "not chosen".
  var chosen: [TextCount] { texts.filter { !TextShape.unticked.contains($0.folded) } }
  /// Nothing but ticks and their opposite, or one whole number: the option's code.
  var isTicked: Bool {
    let chosen = chosen
    return uncounted == 0
      && (chosen.allSatisfy { TextShape.ticks.contains($0.folded) }
        || (chosen.count == 1 && TextShape.isWholeNumber(chosen[0].text.utf8)))
  }
}

/// A column's fields, taken apart at a separator.
package struct ListProfile: Hashable, Sendable {
  /// Fields that hold more than one piece.
  package var fields: UInt64
  /// Different ones among them; those beyond the bound are counted each.
  package var distinctFields = 0
  /// Folded pieces that also are the whole of a field.
  package var alone: Set<String> = []
  /// Folded pieces of fields that hold more than one, as far as they were kept.
  package var joined: [String: UInt64] = [:]
  package var pieces: [TextCount] = []
  package var uncounted: UInt64 = 0

  /// All occurrences of all pieces.
  var occurrences: UInt64 { pieces.reduce(uncounted) { $0 + $1.count } }
}
