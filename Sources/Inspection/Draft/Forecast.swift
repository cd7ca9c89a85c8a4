import MaturityModel
import Statistics
import SurveyMapping

/// What a questionnaire will be able to tell, and what it would take to tell more.
package struct Forecast: Sendable {
  /// Criteria that an answer can deny.
  package let observed: [Int]
  /// Criteria that answers of this export prove and none can deny.
  package let confirmed: [Int]
  package let assessable: [Int]
  /// Stages above the highest assessable one, and what they lack.
  package let next: [Lift]

  /// What would make a stage assessable.
  package struct Lift: Hashable, Sendable {
    package let stage: Int
    /// How many more of its requirements have to be asked about.
    package let requirements: Int
    /// How many criteria that is, if the cheapest are chosen.
    package let criteria: Int
    /// Requirements that are not asked about, the cheapest first, and the criteria to ask for.
    package let candidates: [Candidate]
  }

  /// A requirement that nobody asks about yet.
  package struct Candidate: Hashable, Sendable {
    package let requirement: Int
    /// Any `missing` of these.
    package let criteria: [Int]
    package let missing: Int
  }

  /// - Parameter terms: that the answers of the mapped questions name.
  package init(survey: Survey, model: MaturityModel, terms: Set<Int>) {
    let sight = Observability(survey: survey, model: model)
    observed = sight.deniable.indices.filter { sight.deniable[$0] }
    confirmed = Set(terms.flatMap { model.terms[$0].proves }).filter { !sight.deniable[$0] }
      .sorted()
    assessable = sight.assessableStages
    let top = assessable.last ?? 0
    next = model.stages.filter { $0.number > top }.map { stage in
      Forecast.lift(stage, sight, threshold: survey.thresholds.minObservable)
    }
  }

  private static func lift(
    _ stage: Stage, _ sight: Observability, threshold: Billionths
  ) -> Lift {
    let observable = sight.observableRequirements[stage.number]
    let seen = observable.count { $0 }
    let all = observable.count
    let wanted = (min(2, all)...max(2, all)).first {
      Int64($0) * Billionths.perUnit >= threshold.count * Int64(all)
    }
    let candidates = observable.indices.filter { !observable[$0] }.map { place in
      let requirement = stage.requires[place]
      let open = requirement.anyOf.filter { !sight.deniable[$0] }
      return Candidate(
        requirement: place, criteria: open,
        missing: requirement.atLeast - (requirement.anyOf.count - open.count))
    }
    .sorted { ($0.missing, $0.requirement) < ($1.missing, $1.requirement) }
    let needed = max(0, (wanted ?? all) - seen)
    return Lift(
      stage: stage.number, requirements: needed,
      criteria: candidates.prefix(needed).reduce(0) { $0 + $1.missing }, candidates: candidates)
  }
}
