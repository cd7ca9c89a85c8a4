import Detection
import Ingest
import MaturityModel

/// The survey file for an export whose columns are known, as YAML.
struct PrintedSurvey {
  let form: QuestionnaireForm
  let vendor: PrintingVendor
  let columns: PrintedColumns
  let header: HeaderRecords
  let detection: Detection
  var model: MaturityModel { form.model }

  var yaml: String {
    (head + source + keep + respondent + segments + metrics + selfAssessed + questions)
      .joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    [
      "# Made by stagecraft for an export of the questionnaire it printed (stagecraft questionnaire).",
      "# With a model of your own, pass it with --model whenever you use this file.",
      "schema: stagecraft/survey/1", "id: printed-questionnaire",
      "title: " + YAML.text("\(model.title): questionnaire"), "model: " + YAML.text(model.id),
    ]
  }

  private var source: [String] {
    let dialect = detection.dialect
    let delimiter = dialect.delimiter == 9 ? "tab" : String(UnicodeScalar(dialect.delimiter))
    let missing = [""] + detection.vendor.profile.unanswered
    return [
      "source:", "  vendor: " + YAML.text(detection.vendor.rawValue),
      "  delimiter: " + YAML.text(delimiter),
      "  encoding: " + YAML.text(dialect.encoding.rawValue),
      "  header_records: \(dialect.headerRecords)", "  label_record: \(dialect.labelRecord)",
      "  missing: " + YAML.list(missing),
    ]
  }

  private var keep: [String] {
    let filters = detection.vendor.profile.filters(among: header.names)
    return filters.isEmpty ? [] : ["keep:"] + filters.map(rule)
  }

  private func rule(_ filter: VendorFilter) -> String {
    let test =
      switch filter.test {
      case .oneOf(let texts): "in: " + YAML.list(texts)
      case .noneOf(let texts): "not_in: " + YAML.list(texts)
      }
    return "  - {id: \(filter.id), column: \(YAML.text(filter.column)), \(test)}"
  }

  private var respondent: [String] {
    guard let id = detection.vendor.profile.idColumn(among: header.names) else { return [] }
    return ["respondent: {id: \(YAML.text(id)), duplicates: last}"]
  }

  // MARK: Facts

  /// The single choices and numbers of the export, with the column of each.
  private var facts: [(question: FormQuestion, column: String)] {
    form.questions.enumerated().compactMap { index, question in
      guard question.items.isEmpty, let found = columns.columns(of: index).first else { return nil }
      return (question, header.names[found.column])
    }
  }

  private var segments: [String] {
    let lines = facts.compactMap { question, column -> String? in
      let id: String
      switch question.subject {
      case .industry: id = "industry"
      case .companySize: id = "company_size"
      default: return nil
      }
      return "  - {id: \(id), column: \(YAML.text(column)), values: \(values(question))}"
    }
    return lines.isEmpty ? [] : ["segments:"] + lines
  }

  private var metrics: [String] {
    let lines = facts.compactMap { question, column -> String? in
      guard case .metric(_, let id) = question.subject else { return nil }
      let values = values(question)
      return "  - {id: \(id), column: \(YAML.text(column))"
        + (values == "{}" ? "" : ", values: \(values)") + "}"
    }
    return lines.isEmpty ? [] : ["metrics:"] + lines
  }

  private var selfAssessed: [String] {
    let found = facts.first { $0.question.subject == .selfAssessed }
    return found.map {
      ["self_assessed: {column: \(YAML.text($0.column)), values: \(values($0.question))}"]
    } ?? []
  }

  /// By code and by text: the export may hold either.
  private func values(_ question: FormQuestion) -> String {
    guard case .single(let answers) = question.content else { return "{}" }
    let pairs = answers.enumerated().flatMap { index, answer in
      let code = vendor == .qualtrics ? "\(index + 1)" : answer.code
      return [(code, meaning(answer)), (answer.text, meaning(answer))]
    }
    return YAML.mapping(pairs)
  }

  private func meaning(_ answer: FormAnswer) -> String {
    switch answer.means {
    case .segment(let value): YAML.text(value)
    case .band(let low, let high): "[\(low), \(high.map(String.init) ?? "null")]"
    case .stage(let stage): stage.map(String.init) ?? "null"
    }
  }
}
