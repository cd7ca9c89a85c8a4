import Detection
import MaturityModel
import TextFolding

/// Works out an export's questions from its header and the profile of its columns.
struct QuestionFinder {
  let columns: [ExportColumn]
  let profiles: [ColumnProfile]
  let model: MaturityModel
  let rules: KindRules
  private let patterns: ColumnPatterns

  init(columns: [ExportColumn], profile: ExportProfile, vendor: VendorProfile, model: MaturityModel)
  {
    self.columns = columns
    profiles = profile.columns
    self.model = model
    rules = KindRules(model: model, profile: vendor)
    patterns = ColumnPatterns(names: columns.map(\.name))
  }

  /// The questions of one group of columns: one, unless the columns turn out to have nothing in
  /// common.
  ///
  /// - Parameters:
  ///   - answered: responses with an answer in any of the columns.
  ///   - ticked: those with more than "not chosen".
  func questions(_ group: QuestionGroup, answered: UInt64, ticked: UInt64) -> [InspectedQuestion] {
    let block = block(of: group)
    guard let first = block.columns.first else { return group.otherTexts.map(words) }
    if columns[first].isMetadata { return [metadata(first)] }
    if block.columns.count == 1, !isTickedOption(first) {
      return [field(first, otherTexts: block.otherTexts)]
    }
    if let kind = optionsKind(block.columns) {
      return [options(block, kind, answered: ticked)]
    }
    let grid = withoutWords(block)
    if let kind = misplacedOptionsKind(grid.columns) {
      return [misplacedOptions(grid, kind, answered: answered)]
    }
    if let kind = rowsKind(grid.columns) { return [rows(grid, kind, answered: answered)] }
    return block.columns.map { field($0, otherTexts: []) } + block.otherTexts.map(words)
  }

  // MARK: What belongs to a block

  private struct Block {
    var columns: [Int]
    var otherTexts: [Int]
    var joinedTwin: Int?
  }

