/// The numbers of a chart, folded away below it.
struct ReportTable {
  let id: HTML
  /// The published table the numbers are from.
  let file: String
  /// Tells tables of one file apart, for who hears them.
  var about = ""
  let columns: [String]
  let rows: [[String]]

  /// The first column names the row; numbers stand on the right. What is inside is named, not what
  /// folds: a link to it unfolds it.
  var html: HTML {
    let head: [HTML] = columns.map { "<th scope=\"col\">\($0)</th>" }
    let body: [HTML] = rows.map { row in
      let cells: [HTML] = row.enumerated().map { place, text in
        place == 0 ? "<th scope=\"row\">\(text)</th>" : "<td>\(text)</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return """
      <details><summary>The numbers <span class="muted">\(file)</span></summary>
      <div id="\(id)" class="scroll" tabindex="0" role="region" \
      aria-label="The numbers of \(file)\(about)">
      <table>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody>
      </table>
      </div></details>

      """
  }
}

/// The tables of the report, from the numbers of its charts.
struct ReportTables {
  let numbers: RunNumbers

  func distribution(
    _ id: HTML, _ groups: [RunNumbers.Group], by segment: String? = nil
  ) -> HTML {
    var rows: [[String]] = []
    for group in groups {
      for (stage, share) in zip(numbers.stages, group.shares) {
        let range =
          share.low == nil ? "–" : "\(Words.percent(share.low)) to \(Words.percent(share.high))"
        rows.append([
          group.value, numbers.stageTitle(stage.number), Words.grouped(share.count),
          Words.percent(share.share), range, Words.grouped(group.count),
        ])
      }
    }
    return ReportTable(
      id: id, file: "stage_distribution.csv", about: segment.map { " by \($0)" } ?? "",
      columns: ["group", "stage", "n", "share", "95 % interval", "of"], rows: rows
    ).html
  }

  func gaps(_ id: HTML, _ gaps: [RunNumbers.Gap], file: String) -> HTML {
    ReportTable(
      id: id, file: file,
      columns: ["lacking", "asked for by"] + numbers.stages.map { "stage \($0.number)" } + ["all"],
      rows: gaps.map { gap in
        let criterion = numbers.criteria[gap.criterion]
        return [criterion.label, "stage \(criterion.stage)"] + gap.shares.map(Words.percent)
      }
    ).html
  }

  func roleTools(_ id: HTML) -> HTML {
    let pairs = numbers.roleTools
    return ReportTable(
      id: id, file: "role_tool_gap_matrix.csv",
      columns: ["role"] + pairs.tools.map { numbers.criteria[$0].label },
      rows: zip(pairs.roles, pairs.gaps).map { role, gaps in
        [numbers.criteria[role].label] + gaps.map(Words.percent)
      }
    ).html
  }

  func unlock(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "unlock.csv",
      columns: [
        "requirement", "stage", "held below", "held back by it", "by nothing else", "would advance",
        "share of the credit",
      ],
      rows: numbers.blockers.map { blocker in
        [
          blocker.title, String(blocker.stage), Words.grouped(blocker.held),
          Words.grouped(blocker.blocked), Words.grouped(blocker.alone),
          Words.grouped(blocker.advances), Words.percent(blocker.shareOfHeld),
        ]
      }
    ).html
  }

  func questionnaire(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "questionnaire_coverage.csv",
      columns: ["criterion", "kind", "stage", "can be missed", "can be found", "questions"],
      rows: numbers.criteria.map { criterion in
        [
          criterion.label, criterion.kind, String(criterion.stage),
          criterion.isObservable ? "yes" : "no",
          criterion.isObservable || criterion.isConfirmable ? "yes" : "no",
          criterion.questions.isEmpty
            ? "–" : criterion.questions.split(separator: "|").joined(separator: ", "),
        ]
      }
    ).html
  }

  func rules(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "stage_rules.csv",
      columns: ["rule"] + numbers.stages.map { "stage \($0.number)" },
      rows: numbers.rules.map { rule in
        [Findings.ruleName(rule.name)] + rule.shares.map { Words.percent($0.share) }
      }
    ).html
  }

  func stageRanges(_ id: HTML) -> HTML {
    func words(_ rule: String) -> String {
      rule.split(separator: "|").joined(separator: ", ")
    }
    return ReportTable(
      id: id, file: "sensitivity_range.csv",
      columns: [
        "at least stage", "as published", "lowest", "under (rule, unknown, team size)", "highest",
        "under (rule, unknown, team size)",
      ],
      rows: numbers.stageRanges.map { range in
        [
          numbers.stageTitle(range.stage), Words.percent(range.published),
          Words.percent(range.lowest), words(range.lowestUnder), Words.percent(range.highest),
          words(range.highestUnder),
        ]
      }
    ).html
  }

  func spreads(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "organisations.csv",
      columns: ["stages between the lowest and the highest respondent", "organisations"],
      rows: numbers.agreement.spreads.enumerated().map { [String($0), Words.grouped($1)] }
    ).html
  }

  func disputes(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "organisation_criteria.csv",
      columns: ["criterion", "organisations", "disputed in", "say what most say"],
      rows: numbers.agreement.criteria.map { criterion in
        [
          criterion.label, Words.grouped(criterion.organisations),
          Words.grouped(criterion.disputed), Words.percent(criterion.majorityShare),
        ]
      }
    ).html
  }

  func antiPatterns(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "anti_patterns.csv", columns: ["combination", "n", "of", "share"],
      rows: numbers.antiPatterns.map { pattern in
        [
          pattern.label, Words.grouped(pattern.count), Words.grouped(pattern.base),
          Words.percent(pattern.share),
        ]
      }
    ).html
  }

  func fates(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "run.json", columns: ["fate", "records"],
      rows: numbers.about.fates.map { [$0.name, Words.grouped($0.count)] }
    ).html
  }

  func margins(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "raking.csv",
      columns: ["category", "segment", "n", "share before", "share wanted", "weighted share"],
      rows: numbers.margins.map { margin in
        [
          margin.category, margin.segment, Words.grouped(margin.count),
          Words.percent(margin.before), Words.percent(margin.target), Words.percent(margin.after),
        ]
      }
    ).html
  }

  func unmapped(_ id: HTML) -> HTML {
    ReportTable(
      id: id, file: "unmapped_answers.csv",
      columns: ["question", "texts that match nothing", "answers"],
      rows: numbers.unmapped.map {
        [$0.question, Words.grouped($0.texts), Words.grouped($0.answers)]
      }
    ).html
  }
}
