extension TableSchema {
  /// Every table a run can publish, in the order of the README's table; those of analyses behind
  /// those of every run.
  package static let all: [TableSchema] = results + records + dimensions

  /// The tables of `compare`, a set of its own.
  package static let comparison: [TableSchema] = [
    comparisonStages, comparisonTests, comparisonCriteria, comparisonTransitions,
  ]

  /// Also the order in `results.json`.
  static let results: [TableSchema] = [
    stageDistribution, stageIntervals, stageBounds,
    roleGapMatrix, toolGapMatrix, roleGaps, toolGaps,
    roleToolGapMatrix, roleToolGaps, termAdoption, unlock, stageRules,
    selfAssessment, antiPatterns, questionnaireCoverage, unmappedAnswers,
    organisations, organisationCriteria, raking, rakingSummary,
    validity, sensitivity, sensitivityRange,
    nearMisses, unlockSets, unlockRanks, loadBearing, gapPriority, suppression,
  ]

  static let records: [TableSchema] = [rejects, rawRejects, respondents]

  /// Each refers only to those before it and to itself.
  package static let dimensions: [TableSchema] = [stages, stageGroups, criteria, terms, segments]
}
