/// What is seen in the numbers, in plain sentences.
struct Findings {
  let numbers: RunNumbers

  /// What one part of the report shows: its title, and a sentence with its numbers.
  struct Finding {
    let title: String
    let sentence: HTML
  }

  /// The stage with most of the scored responses; the lowest of several.
  private var largest: (stage: RunNumbers.Stage, share: RunNumbers.Share, value: Double)? {
    guard let everybody = numbers.everybody else { return nil }
    var found: (stage: RunNumbers.Stage, share: RunNumbers.Share, value: Double)?
    for (stage, share) in zip(numbers.stages, everybody.shares) {
      guard let value = share.share else { continue }
      if value > found?.value ?? 0 { found = (stage, share, value) }
    }
    return found
  }

  private func nextStage(after number: Int) -> Int? {
    numbers.stages.first { $0.number > number && $0.isAssessable }?.number
  }

  var stages: Finding {
    guard numbers.highestStage != nil else {
      return Finding(
        title: "No stage can be assessed with this questionnaire",
        sentence: "The questionnaire asks too little to assess any stage.")
    }
    guard let (stage, share, value) = largest, let everybody = numbers.everybody else {
      return Finding(
        title: "Nobody could be scored",
        sentence: "None of the \(numbers.about.units) could be scored.")
    }
    let above = everybody.shares.dropFirst(stage.number + 1)
    // Where some of them are not told, their sum is not either.
    let higher: HTML =
      above.contains { $0.share == nil }
      ? "" : "; <b>\(Words.percent(above.compactMap(\.share).reduce(0, +)))</b> stand higher"
    let name = numbers.stageTitle(stage.number)
    return Finding(
      title: "The largest group, \(Words.percent(value)), stands at stage \(name)",
      sentence: """
        <b>\(Words.percent(value))</b> of \(Words.grouped(everybody.count)) scored \(numbers.about.units) stand at \
        stage \(name), the largest group (95&nbsp;% interval \(Words.percent(share.low)) to \
        \(Words.percent(share.high)))\(higher).
        """)
  }

  /// Where two values of a segment are farthest apart at a stage, measured between their intervals:
  /// above 0 they do not overlap.
  func widest(_ groups: [RunNumbers.Group]) -> Contrast? {
    let scored = groups.filter { $0.count ?? 0 >= Findings.enough && $0.value != "(missing)" }
    var found: Contrast?
    for stage in numbers.stages where stage.isAssessable || stage.number == 0 {
      let here = scored.filter { $0.shares.count > stage.number }
        .map { ($0, $0.shares[stage.number]) }
      guard let low = here.min(by: { ($0.1.high ?? 1) < ($1.1.high ?? 1) }),
        let high = here.max(by: { ($0.1.low ?? 0) < ($1.1.low ?? 0) }),
        let lowEnd = low.1.high, let highEnd = high.1.low, low.0.value != high.0.value
      else { continue }
      let distance = highEnd - lowEnd
      if distance > found?.distance ?? -1 {
        found = Contrast(stage: stage.number, low: low, high: high, distance: distance)
      }
    }
    return found
  }

  /// Values with fewer responses than this are not compared in words.
  static let enough: UInt64 = 30

  /// Two values of a segment, far apart at a stage.
  struct Contrast {
    let stage: Int
    let low: (group: RunNumbers.Group, share: RunNumbers.Share)
    let high: (group: RunNumbers.Group, share: RunNumbers.Share)
    let distance: Double
  }

  /// The segment whose values are farthest apart: its place among the segments, its name.
  private var contrasted: (place: Int, segment: String, contrast: Contrast)? {
    numbers.segments.enumerated().compactMap { place, segment in
      widest(segment.groups).map { (place, segment.id, $0) }
    }.max { $0.2.distance < $1.2.distance }
  }

  /// The segment that is spoken of: the first where none is.
  var segmentPlace: Int { contrasted?.place ?? 0 }

