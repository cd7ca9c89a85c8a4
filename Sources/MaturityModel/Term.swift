import TextFolding

/// What people write, e.g. a product or a job title, and what it proves.
package struct Term: Hashable, Sendable {
  /// A snake_case name; no alias of the term.
  package let id: String
  /// Whether people or things are called so.
  package let kind: Kind
  /// For people; also an alias.
  package let label: String
  /// Other ways to write it.
  package let aliases: [String]
  /// Indexes of the criteria that are present where the term is; may be empty, then the term is
  /// counted as adopted and proves nothing.
  package let proves: [Int]
  /// Indexes of criteria of which one is present, nobody knows which; none, or two and more.
  package let provesOneOf: [Int]

  /// What a term names.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case role, tool
  }

  /// Label and aliases as they are matched.
  var foldedTexts: [String] { ([label] + aliases).map(TextFolding.fold) }

  /// Whether the two prove the same, in whatever order their criteria are listed.
  func provesTheSame(as other: Term) -> Bool {
    (proves == other.proves && provesOneOf == other.provesOneOf)
      || (Set(proves) == Set(other.proves) && Set(provesOneOf) == Set(other.provesOneOf))
  }
}
