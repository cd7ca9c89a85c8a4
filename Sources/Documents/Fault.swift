/// One thing that is wrong in a file that people write: where it stands and what it is.
///
/// Facts only; `message` (FaultMessage.swift) puts them into words.
package struct Fault: Error, Hashable, Sendable {
  /// The place in the document, e.g. `criteria[3].absorbed_by[0]`; empty for the file as a whole.
  package let path: String
  /// Counted from 1; nil where the fault has no place in the file.
  package let line: Int?
  /// Counted from 1, in characters (Unicode scalars).
  package let column: Int?
  /// What is wrong, without words.
  package let kind: Kind

  /// A fault at a place.
  package init(path: String, line: Int?, column: Int?, kind: Kind) {
    self.path = path
    self.line = line
    self.column = column
    self.kind = kind
  }

  /// What a value is, as YAML has it.
  package enum Shape: Hashable, Sendable {
    case text, number, wholeNumber, truthValue, null, list, mapping
  }

  /// What is wrong.
  package enum Kind: Hashable, Sendable {
    // The file itself: after one of these nothing else is known.
    case tooLarge(limit: Int)
    case notUTF8(offset: Int)
    case noContent
    case syntax(String)
    case severalDocuments
    case tooDeep(limit: Int)
    case tooManyValues(limit: Int)
    case unsupportedTag(String)
    case keyIsNoText
    case duplicateKey(String)

    // The shape of a value.
    case wrongSchema(expected: String, found: String)
    case unknownKey(String, suggestion: String?)
    case missingKey
    case wrongType(expected: Shape, found: Shape)
    case emptyText
    case emptyList
    case notOneOf([String], found: String, suggestion: String?)
    case outOfRange(low: String, high: String?)
    case notAboveZero
    case tooManyDigits
    case tooMany(limit: Int)
    case tooFew(minimum: Int)

    // Names.
    case notSnakeCase(String)
    case duplicateID(String, firstLine: Int?)
    case reservedID(String)
    case unknownReference(kind: String, name: String, suggestion: String?)
    case repeatedReference(String)

    // What only a model can get wrong.
    case stageOutOfOrder(expected: Int)
    case noRequirements
    case startHasRequirements
    case triggerGatesStage(String)
    case mirrorReference(String)
    case cycle([String])
    case aliasProvesOtherThings(alias: String, term: String)
    case oneOfOne

    // What only a survey can get wrong.
    case needsKey(String)
    case needsOneOf([String])
    case excludedBy(String)
    case notForStyle(String)
    case contradictsKey(String)
    case notADelimiter(String)
    case notABand
    case unknownColumn(String, closest: [String])
    /// Several columns have the name; their numbers, from 1.
    case ambiguousColumn(String, columns: [Int])
    case noColumnsLeft
    case sumIsNotOne(String)
    case tooManyCells(limit: Int)
  }
}

/// All that is wrong in one file, in the order of its lines.
package struct DocumentFaults: Error, Hashable, Sendable {
  /// The file's name as shown to people.
  package let source: String
  /// Never empty.
  package let faults: [Fault]

  /// Sorts the faults by place; those of one place stay in the order given.
  package init(source: String, faults: [Fault]) {
    self.source = source
    self.faults = faults.enumerated().sorted { left, right in
      (left.element.line ?? 0, left.element.column ?? 0, left.offset)
        < (right.element.line ?? 0, right.element.column ?? 0, right.offset)
    }.map(\.element)
  }

  init(source: String, only kind: Fault.Kind, line: Int? = nil, column: Int? = nil) {
    self.init(
      source: source, faults: [Fault(path: "", line: line, column: column, kind: kind)])
  }
}

/// Where readers put the faults they find; shared by all cursors of one document.
final class FaultList {
  private(set) var faults: [Fault] = []

  func note(_ kind: Fault.Kind, path: String, at position: Position?) {
    faults.append(
      Fault(path: path, line: position?.line, column: position?.column, kind: kind))
  }

  /// Looking for close names takes time, and nobody reads the hint of the thousandth fault.
  var givesSuggestions: Bool { faults.count < 100 }
}