  var segments: Finding {
    guard let (_, segment, contrast) = contrasted else {
      let isEmpty = numbers.segments.isEmpty
      return Finding(
        title: isEmpty ? "No segments were asked for" : "The groups are small",
        sentence: isEmpty
          ? "The survey file names no segments."
          : "No segment has two values with \(Findings.enough) scored \(numbers.about.units) to compare."
      )
    }
    let name = numbers.stageTitle(contrast.stage)
    let differs = contrast.distance > 0
    return Finding(
      title: differs
        ? "The groups differ most by \(segment)" : "No two groups of a segment clearly differ",
      sentence: """
        By <bdi>\(segment)</bdi>, the share at stage \(name) runs from \
        <b>\(Words.percent(contrast.low.share.share))</b> (<bdi>\(contrast.low.group.value)</bdi>) to \
        <b>\(Words.percent(contrast.high.share.share))</b> \
        (<bdi>\(contrast.high.group.value)</bdi>); their intervals \
        \(differs ? "do not overlap" : "overlap, and so do those of all other pairs").
        """)
  }

  /// What most of the largest group with a stage above it lack of what that asks for.
  func gap(_ gaps: [RunNumbers.Gap], _ kind: String) -> Finding {
    if gaps.allSatisfy({ gap in gap.shares.allSatisfy { $0 == nil } }) {
      return Finding(
        title: "\(kind)s: what is lacking cannot be told",
        sentence: "The answers tell of none of the \(kind.lowercased())s that it is lacking.")
    }
    guard let (stage, _, _) = largest, let next = nextStage(after: stage.number),
      let most = gaps.filter({ numbers.criteria[$0.criterion].stage == next })
        .compactMap({ gap in gap.shares[stage.number].map { (gap.criterion, $0) } })
        .max(by: { $0.1 < $1.1 })
    else {
      return Finding(
        title: "\(kind)s: what is lacking at each stage",
        sentence:
          "What the largest group lacks of the \(kind.lowercased())s of a next stage cannot be told."
      )
    }
    let label = numbers.criteria[most.0].label
    return Finding(
      title: "\(kind)s: at stage \(stage.number), \(Words.percent(most.1)) lack “\(label)”",
      sentence: """
        Of those at stage \(numbers.stageTitle(stage.number)), <b>\(Words.percent(most.1))</b> lack \
        “\(label)”, more than any other of the \(kind.lowercased())s that stage \(next) asks for.
        """)
  }

  var roleTools: Finding {
    let gaps = numbers.roleTools.gaps.flatMap { $0 }.compactMap(\.self)
    let most = gaps.count { $0 > 0.5 }
    return Finding(
      title: gaps.isEmpty
        ? "Roles and tools together cannot be told"
        : "In \(Words.hundredths(Double(most) / Double(gaps.count))) of 100 pairs, most who have the role lack the tool",
      sentence: """
        In <b>\(most)</b> of \(Words.grouped(UInt64(gaps.count))) pairs of a role and a tool, more than half of those who have \
        the role lack the tool.
        """)
  }

  var unlock: Finding {
    let first = largest.flatMap { nextStage(after: $0.stage.number) }
      .flatMap { numbers.blockers(below: $0).first }
    guard
      let first = first ?? RunNumbers.ordered(numbers.blockers.filter { $0.blocked ?? 0 > 0 }).first
    else {
      return Finding(
        title: "Nothing holds anybody back",
        sentence: "Nobody is held below a stage that this questionnaire can assess.")
    }
    return Finding(
      title: "What would move whom: “\(first.title)” holds back most below stage \(first.stage)",
      sentence: """
        Of \(Words.grouped(first.held)) held below stage \(numbers.stageTitle(first.stage)), \
        “\(first.title)” holds back <b>\(Words.grouped(first.blocked))</b>, and \
        <b>\(Words.grouped(first.alone))</b> by nothing else.
        """)
  }

  var questionnaire: Finding {
    let waived = numbers.stages.filter(\.isAssessable).reduce(0) {
      $0 + $1.requirements - $1.observable
    }
    let told = numbers.criteria.filter { $0.kind != "trigger" }
    let observable = told.count(where: \.isObservable)
    let top = numbers.highestStage.map { numbers.stageTitle($0.number) }
    return Finding(
      title: top.map { "The questionnaire can confirm stages up to \($0)" }
        ?? "The questionnaire can confirm no stage",
      sentence: """
        The questionnaire can confirm \(top.map { "stages up to \($0)" } ?? "no stage"): it can \
        find or miss <b>\(observable)</b> of \(told.count) criteria; <b>\(waived)</b> \
        requirements of the stages it assesses it cannot observe.
        """)
  }

