extension DocumentFaults {
  /// One line of text for each fault: `model.yaml:12: criteria[3].weight: …`.
  package var messages: [String] {
    faults.map { fault in
      source + (fault.line.map { ":\($0)" } ?? "") + ": " + fault.message
    }
  }
}

extension Fault {
  /// The fault in words, with its path: `criteria[3].absorbed_by[0]: there is no criterion 'ghost'
  /// (did you mean 'guest'?)`.
  package var message: String { path.isEmpty ? kind.words : path + ": " + kind.words }
}

extension Fault.Kind {
  /// The fault in words, without its place.
  package var words: String {
    fileWords ?? shapeWords ?? nameWords ?? modelWords ?? surveyWords ?? "wrong"
  }

  private var fileWords: String? {
    switch self {
    case .tooLarge(let limit): "the file has more than \(limit) bytes"
    case .notUTF8(let offset): "byte \(offset) is not UTF-8; save the file as UTF-8"
    case .noContent: "the file is empty"
    case .syntax(let problem): "this is not YAML: \(problem)"
    case .severalDocuments: "a second document starts here; one file holds one"
    case .tooDeep(let limit): "values are nested more than \(limit) deep"
    case .tooManyValues(let limit): "more than \(limit) values, aliases counted each time"
    case .unsupportedTag(let tag): "the tag \(tag) means nothing here"
    case .keyIsNoText: "a key must be text, not a list, a mapping or an alias"
    case .duplicateKey(let key): "the key '\(key)' is given more than once"
    default: nil
    }
  }

  private var shapeWords: String? {
    switch self {
    case .wrongSchema(let expected, let found): "'\(expected)' is wanted, not '\(found)'"
    case .unknownKey(_, let suggestion): "unknown key" + didYouMean(suggestion)
    case .missingKey: "missing"
    case .wrongType(let expected, let found):
      "\(expected.words) is wanted, not \(found.words)" + hint(expected, found)
    case .emptyText: "the text is empty"
    case .emptyList: "the list is empty"
    case .notOneOf(let allowed, let found, let suggestion):
      "'\(found)' is none of \(allowed.joined(separator: ", "))" + didYouMean(suggestion)
    case .outOfRange(let low, let high):
      high.map { "a number from \(low) to \($0) is wanted" } ?? "at least \(low) is wanted"
    case .notAboveZero: "a number above 0 is wanted"
    case .tooManyDigits: "more than nine digits after the point"
    case .tooMany(let limit): "more than \(limit)"
    case .tooFew(let minimum): "fewer than \(minimum)"
    default: nil
    }
  }

  private var nameWords: String? {
    switch self {
    case .notSnakeCase(let name):
      "'\(name)' is not a snake_case name: a small letter, then small letters, digits and _"
    case .duplicateID(let id, let line):
      "'\(id)' is used twice" + (line.map { ", first in line \($0)" } ?? "")
    case .reservedID(let id): "'\(id)' is taken: the results have a column or a value of this name"
    case .unknownReference(let kind, let name, let suggestion):
      "there is no \(kind) '\(name)'" + didYouMean(suggestion)
    case .repeatedReference(let name): "'\(name)' stands here twice"
    default: nil
    }
  }

  private var modelWords: String? {
    switch self {
    case .stageOutOfOrder(let expected):
      "stages are numbered 0, 1, 2 … in order, so this is stage \(expected)"
    case .noRequirements: "a stage above 0 needs at least one requirement"
    case .startHasRequirements: "everybody is at stage 0; it cannot require anything"
    case .triggerGatesStage(let name): "'\(name)' is a trigger, and triggers never gate a stage"
    case .mirrorReference(let name): "'\(name)' is a mirror; name the criterion that it mirrors"
    case .cycle(let ids): "absorption runs in a circle: " + circle(ids)
    case .aliasProvesOtherThings(let alias, let term):
      "'\(alias)' also belongs to the term '\(term)', which proves other things"
    case .oneOfOne: "one criterion only; list it under proves"
    default: nil
    }
  }

  private func circle(_ ids: [String]) -> String {
    let isLong = ids.count > 12
    let shown = isLong ? ids.prefix(10) + ["… (\(ids.count - 11) more)"] + ids.suffix(1) : ids[...]
    return shown.joined(separator: " ← ")
  }

  private var surveyWords: String? {
    switch self {
    case .needsKey(let key): "this needs '\(key)' as well"
    case .needsOneOf(let keys): "give " + keys.joined(separator: " or ")
    case .excludedBy(let key): "give this or '\(key)', not both"
    case .notForStyle(let style): "means nothing for a question of style \(style)"
    case .contradictsKey(let key): "'\(key)' is listed with another meaning already"
    case .notADelimiter(let text):
      "'\(text)' is no delimiter: one ASCII character but quote and line break, or tab"
    case .notABand: "a number or a band [low, high] is wanted; null leaves an end open"
    case .unknownColumn(let name, let closest):
      "there is no column '\(name)'"
        + (closest.isEmpty
          ? "" : "; close to it: " + closest.map { "'\($0)'" }.joined(separator: ", "))
    case .ambiguousColumn(let name, let columns):
      "columns \(columns.map(String.init).joined(separator: " and ")) are all called '\(name)': "
        + "which is meant cannot be told; rename them in a copy of the export"
    case .sumIsNotOne(let sum): "the shares add up to \(sum), not to 1"
    case .tooManyCells(let limit):
      "the margins make more than \(limit) combinations; leave one out, or merge categories"
    case .noColumnsLeft: "'except' leaves this question without a column"
    default: nil
    }
  }

  private func didYouMean(_ suggestion: String?) -> String {
    suggestion.map { " (did you mean '\($0)'?)" } ?? ""
  }

  /// `NULL` among the texts that mean "no answer" is the usual case.
  private func hint(_ expected: Fault.Shape, _ found: Fault.Shape) -> String {
    switch (expected, found) {
    case (.text, .number), (.text, .wholeNumber), (.text, .truthValue): "; put it in quotes"
    case (.text, .null): "; if the word is meant, put it in quotes"
    default: ""
    }
  }
}

extension Fault.Shape {
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .wholeNumber: "a whole number"
    case .truthValue: "true or false"
    case .null: "nothing (null)"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
