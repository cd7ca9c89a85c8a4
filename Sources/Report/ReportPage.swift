import Mustache

/// `report.html`: one page with everything in it, which asks for nothing from anywhere.
package struct ReportPage {
  private let numbers: RunNumbers
  private let findings: Findings
  private let tables: ReportTables

  package init(_ numbers: RunNumbers) {
    self.numbers = numbers
    findings = Findings(numbers: numbers)
    tables = ReportTables(numbers: numbers)
  }

  /// A part of the page: what is seen is its title.
  private struct Part {
    let id: HTML
    let name: HTML
    /// The table of the finding.
    let numbers: HTML
    let finding: Findings.Finding
    let body: HTML

    init(id: HTML, name: HTML, numbers: HTML? = nil, finding: Findings.Finding, body: HTML) {
      (self.id, self.name, self.finding, self.body) = (id, name, finding, body)
      self.numbers = numbers ?? "numbers-\(id)"
    }

    /// Leads to the table; nothing where there is none.
    var link: HTML {
      guard body.markup.contains("id=\"\(numbers.markup)\"") else { return "" }
      return "<a href=\"#\(numbers)\" aria-label=\"The numbers: \(name)\">The numbers</a>"
    }
  }

  /// The page in UTF-8.
  package var bytes: [UInt8] {
    let text = String(decoding: PackageResources.report_mustache, as: UTF8.self)
    // Only an edit of the template can break it, and every test of the page would see it.
    guard let template = try? MustacheTemplate(string: text) else { return [] }
    return Array(template.render(context).utf8)
  }

  /// Everything is escaped before it gets into the template, which escapes nothing.
  private var context: [String: Any] {
    let parts = parts
    let about = numbers.about
    let scored: HTML = "\(Words.grouped(about.fates.first?.count)) scored responses"
    let weights: HTML =
      numbers.everybody?.isWeighted == true ? " · shares are weighted" : ""
    let withheld: HTML =
      about.minimum.map { " · numbers of fewer than \($0) responses are withheld" } ?? ""
    let facts: HTML =
      "survey <bdi>\(about.survey)</bdi> · model <bdi>\(about.model)</bdi> · \(scored)\(weights)\(withheld)"
    return [
      "style": String(decoding: PackageResources.report_css, as: UTF8.self),
      "title": HTML.escaped(about.title), "facts": facts.markup,
      "parts": parts.map { part in
        [
          "id": part.id.markup, "name": part.name.markup,
          "title": HTML.escaped(part.finding.title), "sentence": part.finding.sentence.markup,
          "body": part.body.markup, "link": part.link.markup,
        ]
      },
    ]
  }

  private var parts: [Part] {
    (spread + lacking + background).filter { part in
      isAnybodyScored || !ReportPage.partsOfScored.contains(part.id.markup)
    }
  }

  private var isAnybodyScored: Bool { numbers.everybody?.count ?? 0 > 0 }

  /// What says nothing where nobody was scored.
  private static let partsOfScored: Set<String> = [
    "segments", "roles", "tools", "role-tools", "unlock", "rules", "trouble",
  ]

  /// What is not there, and what that holds back.
  private var lacking: [Part] {
    [
      Part(
        id: "roles", name: "Roles", finding: findings.gap(numbers.roleGaps, "Role"),
        body: gaps(numbers.roleGaps, "numbers-roles", file: "role_gap_matrix.csv")),
      Part(
        id: "tools", name: "Tools", finding: findings.gap(numbers.toolGaps, "Tool"),
        body: gaps(numbers.toolGaps, "numbers-tools", file: "tool_gap_matrix.csv")),
      Part(
        id: "role-tools", name: "Role and tool", finding: findings.roleTools, body: roleTools),
      Part(id: "unlock", name: "What would move whom", finding: findings.unlock, body: unlock),
    ]
  }

  /// What the result rests on.
  private var background: [Part] {
    [
      Part(
        id: "questionnaire", name: "Questionnaire", finding: findings.questionnaire,
        body: questionnaire),
      Part(id: "rules", name: "Stage rules", finding: findings.rules, body: rules),
      Part(
        id: "trouble", name: "Combinations", finding: findings.antiPatterns, body: antiPatterns),
      Part(id: "data", name: "Data", finding: findings.data, body: data),
    ]
  }

  /// How what is counted is spread: over the stages, by segment, within organisations.
  private var spread: [Part] {
    var parts = [
      Part(id: "stages", name: "Stages", finding: findings.stages, body: stages),
      Part(
        id: "segments", name: "Segments",
        numbers: numbers.segments.isEmpty
          ? "segments" : "numbers-segments-\(findings.segmentPlace + 1)",
        finding: findings.segments, body: segments),
    ]
    if numbers.agreement.organisations > 0 {
      parts.append(
        Part(
          id: "organisations", name: "Organisations", finding: findings.organisations,
          body: organisations))
    }
    return parts
  }
}

