extension VendorProfile {
  /// LimeSurvey, with codes, texts or both as headings.
  package static let limeSurvey = VendorProfile(
    vendor: .limeSurvey, title: "LimeSurvey",
    metadata: [
      "id", "token", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp",
      "ipaddr", "refurl", "interviewtime", "groupTime*", "Response ID", "Date submitted",
      "Last page", "Start language", "Seed", "Date started", "Date last action", "IP address",
      "Referrer URL", "Total time", "startdate._.*", "submitdate._.*", "id._.*",
    ], idColumns: ["id", "Response ID"],
    dateColumns: ["submitdate", "Date submitted", "datestamp", "startdate", "Date started"],
    filters: [
      VendorFilter("submitted", "submitdate", .noneOf([""]), "responses that were not submitted"),
      VendorFilter(
        "submitted", "Date submitted", .noneOf([""]), "responses that were not submitted"),
    ], multiSelect: .optionTicks, rule: LimeSurvey.rule, parts: LimeSurvey.parts)
}

/// Sources: LimeSurvey's CsvWriter and Writer, cloudyr/limer, softwaresaved/international-survey.
private enum LimeSurvey {
  // MARK: Rule 5

  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    for names in [
      ["submitdate", "lastpage", "startlanguage"],
      ["Response ID", "Date submitted", "Last page", "Start language"],
    ] where names.allSatisfy(start.has) {
      return Evidence("columns " + names.map { "'\($0)'" }.joined(separator: ", "))
    }
    return cleaned(start)
  }

  /// Published without the technical columns: question codes before every text, as no other
  /// product prints them.
  private static func cleaned(_ start: ExportStart) -> Evidence? {
    let names = start.names.filter { !$0.isEmpty }
    let coded = names.count { Heading($0).map { !$0.text.isEmpty } ?? false }
    guard coded >= 3, 10 * coded >= 9 * names.count else { return nil }
    return Evidence("\(coded) of \(names.count) columns read 'code. question' or 'code[SQ001]…'")
  }

  // MARK: Columns

  /// A heading with a question code: `q1[SQ001]._.Which tools? [Python]`.
  struct Heading {
    let code: String
    /// What stands in brackets after the code.
    let parts: [String]
    let text: String

    /// Nil for anything but `code`, any number of `[part]`, and a text behind `._.`, `. ` or `: `.
    init?(_ name: String) {
      var scan = HeaderScan(name)
      guard scan.rest.first?.isLatinLetter == true else { return nil }
      code = String(scan.takeAll { $0.isLatinLetter || $0.isDigit || $0 == "_" })
      var parts: [String] = []
      while scan.take("[") {
        let part = scan.takeAll { $0 != "[" && $0 != "]" }
        guard scan.take("]") else { return nil }
        if !part.isEmpty { parts.append(String(part)) }
      }
      self.parts = parts
      let hasText = ["._.", ". ", ": "].contains { scan.take(text: $0) }
      guard hasText || scan.isAtEnd else { return nil }
      text = HeaderText.withoutMarkup(String(scan.rest))
    }

    var isOtherText: Bool {
      parts.contains { $0 == "other" || $0.hasSuffix("comment") }
    }
  }

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    table.names.map { name in
      guard let heading = Heading(name) else { return bracketed(name) }
      let (text, row) = BracketedOption.split(heading.text)
      let option = row ?? (heading.parts.isEmpty ? nil : heading.parts.joined(separator: " "))
      let question = heading.parts.isEmpty ? heading.text : text
      return ColumnParts(
        question: question.isEmpty ? heading.code : question, key: heading.code,
        option: heading.parts.isEmpty ? nil : option, isOtherText: heading.isOtherText)
    }
  }

  /// Text headings: `Which tools? [Python]`.
  private static func bracketed(_ name: String) -> ColumnParts {
    let (question, option) = BracketedOption.split(HeaderText.withoutMarkup(name))
    return ColumnParts(
      question: question, key: question, option: option, isOtherText: option == "Other")
  }
}

/// `Question [row]`, as LimeSurvey and Google Forms print the rows of a question.
enum BracketedOption {
  static func split(_ text: String) -> (question: String, option: String?) {
    guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else { return (text, nil) }
    let option = text[text.index(after: open)...].dropLast()
    return (HeaderText.singleSpaced(String(text[..<open])), option.isEmpty ? nil : String(option))
  }
}