  var rules: Finding {
    let published = numbers.rules.first { $0.name == Findings.publishedRule }
    var most: (rule: String, stage: Int, from: Double, to: Double)?
    for rule in numbers.rules {
      for (stage, shares) in zip(published?.shares ?? [], rule.shares).enumerated() {
        guard let from = shares.0.share, let to = shares.1.share else { continue }
        if abs(to - from) > most.map({ abs($0.to - $0.from) }) ?? 0 {
          most = (rule.name, stage, from, to)
        }
      }
    }
    guard let most else {
      return Finding(
        title: "No other rule would change a stage",
        sentence: "Under every other rule for a stage the distribution is the same.")
    }
    let points = Int((abs(most.to - most.from) * 1000).rounded())
    return Finding(
      title: "Another rule for a stage moves up to \(points / 10).\(points % 10) points",
      sentence: """
        The rule matters by up to <b>\(points / 10).\(points % 10) points</b>: stage \
        \(numbers.stageTitle(most.stage)) has \(Words.percent(most.from)) as published and \
        \(Words.percent(most.to)) with “\(Findings.ruleName(most.rule))”.
        """)
  }

  static let publishedRule = "staged_low"

  static func ruleName(_ id: String) -> String {
    switch id {
    case publishedRule: "as published: unknown counts as no"
    case "staged_high": "unknown counts as yes"
    case "highest": "highest stage held, whatever is below"
    case "compensatory_floor": "mean coverage of all stages, rounded down"
    default: id
    }
  }

  /// In how many of their organisations criteria are disputed, most first; at most `count`.
  func disputes(_ count: Int) -> [RunNumbers.Agreement.Criterion] {
    let found = numbers.agreement.criteria.enumerated().filter { $0.element.disputed > 0 }
    let ordered = found.sorted { first, second in
      first.element.disputed != second.element.disputed
        ? first.element.disputed > second.element.disputed : first.offset < second.offset
    }
    return ordered.prefix(count).map(\.element)
  }

  var organisations: Finding {
    let spreads = numbers.agreement.spreads
    let (several, alike) = (spreads.reduce(0, +), spreads.first ?? 0)
    let all = Words.count(numbers.agreement.organisations, "organisation", "organisations")
    guard several > 0 else {
      return Finding(
        title: "No organisation has two scored respondents",
        sentence: "None of \(all) has two scored respondents to compare.")
    }
    let share = Double(several - alike) / Double(several)
    let most: HTML =
      disputes(1).first.map {
        " Most disputed is “\($0.label)”, in <b>\(Words.grouped($0.disputed))</b>."
      } ?? " No criterion is disputed."
    return Finding(
      title: "In \(Words.percent(share)) of organisations people stand at different stages",
      sentence: """
        Of \(all), \(Words.grouped(several)) have two scored respondents or more; in \
        <b>\(Words.percent(share))</b> of these they stand at different stages.\(most)
        """)
  }

  var antiPatterns: Finding {
    let known = numbers.antiPatterns.filter { $0.share != nil }
    if known.isEmpty {
      return Finding(
        title: "Combinations that cause trouble cannot be told",
        sentence: "The questionnaire asks too little to tell combinations that cause trouble.")
    }
    guard let most = known.max(by: { $0.share ?? 0 < $1.share ?? 0 }), most.count ?? 0 > 0 else {
      return Finding(
        title: "No combination that causes trouble was found",
        sentence: "None of the combinations that cause trouble was found.")
    }
    return Finding(
      title: "Trouble ahead for \(Words.percent(most.share)): \(most.label)",
      sentence: """
        <b>\(Words.percent(most.share))</b> show a combination that causes trouble: \
        \(most.label) (\(Words.grouped(most.count)) of \(Words.grouped(most.base))).
        """)
  }

  var data: Finding {
    let fates = numbers.about.fates
    let scored = fates.first?.count
    let rest = fates.dropFirst().map { "\(Words.grouped($0.count)) \($0.name)" }
    guard let read = numbers.about.read else {
      return Finding(
        title: "\(Words.grouped(scored)) responses could be scored",
        sentence:
          "<b>\(Words.grouped(scored))</b> were scored; \(Words.list(rest)). A dash would tell of few."
      )
    }
    return Finding(
      title:
        "\(Words.grouped(scored)) of \(Words.count(read, "record", "records")) could be scored",
      sentence: """
        Of \(Words.count(read, "record", "records")) read, <b>\(Words.grouped(scored))</b> were \
        scored; \(Words.list(rest)). The sum is checked by every run.
        """)
  }
}
