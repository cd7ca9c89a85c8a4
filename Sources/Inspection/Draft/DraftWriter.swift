import Detection
import Documents
import Ingest
import MaturityModel
import TextFolding

/// Writes the parts of a draft, one after the other.
struct DraftWriter {
  let inspection: Inspection
  var lines: [String] = []
  var ids: Set<String> = []
  let closest: ClosestTerms
  private var vendor: VendorProfile { inspection.detection.vendor.profile }

  init(inspection: Inspection) {
    self.inspection = inspection
    closest = ClosestTerms(model: inspection.model)
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// A line with a comment that stands as far to the right as the others.
  mutating func add(_ line: String, _ comment: String? = nil) {
    guard let comment else { return lines.append(line) }
    lines.append(TextLayout.padded(line, 36) + " # " + YAMLText.comment(comment))
  }

  /// - Parameters:
  ///   - indent: of the mark.
  ///   - inner: of the text behind it, from the second line on two more.
  mutating func addComment(_ text: String, indent: Int = 0, inner: Int = 0) {
    let start = String(repeating: " ", count: indent) + "# " + String(repeating: " ", count: inner)
    let words = TextLayout.wrapped(TextShape.singleLine(text), width: 94 - indent - inner)
    for (place, line) in words.enumerated() {
      lines.append(start + (place > 0 && inner > 0 ? "  " : "") + line)
    }
  }

  /// A name that no other has.
  mutating func id(_ wanted: String) -> String {
    var id = wanted
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(wanted)_\(number)"
      number += 1
    }
    return id
  }

  // MARK: Head and source

  mutating func writeHead(model: String) {
    let detection = inspection.detection
    addComment(
      "A draft for \(inspection.source), made by stagecraft init. Look through it: it says what "
        + "the words of the questions suggest."
    )
    addComment("Recognised by: \(detection.rule)")
    addComment(
      "\(TextLayout.grouped(inspection.responses)) responses, \(inspection.columns.count) columns"
        + (inspection.rejects.total > 0 ? ", \(inspection.rejects.total) records rejected" : ""))
    for doubt in detection.doubts { addComment("Doubt: " + DetectionWords.doubt(doubt)) }
    if let codes = inspection.codes { addComment(codes.text) }
    if let late = inspection.lateBytes { addComment(late) }
    add("schema: stagecraft/survey/1")
    let base = inspection.source.split(separator: "!").last.map(String.init) ?? inspection.source
    add(
      "id: "
        + YAMLScalar.quoted(
          YAMLText.id(String(base.prefix { $0 != "." }), words: 8, keepsAll: true)))
    add("title: " + YAMLScalar.quoted(TextShape.singleLine(base)))
    add("model: " + YAMLScalar.quoted(model))
  }

  mutating func writeSource() {
    let dialect = inspection.dialect
    add("source:")
    if inspection.detection.vendor != .generic {
      add("  vendor: " + inspection.detection.vendor.rawValue)
    }
    let tab = dialect.delimiter == UInt8(ascii: "\t")
    add(
      "  delimiter: " + (tab ? "tab" : YAMLScalar.quoted(String(UnicodeScalar(dialect.delimiter)))))
    let proposal = inspection.isReadAsProposed ? inspection.detection.encodingProposal : nil
    add("  encoding: " + dialect.encoding.rawValue, proposal.map { "not UTF-8: \($0.evidence)" })
    add("  header_records: \(dialect.headerRecords)")
    if dialect.headerRecords > 1 { add("  label_record: \(dialect.labelRecord)") }
    writeMissing()
  }

  private mutating func writeMissing() {
    var seen: [String: UInt64] = [:]
    for profile in inspection.profiles { seen.merge(profile.missing, uniquingKeysWith: +) }
    let texts =
      [""] + vendor.unanswered + seen.keys.sorted().filter { !vendor.unanswered.contains($0) }
    let counts = seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value) times" }
    add(
      "  missing: " + YAMLScalar.list(texts),
      counts.isEmpty ? nil : "seen: " + counts.joined(separator: ", "))
  }

  // MARK: Records

  mutating func writeKeep() {
    let filters = vendor.filters(among: inspection.columns.map(\.name)).filter {
      !$0.column.isEmpty
    }
    var wasListed = writeEvent()
    for filter in filters {
      let kept = kept(by: filter)
      if kept == 0 && inspection.responses > 0 {
        addComment(
          "keep: '\(filter.id)' would leave no response: column \(filter.column), \(filter.why)")
        continue
      }
      if !wasListed { add("keep:") }
      wasListed = true
      let (key, texts) =
        switch filter.test {
        case .oneOf(let texts): ("in", texts)
        case .noneOf(let texts): ("not_in", texts)
        }
      add(
        "  # \(filter.why) go; \(kept.map(String.init) ?? "most") of \(inspection.responses) stay")
      add(
        "  - {id: \(id(filter.id)), column: \(YAMLScalar.quoted(filter.column)), "
          + "\(key): \(YAMLScalar.list(texts))}")
    }
  }

  /// A project with several events has several records a person, most of them blank.
  private mutating func writeEvent() -> Bool {
    guard inspection.detection.vendor == .redcap,
      let column = inspection.columns.first(where: {
        ["redcap_event_name", "event name"].contains(TextFolding.fold($0.name))
      }), inspection.profiles[column.index].texts.count > 1
    else { return false }
    let events = inspection.profiles[column.index].texts
    add("keep:")
    addComment("one event is scored, of " + events.map(\.text).joined(separator: ", "), indent: 2)
    add(
      "  - {id: \(id("event")), column: \(YAMLScalar.quoted(column.name)), "
        + "in: \(YAMLScalar.list([events[0].text]))}")
    return true
  }

  /// How many responses pass; nil where there are too many different texts.
  private func kept(by filter: VendorFilter) -> UInt64? {
    guard let column = inspection.columns.first(where: { $0.name == filter.column }) else {
      return nil
    }
    let profile = inspection.profiles[column.index]
    let missing = profile.missing.map { (TextFolding.fold($0.key), $0.value) }
    let empty = inspection.responses - profile.answered - missing.reduce(0) { $0 + $1.1 }
    let counts = profile.texts.map { ($0.folded, $0.count) } + missing + [("", empty)]
    switch filter.test {
    case .oneOf(let texts):
      let texts = Set(texts.map(TextFolding.fold))
      return counts.reduce(0) { $0 + (texts.contains($1.0) ? $1.1 : 0) }
    case .noneOf(let texts):
      let texts = Set(texts.map(TextFolding.fold))
      let refused = counts.reduce(0) { $0 + (texts.contains($1.0) ? $1.1 : 0) }
      return inspection.responses - refused
    }
  }

  mutating func writeRespondent() {
    let names = inspection.columns.map(\.name)
    guard let id = vendor.idColumn(among: names), let column = names.firstIndex(of: id),
      inspection.profiles[column].answered > 0
    else {
      return addComment(
        "respondent: {id: …, duplicates: last} left out: no column identifies a response")
    }
    let texts = inspection.profiles[column].texts
    if texts.contains(where: { $0.text.contains(/\dE\+\d/) }) {
      return addComment(
        "respondent: {id: \(YAMLScalar.quoted(id)), duplicates: last} left out: a spreadsheet has "
          + "rounded some ids (1.23E+10), so that they are no ids any more"
      )
    }
    let repeated = texts.count { $0.count > 1 }
    add(
      "respondent: {id: \(YAMLScalar.quoted(id)), duplicates: last}",
      repeated > 0 ? "\(repeated) ids come more than once: the last response counts" : nil)
  }
}
