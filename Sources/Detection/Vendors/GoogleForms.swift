extension VendorProfile {
  /// Google Forms, its own CSV download: `;` between options, times with their offset.
  package static let googleForms = VendorProfile(
    vendor: .googleForms, title: "Google Forms (CSV download)", metadata: GoogleForms.metadata,
    dateColumns: GoogleForms.timestamps, multiSelect: .joined(separator: ";"),
    keysAreTexts: true, rule: { GoogleForms.rule($0, isDirect: true) }, parts: GoogleForms.parts)

  /// Google Forms by way of the linked sheet: `, ` between options, times as the sheet has them.
  package static let googleSheets = VendorProfile(
    vendor: .googleSheets, title: "Google Forms (through Google Sheets)",
    metadata: GoogleForms.metadata, dateColumns: GoogleForms.timestamps,
    multiSelect: .joined(separator: ", "), keysAreTexts: true,
    rule: { GoogleForms.rule($0, isDirect: false) }, parts: GoogleForms.parts)
}

/// Sources: jeroenheijmans/advent-of-code-surveys, dgarros/netdevops-survey, cncf/surveys.
private enum GoogleForms {
  /// The first column in the interface languages that are known of; there is no response id.
  static let timestamps = [
    "Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "Informazioni cronologiche",
    "Carimbo de data/hora", "Tijdstempel", "Sygnatura czasowa", "Отметка времени",
    "タイムスタンプ",
  ]
  static let metadata = timestamps + ["Email Address", "Email address", "Username", "Score"]

  // MARK: Rule 14

  static func rule(_ start: ExportStart, isDirect: Bool) -> Evidence? {
    guard let name = timestamps.first(where: start.beginsWith) else { return nil }
    let time = start.cell(2, 1)
    // Below the header stands a date, or nothing; other files begin with such a column, too.
    guard time.isEmpty || beginsWithDate(time), start.names.count > 1,
      hasOffset(time) == isDirect
    else { return nil }
    return Evidence(
      isDirect
        ? "first column '\(name)' holds times with an offset, as the CSV download prints them"
        : "first column '\(name)' holds times without an offset, as Sheets prints them")
  }

  /// `2024/1`, `24. 12`
  private static func beginsWithDate(_ time: String) -> Bool {
    var scan = HeaderScan(time)
    guard scan.takeDigits(1...4), scan.take({ "/.-".contains($0) }) else { return false }
    _ = scan.take(\.isWhitespace)
    return scan.takeDigits(1...2)
  }

  /// `2024/01/31 9:05:00 AM GMT+1`
  private static func hasOffset(_ time: String) -> Bool {
    var scan = HeaderScan(time)
    return scan.takeDigits(4...4) && scan.take("/") && scan.takeDigits(2...2) && scan.take("/")
      && scan.takeDigits(2...2) && scan.take(" ") && scan.takeDigits(1...2) && scan.take(":")
      && scan.takeDigits(2...2) && scan.take(":") && scan.takeDigits(2...2) && scan.take(" ")
      && scan.take({ $0 == "A" || $0 == "P" }) && scan.take(text: "M ")
      && (scan.take(text: "GMT") || scan.take(text: "UTC"))
      && scan.take({ $0 == "+" || $0 == "-" }) && scan.takeDigits(1...1)
  }

  // MARK: Columns

  /// `Question [row]` is a row of a grid where two or more columns share the question.
  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    let names = table.names.map(HeaderText.singleSpaced)
    let splits = names.map(BracketedOption.split)
    var rows: [String: Int] = [:]
    for split in splits where split.option != nil { rows[split.question, default: 0] += 1 }
    return zip(names, splits).map { name, split in
      guard let row = split.option, rows[split.question] ?? 0 > 1 else { return ColumnParts(name) }
      return ColumnParts(question: split.question, key: split.question, option: row)
    }
  }
}
