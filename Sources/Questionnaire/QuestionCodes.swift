/// What a column of an export stands for within its question.
enum ColumnPart: Hashable {
  /// The whole question.
  case whole
  /// An item, counted from 0.
  case item(Int)
  case none
  case unsure
}

/// LimeSurvey's codes: letters and digits; at most 20 for a question and 5 for a subquestion.
///
/// | code | question |
/// |---|---|
/// | `SCR1[R01]` | stage 1, first role that can be ticked; `[NONE]`, `[DK]` |
/// | `SCT1[T01]` | stage 1, first tool or practice that can be ticked |
/// | `SCP1[P01]` | stage 1, first statement |
/// | `SCW1[W01]` | stage 1, first sign that it is time |
/// | `SCM1` | first metric that the model's conditions ask for |
/// | `SCSELF`, `SCINDUSTRY`, `SCSIZE`, `SCCOMMENT` | as they say |
/// | `SCV1a2b3c4d` | hidden: which order of criteria the codes were printed with |
///
/// Criteria are counted in model order, mirrors left out.
enum LimeSurveyCodes {
  static func code(of subject: FormQuestion.Subject) -> String {
    switch subject {
    case .roles(let stage): "SCR\(stage)"
    case .tools(let stage): "SCT\(stage)"
    case .statements(let stage): "SCP\(stage)"
    case .triggers(let stage): "SCW\(stage)"
    case .metric(let number, _): "SCM\(number)"
    case .selfAssessed: "SCSELF"
    case .industry: "SCINDUSTRY"
    case .companySize: "SCSIZE"
    case .comment: "SCCOMMENT"
    }
  }

  static let markPrefix = "SCV"

  /// A subquestion's code, without the question's.
  static func code(of part: ColumnPart, _ subject: FormQuestion.Subject) -> String {
    switch part {
    case .whole: ""
    case .item(let index): letter(subject) + (index < 9 ? "0" : "") + "\(index + 1)"
    case .none: "NONE"
    case .unsure: "DK"
    }
  }

  private static func letter(_ subject: FormQuestion.Subject) -> String {
    switch subject {
    case .roles: "R"
    case .tools: "T"
    case .statements: "P"
    default: "W"
    }
  }
}

/// Qualtrics' export tags: letters, digits and underscores; the number of a choice or of a row is
/// added by Qualtrics.
///
/// | column | question |
/// |---|---|
/// | `SC_roles_1_1` | stage 1, first role that can be ticked; then "none of these", "don't know" |
/// | `SC_tools_1_1` | stage 1, first tool or practice that can be ticked |
/// | `SC_practice_1_1` | stage 1, first statement |
/// | `SC_when_1_1` | stage 1, first sign that it is time |
/// | `SC_metric_1` | first metric that the model's conditions ask for |
/// | `SC_self`, `SC_industry`, `SC_size`, `SC_comment` | as they say |
/// | `SC_V1a2b3c4d` | embedded data: which order of criteria the codes were printed with |
enum QualtricsCodes {
  static func code(of subject: FormQuestion.Subject) -> String {
    switch subject {
    case .roles(let stage): "SC_roles_\(stage)"
    case .tools(let stage): "SC_tools_\(stage)"
    case .statements(let stage): "SC_practice_\(stage)"
    case .triggers(let stage): "SC_when_\(stage)"
    case .metric(let number, _): "SC_metric_\(number)"
    case .selfAssessed: "SC_self"
    case .industry: "SC_industry"
    case .companySize: "SC_size"
    case .comment: "SC_comment"
    }
  }

  static let markPrefix = "SC_V"

  /// The number of a choice or a row, from 1.
  static func number(of part: ColumnPart, items: Int) -> Int? {
    switch part {
    case .whole: nil
    case .item(let index): index + 1
    case .none: items + 1
    case .unsure: items + 2
    }
  }
}

extension FormQuestion {
  /// The parts that have a column of their own.
  var parts: [ColumnPart] {
    switch content {
    case .options(let items): items.indices.map { .item($0) } + [.none, .unsure]
    case .agreement(let items): items.indices.map { .item($0) }
    case .single, .number, .text: [.whole]
    }
  }

  /// What stands beside the box or the row.
  func text(of part: ColumnPart) -> String {
    switch part {
    case .whole: text
    case .item(let index): items[index].text
    case .none: FormWords.none
    case .unsure: FormWords.unsure
    }
  }
}