extension ReportPage {
  private var stages: HTML {
    guard let everybody = numbers.everybody else { return "" }
    return """
      <p class="note">The share of scored \(numbers.about.units) at each stage. The line is the 95&nbsp;% interval \
      (Wilson’s, on the effective number of responses).</p>
      \(StageCharts(numbers: numbers).distribution(everybody))\
      \(tables.distribution("numbers-stages", [everybody]))
      """
  }

  private var segments: HTML {
    let charts = StageCharts(numbers: numbers)
    var page: HTML = numbers.segments.isEmpty ? "" : charts.legend
    for (place, segment) in numbers.segments.enumerated() {
      page += """
        <h3>By <bdi>\(segment.id)</bdi> <span class="muted">\
        \(Words.count(UInt64(segment.groups.count), "value", "values"))</span></h3>
        \(charts.segment(segment.groups))\
        \(tables.distribution("numbers-segments-\(place + 1)", segment.groups, by: segment.id))
        """
    }
    return page
  }

  private func gaps(_ gaps: [RunNumbers.Gap], _ id: HTML, file: String) -> HTML {
    let charts = GapCharts(numbers: numbers)
    let isWithheld = numbers.about.minimum != nil
    let blind = gaps.filter { gap in
      gap.shares.allSatisfy { $0 == nil }
        && !(isWithheld && numbers.criteria[gap.criterion].isObservable)
    }
    .map { numbers.criteria[$0.criterion].label }
    let table = tables.gaps(id, gaps, file: file)
    if blind.count == gaps.count {
      return "<p class=\"note\">Nothing is known of any of them.</p>\n\(table)"
    }
    let named: HTML =
      blind.count <= 6
      ? "\(Words.list(blind))" : "\(blind.count) criteria, those with dashes in the table"
    let note: HTML =
      blind.isEmpty
      ? "" : "<p class=\"note\">Not observed, so never said to be lacking: \(named).</p>\n"
    return """
      <p class="note">Of the \(numbers.about.units) at a stage of which it is known, how many in 100 lack it. \
      A dash: nobody of whom it is known.</p>
      \(charts.legend)\(charts.heatMap(gaps))\(note)\(table)
      """
  }

  private var roleTools: HTML {
    if numbers.roleTools.roles.isEmpty { return "" }
    let charts = GapCharts(numbers: numbers)
    return """
      <p class="note">Of those who have the role (a row), the share without the tool (a column). \
      An outline: nobody of whom it is known.</p>
      \(charts.legend)\(charts.roleTools(numbers.roleTools))\(tables.roleTools("numbers-role-tools"))
      """
  }

  private var unlock: HTML {
    let charts = CountCharts(numbers: numbers)
    var page: HTML = """
      <p class="note">Of the \(numbers.about.units) held below a stage: whom a requirement holds back, and whom it \
      holds back alone. The percentage is its share of the credit: what several requirements \
      hold back is divided between them.</p>
      <ul class="legend" aria-hidden="true"><li><span class="swatch s4"></span>by nothing else</li>\
      <li><span class="swatch s2"></span>together with others</li></ul>

      """
    for stage in numbers.stages.dropFirst() where stage.isAssessable {
      let blockers = numbers.blockers(below: stage.number)
      let held = blockers.isEmpty ? 0 : blockers.first?.held
      page += """
        <h3>To stage \(numbers.stageTitle(stage.number)) <span class="muted">\
        \(Words.grouped(held)) held below</span></h3>

        """
      page +=
        blockers.isEmpty
        ? "<p class=\"note\">Nothing holds anybody back here.</p>\n" : charts.blockers(blockers)
    }
    return page + tables.unlock("numbers-unlock")
  }

