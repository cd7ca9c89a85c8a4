import Documents
import TextFolding

/// The survey's columns found in the header of one input, by number from 0.
package struct ColumnBinding: Hashable, Sendable {
  /// One column per keep rule.
  package let keep: [Int]
  /// The respondent's id.
  package let id: Int?
  /// The respondent's weight.
  package let weight: Int?
  /// The respondent's organisation, and what tells leaders.
  package let organisation: Int?
  package let leader: Int?
  /// One column per segment.
  package let segments: [Int]
  /// One column per metric.
  package let metrics: [Int]
  /// The respondents' own placement.
  package let selfAssessed: Int?
  /// Per question, in file order: all columns of style options, the first one of other styles.
  /// Never empty.
  package let questions: [[Int]]

  /// Finds every column that the survey names.
  ///
  /// A name with one trailing `*` stands for all columns that start with the rest of it; where one
  /// column is wanted, the first match is it.
  /// - Parameters:
  ///   - names: of all columns, trimmed; unnamed ones filled from the left.
  ///   - sharesNames: whether one name may mean several columns, as with two header records and
  ///     more: the first is read then where one is wanted. Else such a name is a fault.
  ///   - labels: the option label of each column, for hints.
  ///   - source: the file to blame, as shown to people.
  /// - Throws: a fault for each name without a column.
  package init(
    survey: Survey, names: [String], labels: [String], sharesNames: Bool, source: String
  ) throws(DocumentFaults) {
    var finder = ColumnFinder(
      names: names, labels: labels, sharesNames: sharesNames, positions: survey.columnPositions)
    keep = survey.keep.enumerated().map { finder.first($1.column, path: "keep[\($0)].column") }
    id = survey.respondent.id.map { finder.first($0, path: "respondent.id") }
    weight = survey.respondent.weight.map { finder.first($0, path: "respondent.weight") }
    organisation = survey.respondent.organisation.map {
      finder.first($0, path: "respondent.organisation")
    }
    leader = survey.respondent.leader.map {
      finder.first($0.column, path: "respondent.leader.column")
    }
    segments = survey.segments.enumerated().map {
      finder.first($1.column, path: "segments[\($0)].column")
    }
    metrics = survey.metrics.enumerated().map {
      finder.first($1.column, path: "metrics[\($0)].column")
    }
    selfAssessed = survey.selfAssessed.map { finder.first($0.column, path: "self_assessed.column") }
    questions = survey.questions.enumerated().map {
      finder.block(of: $1, path: "questions[\($0)]")
    }
    if !finder.faults.isEmpty { throw DocumentFaults(source: source, faults: finder.faults) }
  }

  /// Every column that is read at all, ascending.
  package var wantedColumns: [Int] {
    let single = [id, weight, organisation, leader, selfAssessed].compactMap { $0 }
    return Set(keep + single + segments + metrics + questions.joined()).sorted()
  }
}

/// Looks names up in a header and collects what is not there.
private struct ColumnFinder {
  let names: [String]
  let labels: [String]
  let sharesNames: Bool
  let positions: [String: Position]
  private(set) var faults: [Fault] = []

  init(
    names: [String], labels: [String], sharesNames: Bool, positions: [String: Position]
  ) {
    self.names = names
    self.labels = labels
    self.sharesNames = sharesNames
    self.positions = positions
  }

  /// The first matching column; 0, with a fault, where there is none.
  mutating func first(_ pattern: String, path: String) -> Int {
    let found = all(pattern, path: path)
    noteIfAmbiguous(pattern, found, path: path)
    return found.first ?? 0
  }

  /// Which of two columns of one name is meant nobody can tell; of those that a `*` finds the first is.
  private mutating func noteIfAmbiguous(_ pattern: String, _ found: [Int], path: String) {
    if sharesNames || found.count < 2 || pattern.utf8.last == UInt8(ascii: "*") { return }
    note(.ambiguousColumn(pattern, columns: found.map { $0 + 1 }), path: path)
  }

  /// The columns of a question, without the excepted ones.
  mutating func block(of question: Question, path: String) -> [Int] {
    let faultsBefore = faults.count
    let isSingle = positions[path + ".column"] != nil
    var found: Set<Int> = []
    for (place, pattern) in question.columns.enumerated() {
      let place = isSingle ? ".column" : ".columns[\(place)]"
      let named = all(pattern, path: path + place)
      if !question.style.readsAllColumns {
        noteIfAmbiguous(pattern, named, path: path + place)
      }
      found.formUnion(named)
    }
    for pattern in question.except { found.subtract(matches(pattern)) }
    if found.isEmpty, faults.count == faultsBefore {
      note(.noColumnsLeft, path: path + (isSingle ? ".column" : ".columns[0]"))
    }
    return question.style.readsAllColumns ? found.sorted() : found.min().map { [$0] } ?? []
  }

  private mutating func all(_ pattern: String, path: String) -> [Int] {
    let found = matches(pattern)
    if found.isEmpty { note(.unknownColumn(pattern, closest: closestColumns(pattern)), path: path) }
    return found
  }

  /// Compared byte by byte: `==` would take composed and decomposed letters for the same.
  private func matches(_ pattern: String) -> [Int] {
    if pattern.utf8.last == UInt8(ascii: "*") {
      let prefix = pattern.utf8.dropLast()
      return names.indices.filter { names[$0].utf8.starts(with: prefix) }
    }
    return names.indices.filter { names[$0].utf8.elementsEqual(pattern.utf8) }
  }

  /// Columns with a similar name; first of all those whose label is what the survey calls them.
  private func closestColumns(_ pattern: String) -> [String] {
    if faults.count >= ColumnFinder.mostHints { return [] }
    let wanted = pattern.hasSuffix("*") ? String(pattern.dropLast()) : pattern
    let text = TextFolding.fold(wanted)
    var hints: [String] = []
    for (name, label) in zip(names, labels) where TextFolding.fold(label) == text {
      hints.append(name)
    }
    hints += closest(to: wanted, among: names, limit: names.count)
    var seen: Set<String> = [""]
    return Array(hints.filter { seen.insert($0).inserted }.prefix(3))
  }

  /// A survey file for another export lacks every column; a few hints tell that as well.
  private static let mostHints = 20

  private mutating func note(_ kind: Fault.Kind, path: String) {
    let position = positions[path]
    faults.append(Fault(path: path, line: position?.line, column: position?.column, kind: kind))
  }
}