  private func block(of group: QuestionGroup) -> Block {
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

  private func isTickedOption(_ column: Int) -> Bool {
    columns[column].option != nil && optionsKind([column]) != nil && profiles[column].answered > 0
  }

  /// Every column holds one text of its own, or nothing but ticks.
  private func optionsKind(_ block: [Int]) -> KindVerdict? {
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
  private func misplacedOptionsKind(_ block: [Int]) -> KindVerdict? {
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
  private func withoutWords(_ block: Block) -> Block {
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
  private func rowsKind(_ block: [Int]) -> KindVerdict? {
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

  private func merged(_ block: [Int]) -> [TextCount] {
    var counts: [String: UInt64] = [:]
    for text in block.flatMap({ profiles[$0].texts }) { counts[text.text, default: 0] += text.count }
    return TextTally.folded(counts)
  }

  // MARK: Questions

  private func metadata(_ column: Int) -> InspectedQuestion {
    question(
      [column], KindVerdict(.metadata, "a column of the vendor's own"), .field,
      answered: profiles[column].answered)
  }

  private func words(_ column: Int) -> InspectedQuestion {
    let verdict =
      profiles[column].answered == 0
      ? KindVerdict(.empty, "no field holds an answer")
      : KindVerdict(.freeText, "the words of those who chose \"other\"")
    return question([column], verdict, .field, answered: profiles[column].answered)
  }

  private func field(_ column: Int, otherTexts: [Int]) -> InspectedQuestion {
    let profile = profiles[column]
    var verdict = rules.verdict(profile)
    if columns[column].name.isEmpty, column == 0, profile.wholeNumbers == profile.answered {
      verdict = KindVerdict(.metadata, "an unnamed first column of whole numbers: an index")
    }
    let list = verdict.separator.flatMap { profile.lists[$0] }
    return question(
      [column], verdict, .field, answered: profile.answered, otherTexts: otherTexts,
      texts: list?.pieces ?? profile.texts, uncounted: list?.uncounted ?? profile.uncounted)
  }

  private func rows(_ block: Block, _ verdict: KindVerdict, answered: UInt64) -> InspectedQuestion {
    question(
      block.columns, verdict, .rows, answered: answered, otherTexts: block.otherTexts,
      texts: merged(block.columns))
  }

  private func options(
    _ block: Block, _ verdict: KindVerdict, answered: UInt64
  ) -> InspectedQuestion {
    let answers = block.columns.map(option).sorted { $0.count > $1.count }
    return InspectedQuestion(
      columns: block.columns, otherTexts: block.otherTexts, joinedTwin: block.joinedTwin,
      name: patterns.title(of: block.columns), text: columns[block.columns[0]].question,
      layout: .options, kind: verdict.kind, why: verdict.why, separator: nil, answered: answered,
      distinct: answers.count { $0.count > 0 },
      answers: verdict.kind == .empty ? [] : answers, withheld: 0)
  }

  private func misplacedOptions(
    _ block: Block, _ verdict: KindVerdict, answered: UInt64
  ) -> InspectedQuestion {
    let texts = merged(block.columns)
    let counts = Dictionary(texts.map { ($0.folded, $0) }) { first, _ in first }
    var options: [InspectedAnswer] = []
    // The header may print an option twice.
    var seen: Set<String> = []
    for index in block.columns {
      let label = columns[index].option ?? columns[index].label
      guard seen.insert(TextFolding.fold(label)).inserted else { continue }
      let found = counts[TextFolding.fold(label)]
      options.append(
        answer(found?.text ?? label, found?.count ?? 0, isPrinted: true, column: index))
    }
    let others = texts.filter { !seen.contains($0.folded) }
    let known = others.map { answer($0.text, $0.count, isPrinted: false) }.filter { $0.term != nil }
    let answers = (options + known).sorted { $0.count > $1.count }
    let all = block.columns.reduce(0) { $0 + profiles[$1].answered }
    return InspectedQuestion(
      columns: block.columns, otherTexts: block.otherTexts, joinedTwin: block.joinedTwin,
      name: patterns.title(of: block.columns), text: columns[block.columns[0]].question,
      layout: .options, kind: verdict.kind, why: verdict.why, separator: nil, answered: answered,
      distinct: texts.count, answers: answers,
      withheld: all - answers.reduce(0) { $0 + $1.count })
  }

  /// The option of one column, by its text, or by the header where the fields hold ticks.
  private func option(_ index: Int) -> InspectedAnswer {
    let (profile, column) = (profiles[index], columns[index])
    let count = profile.chosen.reduce(0) { $0 + $1.count }
    if !profile.isTicked, let text = profile.chosen.first {
      return answer(text.text, count, isPrinted: true, column: index)
    }
    let text = column.option ?? column.label
    var answer = answer(text, count, isPrinted: true, column: index)
    if TextFolding.fold(column.label) != answer.folded { answer.runLabel = column.label }
    return answer
  }

  private func answer(
    _ text: String, _ count: UInt64, isPrinted: Bool, column: Int? = nil
  ) -> InspectedAnswer {
    let folded = TextFolding.fold(text)
    return InspectedAnswer(
      text: text, folded: folded, count: count, term: model.termByAlias[folded],
      isPrinted: isPrinted, column: column)
  }

  private func question(
    _ block: [Int], _ verdict: KindVerdict, _ layout: InspectedQuestion.Layout, answered: UInt64,
    otherTexts: [Int] = [], texts: [TextCount] = [], uncounted: UInt64 = 0
  ) -> InspectedQuestion {
    let printed = PrintedOptions(texts, uncounted: uncounted, answered: answered)
    let answers =
      verdict.kind.hasOptions
      ? texts.map { answer($0.text, $0.count, isPrinted: printed.contains($0)) } : []
    let shown = answers.filter {
      $0.count > 1 || $0.term != nil || AnswerWords.isUsual($0.folded)
    }
    let hidden = answers.reduce(uncounted) { $0 + $1.count } - shown.reduce(0) { $0 + $1.count }
    return InspectedQuestion(
      columns: block, otherTexts: otherTexts, joinedTwin: nil, name: patterns.title(of: block),
      text: title(of: block, layout), layout: layout, kind: verdict.kind, why: verdict.why,
      separator: verdict.separator, answered: answered,
      distinct: uncounted > 0 ? nil : texts.count, answers: shown,
      withheld: verdict.kind.hasOptions ? hidden : 0)
  }

  /// A column of a block that stands alone after all shows which row it is.
  private func title(of block: [Int], _ layout: InspectedQuestion.Layout) -> String {
    let column = columns[block[0]]
    guard layout == .field, let option = column.option else { return column.question }
    return "\(column.question) [\(option)]"
  }
}

/// Tells printed options from people's own words by how often they were given.
///
/// Where hardly anything was given only once and the answers are few, all that came back were
/// printed. Elsewhere one response in a hundred, three at least, must have given an answer.
struct PrintedOptions {
  private let fewest: UInt64

  init(_ texts: [TextCount], uncounted: UInt64, answered: UInt64) {
    let once = texts.reduce(uncounted) { $0 + ($1.count == 1 ? 1 : 0) }
    let isClosed = uncounted == 0 && texts.count <= 150 && 100 * once <= answered
    fewest = isClosed ? 2 : max(3, (answered + 99) / 100)
  }

  func contains(_ text: TextCount) -> Bool { text.count >= fewest }
}
