/// The ids that a list of mappings introduces, and references to them by position.
package struct DocumentNames {
  /// What the ids name, in a message: `criterion`.
  package let kind: String
  /// One id for each item of the list, the empty text where there is none.
  package let ids: [String]
  private let places: [String: Int]

  /// Reads the `id` of each item: a snake_case name, used once.
  package init(of items: [DocumentValue], kind: String) {
    self.kind = kind
    var ids: [String] = []
    var places: [String: Int] = [:]
    var lines: [String: Int?] = [:]
    for item in items {
      let id = DocumentNames.id(of: item)
      if let id {
        let text = id.snakeCaseName()
        if places[text] == nil {
          places[text] = ids.count
          lines[text] = id.position?.line
        } else if !text.isEmpty {
          id.note(.duplicateID(text, firstLine: lines[text] ?? nil))
        }
      }
      ids.append(id?.rawText ?? "")
    }
    (self.ids, self.places) = (ids, places)
  }

  /// Names that are no ids of a list: the keys of a mapping, or what another file declares.
  package init(_ ids: [String], kind: String) {
    self.kind = kind
    self.ids = ids
    places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// Where in the list `id` stands.
  package func place(of id: String) -> Int? { id.isEmpty ? nil : places[id] }

  /// An item that is no mapping is noted by whoever reads the rest of it.
  private static func id(of item: DocumentValue) -> DocumentValue? {
    item.peek("id")
  }
}

extension DocumentValue {
  /// The value of a key, if this is a mapping that has it; notes nothing.
  package func peek(_ key: String) -> DocumentValue? {
    guard case .mapping(let entries) = node.content else { return nil }
    return entries.first { $0.key == key }.map(value)
  }

  /// A snake_case name; the empty text, with a fault, for anything else.
  package func snakeCaseName() -> String {
    let name = rawText
    let isProper = node.shape == .text && isSnakeCase(name)
    if !isProper {
      note(isScalar ? .notSnakeCase(name) : .wrongType(expected: .text, found: node.shape))
    }
    return isProper ? name : ""
  }

  /// The position in its list of the thing that this text names.
  ///
  /// - Returns: nil, with a fault, when there is no such thing.
  package func reference(to names: DocumentNames) -> Int? {
    let name = text()
    if let place = names.place(of: name) { return place }
    if isScalar, !isNull {
      note(
        .unknownReference(
          kind: names.kind, name: name, suggestion: suggestion(for: name, among: names.ids)))
    }
    return nil
  }

  /// Whatever was written, if it is a scalar.
  package var rawText: String {
    if case .scalar(let scalar) = node.content { return scalar.text }
    return ""
  }
}

/// A small letter, then small letters, digits and underscores.
package func isSnakeCase(_ name: String) -> Bool {
  let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
  guard let first = name.utf8.first, letters.contains(first) else { return false }
  return name.utf8.allSatisfy { byte in
    letters.contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
  }
}
