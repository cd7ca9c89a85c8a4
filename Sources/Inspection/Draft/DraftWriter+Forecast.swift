import MaturityModel

extension DraftWriter {
  mutating func write(_ forecast: Forecast) {
    let model = inspection.model
    add("")
    addComment("Forecast: what this questionnaire can tell, as it is mapped here")
    addComment("Can be denied, and so be lacking: " + list(forecast.observed), inner: 2)
    addComment("Proved by answers, and never denied: " + list(forecast.confirmed), inner: 2)
    let stages = forecast.assessable.map { "\($0) \(model.stages[$0].name)" }
    addComment(
      "Stages that can be assessed: " + (stages.isEmpty ? "none" : stages.joined(separator: ", ")),
      inner: 2)
    let top = forecast.assessable.last.map { "\($0) \(model.stages[$0].name)" }
    addComment("Highest stage it can confirm: " + (top ?? "none"), inner: 2)
    guard let next = forecast.next.first else { return }
    write(next)
    let cheaper = forecast.next.dropFirst().filter { $0.requirements < next.requirements }
    if let cheapest = cheaper.min(by: { $0.requirements < $1.requirements }) { write(cheapest) }
  }

  private mutating func write(_ lift: Forecast.Lift) {
    let model = inspection.model
    let stage = model.stages[lift.stage]
    addComment(
      "To assess stage \(stage.number) \(stage.name), ask about \(lift.requirements) more of its "
        + "requirements; the cheapest first:", inner: 2)
    for (place, candidate) in lift.candidates.enumerated() {
      let labels = candidate.criteria.map {
        "\(model.criteria[$0].label) (\(model.criteria[$0].id))"
      }
      let count = candidate.missing > 1 ? "\(candidate.missing) of " : ""
      addComment(
        "\(place < lift.requirements ? "+" : "-") \(count)\(labels.joined(separator: " or "))",
        inner: 4)
    }
  }

  private func list(_ criteria: [Int]) -> String {
    criteria.isEmpty
      ? "nothing" : criteria.map { inspection.model.criteria[$0].id }.joined(separator: ", ")
  }
}
