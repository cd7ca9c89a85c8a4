import MaturityModel
import TextFolding

/// Finds the criterion that a question is about by the words of the model.
struct CriterionMatcher {
  let model: MaturityModel
  /// Names of things of two words or more that prove one criterion.
  private let phrases: [(words: String, criterion: Int)]
  /// The words of each criterion's label; empty for mirrors.
  private let labels: [[String]]

  init(model: MaturityModel) {
    self.model = model
    labels = model.criteria.map {
      $0.mirrors == nil ? CriterionMatcher.contentWords($0.label) : []
    }
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
    for (place, label) in labels.enumerated() where label.count > 1 {
      if label.allSatisfy({ words.text.contains(" " + $0) }) { found.insert(place) }
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

/// The spellings of terms that an answer without one may have meant. Suggestions, never applied.
struct ClosestTerms {
  private let names: [(text: String, folded: String)]

  init(model: MaturityModel) {
    names = model.terms.flatMap { [$0.label] + $0.aliases }.map { ($0, TextFolding.fold($0)) }
      .filter { $0.1.count > 2 }
  }

  /// The closest spellings, at most three; none for long texts, which name no product.
  ///
  /// Close is what differs by one letter in six, or holds the other as whole words.
  func names(for text: String) -> [String] {
    let wanted = TextFolding.fold(text)
    guard (3...40).contains(wanted.count) else { return [] }
    let near = names.filter { name in
      holdsWords(wanted, name.folded) || holdsWords(name.folded, wanted)
        || isNear(wanted, name.folded)
    }
    return near.map(\.text).sorted { abs($0.count - text.count) < abs($1.count - text.count) }
      .prefix(3).map(\.self)
  }

  private func holdsWords(_ long: String, _ short: String) -> Bool {
    long.utf8.count > short.utf8.count && (" " + long + " ").contains(" " + short + " ")
  }

  private func isNear(_ left: String, _ right: String) -> Bool {
    guard abs(left.utf8.count - right.utf8.count) <= 2, left.utf8.count >= 5,
      left.utf8.first == right.utf8.first
    else { return false }
    return edits(Array(left.utf8), Array(right.utf8)) <= max(1, left.utf8.count / 6)
  }

  private func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var above = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let replaced = above[column] + (letter == other ? 0 : 1)
        current.append(min(replaced, above[column + 1] + 1, current[column] + 1))
      }
      above = current
    }
    return above[right.count]
  }
}
