/// A small survey file for a test: one list question that can deny some criteria.
package struct SmallQuestionnaire: Sendable {
  /// The criteria that an answer without them denies.
  package var deniable: [String]
  package var metrics: [String] = []
  package var segments: [String] = []
  package var isWeighted = false
  package var minAnswered = "0.5"
  package var minObservable = "0.25"
  package var waivesUnobservable = true
  /// What stands behind `rake:`, in flow style; nil: no such key.
  package var rake: String?

  package init(deniable: [String]) { self.deniable = deniable }

  /// Everything in the ladder can be denied.
  package init(of ladder: Ladder) {
    self.init(deniable: ladder.criteria.filter { $0.mirrors == nil }.map(\.id))
    metrics = Array(Set(ladder.conditions.flatMap(\.items).map(\.metric))).sorted()
  }

  /// The survey file. The list question `has` reads the column `has`; metrics and segments read
  /// columns of their own names.
  package func yaml(model: String = "model.yaml") -> String {
    let weight = isWeighted ? ", weight: weight" : ""
    let named = { (ids: [String]) in
      "[" + ids.map { "{id: \($0), column: \($0)}" }.joined(separator: ", ") + "]"
    }
    return """
      schema: stagecraft/survey/1
      id: questionnaire
      model: \(model)
      respondent: {id: id\(weight)}
      segments: \(named(segments))
      metrics: \(named(metrics))
      questions:
        - {id: has, column: has, style: list, asks: [\(deniable.joined(separator: ", "))],
           none: [nothing], other: [other]}
      thresholds: {min_answered: \(minAnswered), min_observable: \(minObservable),
        unobservable: \(waivesUnobservable ? "waive" : "unknown")}

      """ + (rake.map { "rake: \($0)\n" } ?? "")
  }
}
