import Detection
import Ingest
import MaturityModel

/// An inspection as text for a terminal.
package struct InspectionText {
  private static let answersShown = 5
  let inspection: Inspection
  let width: Int
  /// Say why every kind was chosen, and show all answers.
  let isVerbose: Bool

  package init(_ inspection: Inspection, width: Int, isVerbose: Bool) {
    self.inspection = inspection
    self.width = max(60, width)
    self.isVerbose = isVerbose
  }

  package var text: String {
    (summary + [""] + table).joined(separator: "\n") + "\n"
  }

  // MARK: The file

  private var summary: [String] {
    let (detection, dialect) = (inspection.detection, inspection.dialect)
    var facts: [(String, String)] = [
      ("vendor", "\(detection.vendor.profile.title) (\(detection.vendor.rawValue))"),
      ("rule", detection.rule),
    ]
    if !detection.alternatives.isEmpty {
      facts.append(("also fits", detection.alternatives.map(\.rawValue).joined(separator: ", ")))
    }
    facts += encoding
    facts.append(("delimiter", DetectionWords.delimiter(dialect.delimiter)))
    facts.append(("line ends", detection.lineEnds.name))
    let label = dialect.headerRecords > 1 ? ", option labels in record \(dialect.labelRecord)" : ""
    facts.append(
      ("header", "\(dialect.headerRecords) record\(plural(dialect.headerRecords))" + label))
    let asked = inspection.questions.count { $0.kind != .metadata }
    facts.append(("columns", "\(inspection.columns.count), in \(asked) questions"))
    facts.append(("responses", grouped(inspection.responses)))
    if let column = inspection.dateColumn { facts.append(("dated by", "column '\(column)'")) }
    if let codes = inspection.codes { facts.append(("codes", codes.text)) }
    facts += rejects
    facts += detection.doubts.map { ("doubt", DetectionWords.doubt($0)) }
    return [inspection.source] + facts.flatMap { fact($0.0, $0.1) }
  }

  private var encoding: [(String, String)] {
    let (detection, dialect) = (inspection.detection, inspection.dialect)
    guard inspection.isReadAsProposed, let proposal = detection.encodingProposal else {
      return [
        (
          "encoding",
          "\(dialect.encoding.rawValue) (\(DetectionWords.basis(detection.encodingBasis)))"
        )
      ]
    }
    return [
      ("encoding", "not UTF-8: byte \(proposal.firstInvalidByte) is no part of it"),
      (
        "read as",
        "\(proposal.encoding.rawValue): \(proposal.evidence). A run does so only where it is "
          + "declared: source.encoding, or --encoding here"
      ),
    ]
  }

  private var rejects: [(String, String)] {
    let counts = inspection.rejects
    if counts.total == 0 { return [] }
    let reasons = RejectReason.allCases.compactMap { reason in
      counts.first[reason].map {
        "\(reason.rawValue) \(counts.byReason[reason] ?? 0) (first: line \($0.position.line))"
      }
    }
    var facts = [("rejected", "\(grouped(counts.total)): " + reasons.joined(separator: ", "))]
    if let late = inspection.lateBytes { facts.append(("hint", late)) }
    return facts
  }

  private func fact(_ name: String, _ value: String) -> [String] {
    let lines = TextLayout.wrapped(value, width: width - 13)
    return lines.enumerated().map { place, line in
      "  " + TextLayout.padded(place == 0 ? name : "", 10) + " " + line
    }
  }

  // MARK: The questions

  private var nameWidth: Int { max(20, width - 56) }

  private var table: [String] {
    let heading =
      TextLayout.padded("question", nameWidth) + "  " + TextLayout.padded("kind", 17)
      + "  answered  different   known"
    return [heading, String(repeating: "-", count: min(width, heading.count))]
      + inspection.questions.flatMap(lines)
  }

  private func lines(_ question: InspectedQuestion) -> [String] {
    let columns = question.columns.count > 1 ? " (\(question.columns.count))" : ""
    let name = TextLayout.shortened(TextLayout.plain(question.name), nameWidth - columns.count)
    var lines = [
      TextLayout.padded(name + columns, nameWidth) + "  "
        + TextLayout.padded(question.kind.title, 17) + "  "
        + TextLayout.leading(share(question.answered, inspection.responses), 8) + "  "
        + TextLayout.leading(distinct(question), 9) + "  "
        + TextLayout.leading(
          question.kind.hasOptions ? share(question.recognised, question.occurrences) : "", 6)
    ]
    let text = TextLayout.plain(question.text)
    let isShown = text == TextLayout.plain(question.name) && !name.hasSuffix("…")
    if !isShown, question.kind != .metadata {
      lines += TextLayout.wrapped(text, width: width - 2).prefix(isVerbose ? 99 : 2).map {
        "  " + $0
      }
    }
    if isVerbose { lines.append("  why: " + question.why) }
    return lines + answers(question)
  }

  private func distinct(_ question: InspectedQuestion) -> String {
    if [.metadata, .empty, .date, .number].contains(question.kind) { return "" }
    return question.distinct.map { grouped(UInt64($0)) } ?? "many"
  }

  private func answers(_ question: InspectedQuestion) -> [String] {
    let shown = question.answers.prefix(isVerbose ? .max : InspectionText.answersShown)
    var lines = shown.map(line)
    let left = question.answers.count - shown.count
    var rest = left > 0 ? ["\(left) more"] : []
    if question.withheld > 0 { rest.append("\(question.withheld) given once, not shown") }
    if !rest.isEmpty {
      lines.append(TextLayout.leading("…", 9) + "  " + rest.joined(separator: ", "))
    }
    return lines
  }

  private func line(_ answer: InspectedAnswer) -> String {
    let count = TextLayout.leading(grouped(answer.count), 9) + "  "
    let text = TextLayout.plain(answer.text)
    guard let term = answer.term else { return count + TextLayout.shortened(text, width - 12) }
    let model = inspection.model
    let criteria = (model.terms[term].proves + model.terms[term].provesOneOf).map {
      model.criteria[$0].id
    }
    let meaning =
      " → " + (criteria.isEmpty ? model.terms[term].id : criteria.joined(separator: ", "))
    let room = max(16, width - 12 - meaning.count)
    return count + TextLayout.shortened(TextLayout.shortened(text, room) + meaning, width - 12)
  }

  private func share(_ part: UInt64, _ whole: UInt64) -> String {
    if whole == 0 { return "-" }
    let tenths = (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private func grouped(_ number: UInt64) -> String { TextLayout.grouped(number) }
  private func plural(_ count: Int) -> String { count == 1 ? "" : "s" }
}
