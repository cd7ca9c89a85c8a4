import Aggregate

/// What became of the records, as far as it may be told; nil is what may not.
package struct DisclosedFates: Sendable {
  package private(set) var read: UInt64?
  package private(set) var scored: UInt64?
  package private(set) var unscored: UInt64?
  package private(set) var filteredInTotal: UInt64?
  /// Per keep rule.
  package private(set) var filtered: [UInt64?]
  package private(set) var duplicate: UInt64?
  /// Of no respondent's answers, and counted by `rejects.csv` anyway.
  package let rejected: UInt64

  private init(_ accounting: Accounting) {
    read = accounting.read
    scored = accounting.scored
    unscored = accounting.unscored
    filteredInTotal = accounting.filteredInTotal
    filtered = accounting.filtered
    duplicate = accounting.duplicate
    rejected = accounting.rejected
  }

  /// All records of a run.
  package init(of tally: Tally, _ disclosure: Disclosure?) {
    self.init(tally.totalAccounting)
    guard let disclosure else { return }
    if disclosure.hidesEverybody {
      hideAll()
      return
    }
    let fates = [unscored, duplicate] + filtered
    let order = fates.indices.filter { fates[$0] ?? 0 > 0 }
      .sorted { (fates[$0] ?? 0, $0) < (fates[$1] ?? 0, $1) }
    let parts = order.map { [fates[$0] ?? 0] }
    let pool = disclosure.rule.pool(parts, isNobodyEmpty: true)
    // Where all of them together are too few, so is the difference between read and scored.
    if pool == nil { read = nil }
    for index in order[..<(pool ?? order.count)] { hide(index) }
  }

  /// The records of one of a run's inputs.
  init(ofInput accounting: Accounting, in tally: Tally, _ disclosure: Disclosure?) {
    if tally.accounting.count == 1 {
      self.init(of: tally, disclosure)
      return
    }
    self.init(accounting)
    guard let disclosure else { return }
    let isShown =
      !disclosure.hidesEverybody
      && tally.accounting.allSatisfy { input in
        disclosure.rule.allows([input.scored, input.unscored, input.duplicate] + input.filtered)
      }
    if !isShown { hideAll() }
  }

  private mutating func hideAll() {
    (read, scored, unscored, filteredInTotal, duplicate) = (nil, nil, nil, nil, nil)
    filtered = filtered.map { _ in nil }
  }

  /// - Parameter index: unscored, duplicate, then the keep rules.
  private mutating func hide(_ index: Int) {
    switch index {
    case 0: unscored = nil
    case 1: duplicate = nil
    default:
      filtered[index - 2] = nil
      filteredInTotal = nil
    }
  }
}

extension Disclosure {
  /// A question's answers that match nothing, those that few gave together as `(rare)`. As many of the
  /// others are with them as it takes to be enough; where all are not, their number is nil.
  func unmappedAnswers(_ unmapped: UnmappedTally) -> [(answer: Cell, count: UInt64?)] {
    guard let texts = unmapped.texts else {
      let count = rule.allows(unmapped.responses) ? unmapped.responses : nil
      return [(.text("(more than \(unmapped.limit) texts)"), count)]
    }
    let ordered = mostFrequentFirst(texts)
    var kept = ordered.count
    var rare: UInt64 = 0
    while kept > 0, ordered[kept - 1].count < minimum || (kept < ordered.count && rare < minimum) {
      kept -= 1
      rare += ordered[kept].count
    }
    var rows: [(answer: Cell, count: UInt64?)] = ordered[..<kept].map {
      (.answer($0.text), $0.count)
    }
    if kept < ordered.count { rows.append((.text("(rare)"), rare < minimum ? nil : rare)) }
    return rows
  }
}
