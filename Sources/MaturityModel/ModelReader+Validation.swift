import Documents
import TextFolding

/// What can only be judged when all parts are read.
extension ModelReader {
  /// A criterion that absorbs itself, over any number of steps, says nothing.
  func noteCycles(_ criteria: [Criterion]) {
    // With more than are allowed the search would take its time, and the model is refused anyway.
    if criteria.count > MaturityModel.criterionLimit { return }
    let links = criteria.map(\.absorbedBy)
    for (place, item) in criterionItems.enumerated() {
      guard let cycle = shortestCycle(through: place, over: links) else { continue }
      let value = item.peek("absorbed_by") ?? item
      value.note(.cycle(cycle.map { criterionNames.ids[$0] }))
    }
  }

  /// From the criterion through its absorbers back to it; nil where there is no way back.
  private func shortestCycle(through start: Int, over links: [[Int]]) -> [Int]? {
    var cameFrom: [Int: Int] = [:]
    var wave = [start]
    while !wave.isEmpty, cameFrom[start] == nil {
      var next: [Int] = []
      for place in wave {
        for absorber in links[place] where cameFrom[absorber] == nil {
          cameFrom[absorber] = place
          next.append(absorber)
        }
      }
      wave = next
    }
    guard var place = cameFrom[start] else { return nil }
    var cycle = [start]
    while place != start {
      cycle.append(place)
      place = cameFrom[place] ?? start
    }
    return [start] + cycle.reversed()
  }

  /// Terms may share an alias only if it does not matter which of them is meant.
  func noteSharedAliases(_ terms: [Term]) {
    var owners: [String: Int] = [:]
    owners.reserveCapacity(4 * terms.count)
    for (place, item) in termItems.enumerated() {
      for (text, value) in foldedNames(of: item, label: "label") {
        let owner = owners.owner(of: text, orElse: place)
        if owner != place, !terms[owner].provesTheSame(as: terms[place]) {
          value.note(.aliasProvesOtherThings(alias: value.rawText, term: terms[owner].id))
        }
      }
    }
  }

  /// One of one criterion is what `proves` says.
  func noteSingleChoices() {
    for item in termItems {
      if let list = item.peek("proves_one_of"), list.itemCount == 1 { list.note(.oneOfOne) }
    }
  }

  /// A self-assessment must name one stage.
  func noteSharedStageNames() {
    var owners: [String: Int] = [:]
    for (number, item) in stageItems.enumerated() {
      for (text, value) in foldedNames(of: item, label: "name") {
        if owners[text] == nil { owners[text] = number }
        if owners[text] != number { value.note(.contradictsKey(value.rawText)) }
      }
    }
  }

  /// The label and the aliases as they are matched. What is no text was noted when it was read.
  private func foldedNames(
    of item: DocumentValue, label: String
  ) -> [(text: String, value: DocumentValue)] {
    let values = [item.peek(label)].compactMap { $0 } + (item.peek("aliases")?.listItems ?? [])
    return values.filter { !$0.isNull }.map { (TextFolding.fold($0.rawText), $0) }
      .filter { !$0.text.isEmpty }
  }
}