  private var questionnaire: HTML {
    """
    <p class="note">A criterion that no answer can deny is never held against anybody, and one that no \
    answer can confirm is never found. On the right: requirements it can observe.</p>
    <ul class="legend" aria-hidden="true"><li><span class="swatch s4"></span>found or missed</li>\
    <li><span class="swatch s2"></span>only found</li>\
    <li><span class="swatch track"></span>neither</li></ul>
    \(CountCharts(numbers: numbers).coverage)\(tables.questionnaire("numbers-questionnaire"))
    """
  }

  private var rules: HTML {
    let charts = StageCharts(numbers: numbers)
    let rules = numbers.rules.map { ($0, Findings.ruleName($0.name)) }
    return """
      <p class="note">The same \(numbers.about.units) under other rules for their stage. Where the rows look alike, \
      the result does not hang on the rule.</p>
      \(charts.fullLegend)\(charts.rules(rules))\(tables.rules("numbers-rules"))\(ranges)
      """
  }

  /// Only where the run analysed it.
  private var ranges: HTML {
    if numbers.stageRanges.isEmpty { return "" }
    return """
      <h3>At least this stage, under every rule examined</h3>
      <p class="note">The bar runs from the lowest to the highest share that any rule, reading of \
      unknown and team size gives; the line is the published share.</p>
      \(StageCharts(numbers: numbers).ranges(numbers.stageRanges))\
      \(tables.stageRanges("numbers-ranges"))
      """
  }

  private var organisations: HTML {
    let charts = CountCharts(numbers: numbers)
    let disputes = findings.disputes(12)
    let disputed: HTML =
      disputes.isEmpty
      ? ""
      : """
      <h3>What people of one organisation say differently <span class="muted">\
      most disputed first</span></h3>
      <p class="note">Disputed: at least three of ten say yes, and three of ten no. The share is of \
      the organisations with two answers or more.</p>
      \(charts.disputes(disputes))
      """
    return """
      <p class="note">How many stages lie between the lowest and the highest respondent of an \
      organisation, where two or more were scored.</p>
      \(charts.spreads)\(tables.spreads("numbers-organisations"))\(disputed)\
      \(tables.disputes("numbers-disputes"))
      """
  }

  private var antiPatterns: HTML {
    if numbers.antiPatterns.isEmpty { return "" }
    return CountCharts(numbers: numbers).antiPatterns + tables.antiPatterns("numbers-trouble")
  }

  private var data: HTML {
    var page: HTML = """
      <p class="note">Every record has one fate. Unscored: too little was answered. Filtered: the \
      survey file leaves it out. Duplicate: another answer of the same respondent counts. Rejected: \
      it could not be read.</p>

      """
    page += CountCharts(numbers: numbers).fates + tables.fates("numbers-data")
    if !numbers.margins.isEmpty {
      page += """
        <h3>Margins</h3>
        <p class="note">Responses were weighted so that these shares are those of the population.</p>
        \(tables.margins("numbers-margins"))
        """
    }
    if !numbers.unmapped.isEmpty {
      let answers = numbers.unmapped.reduce(UInt64(0)) { $0 + ($1.answers ?? 0) }
      let questions = Words.count(UInt64(numbers.unmapped.count), "question", "questions")
      page += """
        <h3>Answers that match nothing</h3>
        <p class="note">\(Words.count(answers, "answer", "answers")) to \(questions) match no answer \
        that the survey file knows. They prove nothing and deny nothing.</p>
        \(tables.unmapped("numbers-unmapped"))
        """
    }
    return page
  }
}
