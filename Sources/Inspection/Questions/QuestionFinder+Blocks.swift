import TextFolding

/// What the columns of one group are to each other.
extension QuestionFinder {
  /// The columns of a group by what they hold.
  struct Block {
    var columns: [Int]
    var otherTexts: [Int]
    var joinedTwin: Int?
  }

  /// Sorts the columns of a group.
  func block(of group: QuestionGroup) -> Block {
    var block = Block(columns: group.columns, otherTexts: group.otherTexts)
    if group.columns.count < 2 { return block }
    // "Other" with many texts is no option but its words.
    let words = group.columns.filter { isOtherWords($0) }
    block.columns.removeAll(where: words.contains)
    block.otherTexts = (block.otherTexts + words).sorted()
    let plain = block.columns.filter { columns[$0].option == nil }
    let options = block.columns.filter { columns[$0].option != nil }
    if plain.count == 1, !options.isEmpty, options.allSatisfy({ profiles[$0].isTicked }) {
      block.joinedTwin = plain[0]
      block.columns = options
    }
    return block
  }

  private func isOtherWords(_ column: Int) -> Bool {
    guard let option = columns[column].option, AnswerWords.isOther(TextFolding.fold(option)) else {
      return false
    }
    return profiles[column].chosen.count > 1 || profiles[column].uncounted > 0
  }

  func isTickedOption(_ column: Int) -> Bool {
    columns[column].option != nil && optionsKind([column]) != nil && profiles[column].answered > 0
  }

  /// Every column holds one text of its own, or nothing but ticks.
  func optionsKind(_ block: [Int]) -> KindVerdict? {
    var texts: Set<String> = []
    var ticked = 0
    for column in block {
      let profile = profiles[column]
      if profile.answered == 0 { continue }
      if profile.isTicked {
        ticked += 1
        continue
      }
      guard profile.uncounted == 0, profile.chosen.count == 1,
        texts.insert(profile.chosen[0].folded).inserted
      else { return nil }
    }
    if texts.isEmpty && ticked == 0 {
      return block.contains { columns[$0].option == nil }
        ? nil : KindVerdict(.empty, "no field of its \(block.count) columns holds an answer")
    }
    let what = texts.isEmpty ? "ticks" : ticked == 0 ? "the option's text" : "texts or ticks"
    return KindVerdict(.multiByOption, "each of \(block.count) columns holds \(what) alone")
  }

  /// Nearly all answers are options of the block, though not each in its own column: exports that
  /// somebody has worked on shift them.
  func misplacedOptionsKind(_ block: [Int]) -> KindVerdict? {
    let labels = Set(block.compactMap { columns[$0].option }.map(TextFolding.fold))
    guard labels.count > 1 else { return nil }
    let texts = merged(block)
    let all = block.reduce(0) { $0 + profiles[$1].answered }
    let own = texts.reduce(0) { $0 + (labels.contains($1.folded) ? $1.count : 0) }
    guard all > 0, 10 * own >= 9 * all else { return nil }
    return KindVerdict(
      .multiByOption, "\(own) of \(all) answers are options of its \(block.count) columns")
  }

  /// The rows of a grid, without a last column of remarks.
  func withoutWords(_ block: Block) -> Block {
    var block = block
    let words = block.columns.filter {
      profiles[$0].texts.count > 12 || profiles[$0].uncounted > 0
    }
    if block.columns.count - words.count < 2 { return block }
    block.columns.removeAll(where: words.contains)
    block.otherTexts = (block.otherTexts + words).sorted()
    return block
  }

  /// The columns share their answers.
  func rowsKind(_ block: [Int]) -> KindVerdict? {
    let filled = block.filter { profiles[$0].answered > 0 }
    let merged = merged(filled)
    let numbers = filled.allSatisfy { profiles[$0].numbers == profiles[$0].answered }
    if numbers { return KindVerdict(.number, "a number in each of \(block.count) columns") }
    let isShared = merged.contains { text in
      filled.count { profiles[$0].texts.contains { $0.folded == text.folded } } > 1
    }
    guard isShared, merged.count <= 12, filled.allSatisfy({ profiles[$0].uncounted == 0 }) else {
      return nil
    }
    let isScale = merged.allSatisfy { ScaleWords.isScale($0.folded) }
    return KindVerdict(
      isScale ? .scale : .single,
      "\(block.count) columns share \(merged.count) answers: the rows of a grid")
  }

  /// The answers of several columns as one list.
  func merged(_ block: [Int]) -> [TextCount] {
    var counts: [String: UInt64] = [:]
    for text in block.flatMap({ profiles[$0].texts }) {
      counts[text.text, default: 0] += text.count
    }
    return TextTally.folded(counts)
  }
}
