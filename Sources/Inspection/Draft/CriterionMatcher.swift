import MaturityModel
import TextFolding

/// Finds the criterion that a question is about by the words of the model.
struct CriterionMatcher {
  let model: MaturityModel
  /// Names of things of two words or more that prove one criterion.
  private let phrases: [(words: String, criterion: Int)]

  init(model: MaturityModel) {
    self.model = model
    phrases = model.terms.flatMap { term in
      guard let criterion = term.proves.first, term.proves.count == 1 else {
        return [(words: String, criterion: Int)]()
      }
      return ([term.label] + term.aliases).map { (QuestionWords($0).text, criterion) }
        .filter { $0.0.split(whereSeparator: { $0 == " " || $0 == "/" }).count > 1 }
    }
  }

  /// The one criterion whose label's words all stand in the question, or that a name in it proves;
  /// nil where there is none or more than one.
  func criterion(for words: QuestionWords) -> Int? {
    var found: Set<Int> = []
    for (place, criterion) in model.criteria.enumerated() where criterion.mirrors == nil {
      let label = CriterionMatcher.contentWords(criterion.label)
      if label.count > 1, label.allSatisfy({ words.text.contains(" " + $0) }) { found.insert(place) }
    }
    for (phrase, criterion) in phrases where words.text.contains(phrase) { found.insert(criterion) }
    return found.count == 1 ? found.first : nil
  }

  /// Words of four letters and more, without their endings: "reproduced" and "reproduce".
  static func contentWords(_ label: String) -> [String] {
    QuestionWords(label).text.split(separator: " ").map(String.init)
      .filter { $0.count > 3 && !["with", "than", "that", "from", "more", "under"].contains($0) }
      .map { $0.count > 6 ? String($0.dropLast(2)) : $0 }
  }
}

/// The terms that an answer without one may have meant. Suggestions only, never applied.
struct ClosestTerms {
  private let names: [String]

  init(model: MaturityModel) {
    names = model.terms.flatMap { [$0.label] + $0.aliases }
  }

  /// The closest spelling of up to three terms; none for long texts, which name no product.
  func names(for text: String) -> [String] {
    guard text.count <= 40 else { return [] }
    let tight = closest(text)
    return Array(tight.prefix(3))
  }

  private func closest(_ text: String) -> [String] {
    let folded = TextFolding.fold(text)
    var result: [String] = []
    for name in names {
      let other = TextFolding.fold(name)
      if other.count < 3 || folded.count < 3 { continue }
      let isPart = containsWord(folded, other) || containsWord(other, folded)
      if isPart || isNear(folded, other) { result.append(name) }
    }
    return result.sorted { abs($0.count - text.count) < abs($1.count - text.count) }
  }

  private func containsWord(_ long: String, _ short: String) -> Bool {
    long.count > short.count && (" " + long + " ").contains(" " + short + " ")
  }

  /// One letter in six may differ.
  private func isNear(_ left: String, _ right: String) -> Bool {
    guard abs(left.count - right.count) <= 2, left.count >= 5, left.first == right.first else {
      return false
    }
    return edits(Array(left), Array(right)) <= max(1, left.count / 6)
  }

  private func edits(_ left: [Character], _ right: [Character]) -> Int {
    var above = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, current[column] + 1))
      }
      above = current
    }
    return above[right.count]
  }
}
