import Documents
import TextFolding

/// What can only be judged when all parts are read.
extension ModelReader {
  /// A criterion that absorbs itself, over any number of steps, says nothing.
  func noteCycles(_ criteria: [Criterion]) {
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
    for (place, term) in terms.enumerated() {
      noteSingleChoice(of: place, term)
      for value in aliasValues(of: termItems[place], label: "label") {
        let text = TextFolding.fold(value.rawText)
        let owner = owners[text, default: place]
        owners[text] = owner
        if !text.isEmpty, !terms[owner].provesTheSame(as: term) {
          value.note(.aliasProvesOtherThings(alias: value.rawText, term: terms[owner].id))
        }
      }
    }
  }

  private func noteSingleChoice(of place: Int, _ term: Term) {
    guard let list = termItems[place].peek("proves_one_of"), list.itemCount == 1 else { return }
    list.note(.oneOfOne)
  }

  /// A self-assessment must name one stage.
  func noteSharedStageNames(_ stages: [Stage]) {
    var owners: [String: Int] = [:]
    for (number, item) in stageItems.enumerated() {
      for value in aliasValues(of: item, label: "name") {
        let owner = owners[TextFolding.fold(value.rawText), default: number]
        owners[TextFolding.fold(value.rawText)] = owner
        if owner != number { value.note(.contradictsKey(value.rawText)) }
      }
    }
  }

  private func aliasValues(of item: DocumentValue, label: String) -> [DocumentValue] {
    let values = [item.peek(label)].compactMap { $0 }
    // Anything but a list was noted when the item was read.
    return values + (item.peek("aliases")?.listItems ?? [])
  }
}
