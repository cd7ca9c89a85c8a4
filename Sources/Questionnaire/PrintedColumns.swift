import Ingest

/// The columns of an export that carry codes of a printed questionnaire.
struct PrintedColumns {
  struct Column: Hashable {
    let question: Int
    let part: ColumnPart
  }

  /// Per column of the export; nil: not one of ours.
  private(set) var columns: [Column?] = []
  /// The mark that the questionnaire was printed with, where the export has it.
  private(set) var mark: String?

  /// - Parameters:
  ///   - names: of all columns.
  ///   - ids: the stable id of each column, where the header has one.
  init(_ form: QuestionnaireForm, vendor: PrintingVendor, names: [String], ids: [String?]) {
    let known = PrintedColumns.known(form, vendor)
    for (name, id) in zip(names, ids) {
      let codes = [name, id ?? ""].map(vendor.code)
      columns.append(codes.lazy.compactMap { known[$0] }.first)
      for code in codes where code.hasPrefix(vendor.markPrefix) {
        let rest = code.dropFirst(vendor.markPrefix.count)
        if rest.count == 8, rest.allSatisfy(\.isHexDigit) { mark = String(rest) }
      }
    }
  }

  /// How many criteria the columns ask for.
  func criteria(_ form: QuestionnaireForm) -> Int {
    let questions = form.questions
    return columns.count { $0.map { !questions[$0.question].items.isEmpty } ?? false }
  }

  /// The numbers of a question's columns, in the export's order, with what they stand for.
  func columns(of question: Int) -> [(column: Int, part: ColumnPart)] {
    columns.enumerated().compactMap { index, column in
      guard let column, column.question == question else { return nil }
      return (index, column.part)
    }
  }

  private static func known(
    _ form: QuestionnaireForm, _ vendor: PrintingVendor
  ) -> [String: Column] {
    var known: [String: Column] = [:]
    for (index, question) in form.questions.enumerated() {
      for part in question.parts + [.whole] {
        for code in vendor.codes(of: question, part) {
          known[code] = Column(question: index, part: part)
        }
      }
    }
    return known
  }
}

/// The vendors a questionnaire can be printed for.
enum PrintingVendor: String, CaseIterable {
  case limeSurvey = "limesurvey"
  case qualtrics

  var markPrefix: String {
    switch self {
    case .limeSurvey: LimeSurveyCodes.markPrefix
    case .qualtrics: QualtricsCodes.markPrefix
    }
  }

  /// The names a column may have.
  func codes(of question: FormQuestion, _ part: ColumnPart) -> [String] {
    switch self {
    case .limeSurvey:
      let code = LimeSurveyCodes.code(of: question.subject)
      let inner = LimeSurveyCodes.code(of: part, question.subject)
      // Brackets as a rule; underscores where expression codes are exported.
      return inner.isEmpty ? [code] : ["\(code)[\(inner)]", "\(code)_\(inner)"]
    case .qualtrics:
      let code = QualtricsCodes.code(of: question.subject)
      let number = QualtricsCodes.number(of: part, items: question.items.count)
      return [number.map { "\(code)_\($0)" } ?? code]
    }
  }

  /// The code in a heading: all of it, or what stands before the question's text.
  func code(_ heading: String) -> String {
    String(heading.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_[]".contains($0)) })
  }
}
