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
    let term = model.termByAlias[folded]
    let bare = TextFolding.trim(String(folded.reversed().drop { ".:;,!".contains($0) }.reversed()))
    return InspectedAnswer(
      text: text, folded: folded, count: count, term: term,
      likelyTerm: term == nil ? model.termByAlias[bare] : nil, isPrinted: isPrinted,
      column: column)
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
