import Statistics
import TextFolding

/// A cursor on one value of a document: ask it for what the value should be.
///
/// Each reader notes a fault and returns a stand-in when the value is something else.
package struct DocumentValue {
  let node: DocumentNode
  let place: DocumentPlace
  let faults: FaultList

  /// Where the value stands, e.g. `criteria[3].absorbed_by[0]`.
  package var path: String { place.text }

  /// Where the value starts in the file.
  package var position: Position? { node.position }
  /// True for `null`, `~` and nothing at all.
  package var isNull: Bool { node.shape == .null }

  /// Notes that something is wrong with this value.
  package func note(_ kind: Fault.Kind) { faults.note(kind, path: path, at: node.position) }

  /// The name among `names` that was most likely meant.
  func suggestion(for name: String, among names: [String]) -> String? {
    faults.givesSuggestions ? closest(to: name, among: names, limit: 1).first : nil
  }

  private func noteType(_ expected: Fault.Shape) {
    note(.wrongType(expected: expected, found: node.shape))
  }
}

extension DocumentValue {
  /// A text as written; numbers and truth values are taken by their spelling, so that `[1, 2]`
  /// matches the answers 1 and 2.
  package func text() -> String {
    guard case .scalar(let scalar) = node.content, scalar.shape != .null else {
      noteType(.text)
      return ""
    }
    return scalar.text
  }

  /// A text with something in it besides white space.
  package func nonEmptyText() -> String {
    let text = text()
    if isScalar, !isNull, TextFolding.trim(text).isEmpty { note(.emptyText) }
    return text
  }

  /// A text that YAML takes for one: `2020` and `true` without quotes are none, and a text that
  /// folds to nothing is none either.
  package func properText() -> String {
    guard case .scalar(let scalar) = node.content, scalar.shape == .text else {
      noteType(.text)
      return ""
    }
    if !beginsVisibly(scalar.text), TextFolding.fold(scalar.text).isEmpty { note(.emptyText) }
    return scalar.text
  }

  /// Whether the text begins with a visible ASCII character, which folding leaves there.
  private func beginsVisibly(_ text: String) -> Bool {
    text.utf8.first.map { (0x21...0x7E).contains($0) } ?? false
  }

  /// True for a text, a number, a truth value and null.
  package var isScalar: Bool {
    if case .scalar = node.content { return true }
    return false
  }
}

extension DocumentValue {
  /// A whole number in `range`; `2.0` is one. Nil, with a fault, for anything else.
  package func integer(in range: ClosedRange<Int>) -> Int? {
    guard let text = numberText(.wholeNumber) else { return nil }
    guard let value = Int(text) ?? wholeValue(of: text), range.contains(value) else {
      note(.outOfRange(low: String(range.lowerBound), high: String(range.upperBound)))
      return nil
    }
    return value
  }

  private func numberText(_ expected: Fault.Shape) -> String? {
    guard node.shape == .wholeNumber || node.shape == .number else {
      noteType(expected)
      return nil
    }
    return rawText
  }

  private func wholeValue(of text: String) -> Int? {
    guard let value = Billionths(decimal: text.utf8), !Billionths.needsRounding(decimal: text.utf8)
    else { return nil }
    let (quotient, remainder) = value.count.quotientAndRemainder(dividingBy: Billionths.perUnit)
    return remainder == 0 ? Int(quotient) : nil
  }

  /// A number in `range` with at most nine digits after the point, exactly. Nil, with a fault, for
  /// anything else.
  package func decimal(in range: ClosedRange<Billionths>) -> Billionths? {
    guard let text = numberText(.number) else { return nil }
    guard let value = Billionths(decimal: text.utf8), range.contains(value) else {
      note(.outOfRange(low: range.lowerBound.text, high: range.upperBound.text))
      return nil
    }
    if Billionths.needsRounding(decimal: text.utf8) {
      note(.tooManyDigits)
      return nil
    }
    return value
  }

  /// One of the names of an enumeration.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    or standIn: Choice
  ) -> Choice {
    let text = text()
    if let choice = Choice(rawValue: text) { return choice }
    if isScalar, !isNull {
      let names = Choice.allCases.map(\.rawValue)
      note(.notOneOf(names, found: text, suggestion: suggestion(for: text, among: names)))
    }
    return standIn
  }
}

extension DocumentValue {
  /// The items of a list.
  package func items() -> [DocumentValue] {
    guard let items = listItems else {
      noteType(.list)
      return []
    }
    return items
  }

  /// The items if this is a list; notes nothing.
  package var listItems: [DocumentValue]? {
    guard case .list(let nodes) = node.content else { return nil }
    return nodes.enumerated().map { index, item in
      DocumentValue(node: item, place: .item(index, of: place), faults: faults)
    }
  }

  /// The texts of a list.
  package func texts() -> [String] { items().map { $0.text() } }

  /// The pairs of a mapping whose keys are free: names or answers.
  package func entries() -> [(key: String, value: DocumentValue)] {
    guard case .mapping(let entries) = node.content else {
      noteType(.mapping)
      return []
    }
    return entries.map { entry in (entry.key, value(of: entry)) }
  }

  /// A mapping that knows its keys; others are noted as unknown.
  package func mapping(keys: [String]) -> DocumentMapping {
    guard case .mapping(let entries) = node.content else {
      noteType(.mapping)
      return DocumentMapping(value: self, entries: [], isStandIn: true)
    }
    for entry in entries where !keys.contains(entry.key) {
      let suggestion = suggestion(for: entry.key, among: keys)
      faults.note(
        .unknownKey(entry.key, suggestion: suggestion), path: pathOf(key: entry.key),
        at: entry.keyPosition)
    }
    return DocumentMapping(value: self, entries: entries, isStandIn: false)
  }

  /// How many items a list has; nil for anything else.
  package var itemCount: Int? {
    if case .list(let nodes) = node.content { return nodes.count }
    return nil
  }

  /// True for a list without items.
  package var isEmptyList: Bool { itemCount == 0 }

  func value(of entry: DocumentNode.Entry) -> DocumentValue {
    DocumentValue(node: entry.value, place: .value(entry.key, of: place), faults: faults)
  }

  func pathOf(key: String) -> String { DocumentPlace.value(key, of: place).text }
}
