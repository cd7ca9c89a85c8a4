import Documents

/// A maturity ladder: its stages, what each of them asks for, and what people's words prove.
///
/// Built from a model file only if nothing in the file is wrong, so every index in it is in range.
package struct MaturityModel: Sendable {
  /// The model's name in survey files and results, e.g. `mlops-maturity`.
  package let id: String
  /// The model's own version.
  package let version: String
  /// For people; the id where the file has no title.
  package let title: String
  /// In order: the index of a stage is its number.
  package internal(set) var stages: [Stage]
  /// In file order, at most `MaturityModel.conditionLimit`.
  package internal(set) var conditions: [Condition]
  /// In file order, which is the order of columns in the matrices.
  package let criteria: [Criterion]
  /// In file order.
  package let terms: [Term]
  /// In file order.
  package let antiPatterns: [AntiPattern]
  /// Folded alias or label → the first term in file order that has it.
  package let termByAlias: [String: Int]
  /// For each criterion, all criteria that make it present, over any number of steps; ascending.
  package let absorbers: [[Int]]

  private let criterionByID: [String: Int]
  private let termByID: [String: Int]

  /// The index of a criterion. O(1).
  package func criterion(_ id: String) -> Int? { criterionByID[id] }

  /// The index of a term. O(1).
  package func term(_ id: String) -> Int? { termByID[id] }

  /// Reads and validates a model file.
  ///
  /// - Parameter source: the file's name as shown to people.
  /// - Throws: every fault of the file at once.
  package init(yaml: [UInt8], source: String) throws(DocumentFaults) {
    self = try DocumentReader.read(yaml, source: source) { MaturityModel(document: $0) }
  }

  init(
    id: String, version: String, title: String, stages: [Stage], conditions: [Condition],
    criteria: [Criterion], terms: [Term], antiPatterns: [AntiPattern]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.stages = stages
    self.conditions = conditions
    self.criteria = criteria
    self.terms = terms
    self.antiPatterns = antiPatterns
    termByAlias = MaturityModel.termByAlias(terms)
    absorbers = MaturityModel.absorbers(criteria)
    criterionByID = MaturityModel.places(criteria.map(\.id))
    termByID = MaturityModel.places(terms.map(\.id))
  }

  private static func places(_ ids: [String]) -> [String: Int] {
    Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  private static func termByAlias(_ terms: [Term]) -> [String: Int] {
    var owners: [String: Int] = [:]
    owners.reserveCapacity(4 * terms.count)
    for (place, term) in terms.enumerated() {
      for text in term.foldedTexts { _ = owners.owner(of: text, orElse: place) }
    }
    return owners
  }

  private static func absorbers(_ criteria: [Criterion]) -> [[Int]] {
    let links = criteria.map(\.absorbedBy)
    return links.map { reachable(from: $0, over: links).sorted() }
  }

  /// Everything that can be reached from `start`, `start` included.
  static func reachable(from start: [Int], over links: [[Int]]) -> Set<Int> {
    var found: Set<Int> = []
    var open = start
    while let place = open.popLast() {
      if found.insert(place).inserted { open += links[place] }
    }
    return found
  }
}

extension [String: Int] {
  /// The first place that a text was given; `place` from now on where it has none yet.
  mutating func owner(of text: String, orElse place: Int) -> Int {
    // One look into the table for both.
    func take(_ owner: inout Int?) -> Int {
      let first = owner ?? place
      owner = first
      return first
    }
    return take(&self[text])
  }
}
