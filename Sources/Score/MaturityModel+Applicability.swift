import MaturityModel

extension MaturityModel {
  /// For each of the 2ⁿ ways n conditions can be false, the criteria that appear only in
  /// requirements that do not apply, as rows of bits; a mirror is not among them. A model has at
  /// most eight conditions.
  package var notApplicableCriteria: [[UInt64]] {
    let words = (criteria.count + 63) / 64
    let requirements = stages.flatMap(\.requires)
    return (0..<(1 << conditions.count)).map { falseConditions in
      var appears = CriterionSet([], words: words)
      var applies = appears
      for requirement in requirements {
        let members = CriterionSet(requirement.anyOf, words: words)
        let isFalse = requirement.appliesIf.map { falseConditions >> $0 & 1 == 1 } ?? false
        for word in 0..<words {
          appears[word] |= members[word]
          if !isFalse { applies[word] |= members[word] }
        }
      }
      return zip(appears, applies).map { $0 & ~$1 }
    }
  }

  /// Per stage number, where its requirements begin among those of all stages.
  package var firstRequirements: [Int] {
    var next = 0
    return stages.map { stage in
      defer { next += stage.requires.count }
      return next
    }
  }
}
