import Detection

/// An export that holds the codes of answers and not their words, so that no answer says anything.
///
/// Most products can export both; which setting does it is the product's own.
package struct CodedExport: Hashable, Sendable {
  /// What shows it.
  package let evidence: String
  /// How to get the words.
  package let remedy: String

  /// For people, in one sentence each.
  package var text: String { "\(evidence). \(remedy)" }

  /// nil where the export holds words, or too little to tell.
  init?(_ inspection: Inspection) {
    guard let evidence = CodedExport.evidence(inspection) else { return nil }
    self.evidence = evidence
    remedy = CodedExport.remedy(inspection.detection.vendor)
  }

  private static func evidence(_ inspection: Inspection) -> String? {
    let names = inspection.columns.map(\.name)
    if inspection.detection.vendor == .redcap,
      let box = names.first(where: { $0.contains(/___\w+$/) })
    {
      return "Options are codes without labels, as in column '\(box)'"
    }
    let asked = inspection.questions.filter { $0.kind.hasOptions && $0.layout != .options }
    let coded = asked.filter { question in
      !question.answers.isEmpty && question.answers.allSatisfy { isCode($0.text) }
    }
    guard coded.count >= 5, 4 * coded.count >= 3 * asked.count else { return nil }
    return
      "In \(coded.count) of \(asked.count) questions the answers are numbers or codes, not words"
  }

  /// A whole number, or what LimeSurvey calls an answer until somebody renames it.
  private static func isCode(_ text: String) -> Bool {
    text.wholeMatch(of: /-?[0-9]{1,4}|-oth-|A[OQ]?[0-9]{1,3}|[YN]/) != nil
  }

  private static func remedy(_ vendor: Vendor) -> String {
    let setting: String? =
      switch vendor {
      case .redcap: "'CSV / Microsoft Excel (labels)'"
      case .limeSurvey: "'Full answers', with question code and question text as headings"
      case .qualtrics, .qualtricsLegacy: "'Use choice text'"
      case .surveyMonkey: "'Actual answer text'"
      case .kobo: "'Labels' as value and header format"
      default: nil
      }
    let product = vendor.profile.title
    let how = setting.map { "from \(product) with \($0)" } ?? "with the answers' texts"
    return "Export it again \(how), or say under `answers` which code means which term"
  }
}

extension Inspection {
  /// What is to be said where the export holds codes; nil where it holds words.
  package var codes: CodedExport? { CodedExport(self) }

  /// The column that says when a response was given, as the vendor names it.
  package var dateColumn: String? {
    detection.vendor.profile.dateColumn(among: columns.map(\.name))
  }

  /// Records that were refused since the file, far behind its beginning, turned out not to be UTF-8.
  package var lateBytes: String? {
    guard let count = rejects.byReason[.invalidEncoding], dialect.encoding == .utf8 else {
      return nil
    }
    return "\(count) records hold bytes that are not UTF-8, the first of them behind what was "
      + "looked at to find the encoding: try --encoding windows-1252"
  }
}
