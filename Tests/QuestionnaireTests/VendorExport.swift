import StagecraftTestSupport

/// What teams answered, as the vendor exports it.
enum VendorExport {
  struct LimeSurveyOptions {
    /// `Yes`, `No` and texts in place of `Y`, nothing and codes.
    var hasFullAnswers = false
    var yes = "Yes"
    var no = "No"
    var delimiter = ","
    /// `SCR1_R01` in place of `SCR1[R01]`.
    var hasUnderscores = false
  }

  /// Byte order mark, CRLF, every field quoted.
  static func limeSurvey(
    _ form: PrintedForm, _ teams: [TrueTeam], _ options: LimeSurveyOptions = .init()
  ) -> String {
    var random = SeededGenerator(seed: 7)
    var records = [["id", "submitdate", "lastpage", "startlanguage", "seed"]]
    for question in form.questions {
      switch question.kind {
      case .options, .matrix:
        records[0] += question.parts.map {
          options.hasUnderscores
            ? "\(question.code)_\($0.code)" : "\(question.code)[\($0.code)]"
        }
      default: records[0].append(question.code)
      }
    }
    for team in teams {
      // Begun and left: not submitted.
      records.append(
        ["9\(team.id)", "", "1", "en", "1"]
          + Array(repeating: "", count: records[0].count - 5))
      records.append(
        [team.id, "2026-03-01 10:00:00", "9", "en", "2"]
          + form.questions.flatMap { limeSurveyCells($0, team, options, &random) })
    }
    let lines = records.map { fields in
      fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
        .joined(separator: options.delimiter)
    }
    return "\u{FEFF}" + lines.map { $0 + "\r\n" }.joined()
  }

  private static func limeSurveyCells(
    _ question: PrintedForm.Question, _ team: TrueTeam, _ options: LimeSurveyOptions,
    _ random: inout SeededGenerator
  ) -> [String] {
    let full = options.hasFullAnswers
    switch question.kind {
    case .options:
      let ticks = team.ticks(question.parts.map(\.text))
      return question.parts.map {
        ticks.contains($0.text) ? (full ? options.yes : "Y") : (full ? options.no : "")
      }
    case .matrix:
      return question.parts.map {
        let degree = team.degree($0.text, &random)
        return full ? degree : question.answers.first { $0.text == degree }?.code ?? ""
      }
    case .single:
      let answer = random.pick(question.answers)
      return [full ? answer.text : answer.code]
    case .number: return ["\(team.logisticsShare).0000000000"]
    case .text: return ["=SUM(1;2), \"so to speak\"\nand more"]
    case .hidden: return ["1"]
    }
  }

  enum QualtricsStyle: CaseIterable { case labels, numbers, joinedLabels, joinedNumbers }

  /// Three header records, choices in columns of their own or joined in one.
  static func qualtrics(
    _ form: PrintedForm, _ teams: [TrueTeam], _ style: QualtricsStyle,
    translating translate: (String) -> String = { $0 }
  ) -> String {
    var random = SeededGenerator(seed: 7)
    let metadata = ["StartDate", "Status", "Progress", "Finished", "ResponseId", "UserLanguage"]
    var header = [
      metadata, metadata, metadata.map { "{\"ImportId\":\"\($0)\"}" },
    ]
    for (number, question) in form.questions.enumerated() {
      add(question, id: "QID\(number + 1)", style, to: &header)
    }
    header[1] = header[1].map(translate)
    var records = header
    for team in teams {
      let answers = form.questions.flatMap { qualtricsCells($0, team, style, &random) }
      let id = "R_\(team.id)"
      records.append(["2026-03-01 10:00:00", "1", "100", "True", "R_p\(team.id)", "EN"] + answers)
      records.append(["2026-03-01 10:00:00", "IP Address", "100", "True", id, "EN"] + answers)
    }
    return records.map { fields in
      fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }.joined()
  }

  private static func isSplit(_ question: PrintedForm.Question, _ style: QualtricsStyle) -> Bool {
    question.kind == .matrix
      || question.kind == .options && (style == .labels || style == .numbers)
  }

  private static func add(
    _ question: PrintedForm.Question, id: String, _ style: QualtricsStyle,
    to header: inout [[String]]
  ) {
    guard isSplit(question, style) else {
      header[0].append(question.code)
      header[1].append(question.kind == .hidden ? question.code : question.text)
      let name = question.kind == .hidden ? question.code : id
      header[2].append("{\"ImportId\":\"\(name)\"}")
      return
    }
    for part in question.parts {
      header[0].append("\(question.code)_\(part.code)")
      header[1].append("\(question.text) - \(part.text)")
      header[2].append("{\"ImportId\":\"\(id)_\(part.code)\"}")
    }
  }

  private static func qualtricsCells(
    _ question: PrintedForm.Question, _ team: TrueTeam, _ style: QualtricsStyle,
    _ random: inout SeededGenerator
  ) -> [String] {
    let isNumeric = style == .numbers || style == .joinedNumbers
    switch question.kind {
    case .options:
      let ticks = team.ticks(question.parts.map(\.text))
      let cells = question.parts.map {
        ticks.contains($0.text) ? (isNumeric ? $0.code : $0.text) : ""
      }
      if style == .numbers { return cells.map { $0.isEmpty ? "" : "1" } }
      return isSplit(question, style)
        ? cells : [cells.filter { !$0.isEmpty }.joined(separator: ",")]
    case .matrix:
      return question.parts.map {
        let degree = team.degree($0.text, &random)
        return isNumeric ? question.answers.first { $0.text == degree }?.code ?? "" : degree
      }
    case .single:
      let answer = random.pick(question.answers)
      return [isNumeric ? answer.code : answer.text]
    case .number: return ["\(team.logisticsShare)"]
    case .text: return ["Thanks, that's all"]
    case .hidden: return ["mlops-maturity"]
    }
  }
}
