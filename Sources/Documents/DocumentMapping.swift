import Statistics

/// A mapping with known keys: ask it for their values.
///
/// A key that is required and absent is noted as missing. An optional key whose value is null
/// counts as absent, but for numbers: `weight:` with nothing behind it is more likely a slip.
package struct DocumentMapping {
  /// The mapping as a value, for faults that concern all of it.
  package let value: DocumentValue
  let entries: [DocumentNode.Entry]
  /// True where something else stood and was noted: then nothing is missing.
  let isStandIn: Bool

  /// The value of a key, null too.
  package subscript(key: String) -> DocumentValue? {
    // Ten keys are compared sooner than one is hashed.
    entries.first { $0.key == key }.map(value.value)
  }

  /// The value of a key unless it is null.
  package func given(_ key: String) -> DocumentValue? {
    self[key].flatMap { $0.isNull ? nil : $0 }
  }

  /// The value of a key that must be there; null is for its reader to judge.
  package func required(_ key: String) -> DocumentValue? {
    let found = self[key]
    if found == nil { note(.missingKey, at: key) }
    return found
  }

  /// Notes a fault of a key: at its value, or at the mapping when the key is absent.
  package func note(_ kind: Fault.Kind, at key: String) {
    if isStandIn { return }
    let position = self[key]?.position ?? value.position
    value.faults.note(kind, path: value.pathOf(key: key), at: position)
  }
}

extension DocumentMapping {
  /// The text of a required key, not blank.
  package func text(_ key: String) -> String { required(key)?.nonEmptyText() ?? "" }

  /// The text of an optional key, not blank.
  package func optionalText(_ key: String) -> String? { given(key)?.nonEmptyText() }

  /// The texts of an optional list; none where it is absent.
  package func texts(_ key: String) -> [String] { given(key)?.texts() ?? [] }

  /// The items of an optional list; none where it is absent.
  package func items(_ key: String) -> [DocumentValue] { given(key)?.items() ?? [] }

  /// The items of a required list.
  package func requiredItems(_ key: String) -> [DocumentValue] { required(key)?.items() ?? [] }

  /// The whole number of an optional key; nil where it is absent or wrong.
  package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    self[key]?.integer(in: range)
  }

  /// The number of an optional key; nil where it is absent or wrong.
  package func decimal(_ key: String, in range: ClosedRange<Billionths>) -> Billionths? {
    self[key]?.decimal(in: range)
  }

  /// The choice of a required key, or `standIn` with a fault.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, or standIn: Choice
  ) -> Choice {
    required(key)?.choice(or: standIn) ?? standIn
  }

  /// The choice of an optional key.
  package func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, or standIn: Choice
  ) -> Choice? {
    given(key)?.choice(or: standIn)
  }

  /// Checks `schema`, which says what kind of file this is, and which version of it.
  package func expectSchema(_ schema: String) {
    guard let found = required("schema") else { return }
    let text = found.text()
    if text != schema, !text.isEmpty { found.note(.wrongSchema(expected: schema, found: text)) }
  }
}
