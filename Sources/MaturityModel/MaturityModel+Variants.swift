import Statistics

/// How strictly the rules of a model are read.
package enum StageReading: String, CaseIterable, Hashable, Sendable {
  /// Every gate and soft criterion of a stage is asked for.
  case strict
  /// As the model says.
  case standard = "default"
  /// One requirement of each stage may fail, and a coverage of 0.33 is enough.
  case lenient
}

extension MaturityModel {
  /// The metric that team sizes are asked for by.
  package static let teamSizeMetric = "team_size"

  /// Whether some condition depends on the team's size.
  package var dependsOnTeamSize: Bool {
    conditions.contains { $0.any.contains { $0.metric == MaturityModel.teamSizeMetric } }
  }

  /// The same model under other rules.
  ///
  /// - Parameter teamSize: from how many people on a team counts as large, in the conditions that
  ///   ask for its size; nil: as the model says.
  package func read(_ reading: StageReading, teamSize: Int64? = nil) -> MaturityModel {
    var model = self
    model.stages = stages.map { $0.read(reading) }
    if let teamSize { model.conditions = conditions.map { $0.read(teamSize: teamSize) } }
    return model
  }
}

extension Stage {
  /// Stage 0 asks for nothing, however it is read.
  fileprivate func read(_ reading: StageReading) -> Stage {
    let share: Billionths
    switch reading {
    case .standard: return self
    case .strict: share = .one
    case .lenient: share = min(coverage, Billionths(count: 330_000_000))
    }
    return Stage(
      number: number, id: id, name: name, why: why, cautions: cautions, aliases: aliases,
      coverage: number == 0 ? coverage : share, requires: requires,
      mayMissOne: reading == .lenient)
  }
}

extension Condition {
  /// "From 10 people on" is "above 9".
  fileprivate func read(teamSize: Int64) -> Condition {
    let above = Billionths(count: (teamSize - 1) * Billionths.perUnit)
    return Condition(
      id: id,
      any: any.map { item in
        item.metric == MaturityModel.teamSizeMetric
          ? ConditionItem(metric: item.metric, above: above, unlessKnown: item.unlessKnown) : item
      })
  }
}
