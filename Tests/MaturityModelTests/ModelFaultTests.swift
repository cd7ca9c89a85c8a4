import Documents
import MaturityModel
import Testing

@Suite struct ModelFaultTests {
  @Test func smallModelHasNoFault() {
    #expect(faults(ofModel: smallModel.utf8) == [])
  }

  /// What to replace in the small model, and the path and kind of the one fault it makes.
  static let edits: [(String, String, String, Fault.Kind)] = [
    (
      "model/1", "model/2", "schema",
      .wrongSchema(expected: "stagecraft/model/1", found: "stagecraft/model/2")
    ),
    ("id: small\n", "", "id", .missingKey),
    ("id: small", "id: ' '", "id", .emptyText),
    ("version: 2.0", "version:", "version", .wrongType(expected: .text, found: .null)),
    (
      "  - {stage: 0, id: start, name: Start}", "  - {stage: 1, id: start, name: Start}",
      "stages[0].stage", .stageOutOfOrder(expected: 0)
    ),
    (
      "name: Start", "nome: Start, name: Start", "stages[0].nome",
      .unknownKey("nome", suggestion: "name")
    ),
    (
      "name: Start", "name: Start, requires: [{id: x, any_of: [git]}]", "stages[0].requires",
      .startHasRequirements
    ),
    ("id: first", "id: second", "stages[2].id", .duplicateID("second", firstLine: 7)),
    ("coverage: 0.75", "coverage: 1.01", "stages[2].coverage", .outOfRange(low: "0", high: "1")),
    (
      "coverage: 0.75", "coverage:", "stages[2].coverage",
      .wrongType(expected: .number, found: .null)
    ),
    ("coverage: 0.75", "coverage: 0.0000000001", "stages[2].coverage", .tooManyDigits),
    ("aliases: [Stage 1]", "aliases: [SECOND]", "stages[2].name", .contradictsKey("Second")),
    ("any_of: [git]}", "any_of: []}", "stages[1].requires[0].any_of", .emptyList),
    (
      "any_of: [git]}", "any_of: git}", "stages[1].requires[0].any_of",
      .wrongType(expected: .list, found: .text)
    ),
    (
      "any_of: [git]}", "any_of: [git, git]}", "stages[1].requires[0].any_of[1]",
      .repeatedReference("git")
    ),
    (
      "any_of: [git]}", "any_of: [gti]}", "stages[1].requires[0].any_of[0]",
      .unknownReference(kind: "criterion", name: "gti", suggestion: "git")
    ),
    (
      "any_of: [git]}", "any_of: [lead_again]}", "stages[1].requires[0].any_of[0]",
      .mirrorReference("lead_again")
    ),
    (
      "any_of: [git]}", "any_of: [growth]}", "stages[1].requires[0].any_of[0]",
      .triggerGatesStage("growth")
    ),
    (
      "at_least: 2", "at_least: 3", "stages[2].requires[0].at_least",
      .outOfRange(low: "1", high: "2")
    ),
    (
      "at_least: 2", "at_least: 0", "stages[2].requires[0].at_least",
      .outOfRange(low: "1", high: "2")
    ),
    (
      "applies_if: large", "applies_if: big", "stages[2].requires[1].applies_if",
      .unknownReference(kind: "condition", name: "big", suggestion: nil)
    ),
    ("metric: team_size, ", "", "conditions.large.any[0].metric", .missingKey),
    (
      "above: 9.5", "above: much", "conditions.large.any[0].above",
      .wrongType(expected: .number, found: .text)
    ),
    (
      "above: 9.5", "above: 1e10", "conditions.large.any[0].above",
      .outOfRange(low: "-1000000000", high: "1000000000")
    ),
    (
      "any:\n      - {metric: team_size, above: 9.5, unless_known: share}", "any: []",
      "conditions.large.any", .emptyList
    ),
    (
      "kind: trigger", "kind: sign", "criteria[5].kind",
      .notOneOf(["role", "tool", "trigger"], found: "sign", suggestion: nil)
    ),
    (
      "need: bonus", "need: bonsu", "criteria[3].need",
      .notOneOf(["gate", "soft", "bonus", "context"], found: "bonsu", suggestion: "bonus")
    ),
    ("weight: 0.5", "weight: 0", "criteria[2].weight", .notAboveZero),
    ("weight: 0.5", "weight: -1", "criteria[2].weight", .notAboveZero),
    (
      "weight: 0.5", "weight: .inf", "criteria[2].weight",
      .wrongType(expected: .number, found: .text)
    ),
    (
      "weight: 0.5", "weight: 1e7", "criteria[2].weight",
      .outOfRange(low: "-1000000", high: "1000000")
    ),
    (
      "stage: 1, label: Growth", "stage: 3, label: Growth", "criteria[5].stage",
      .outOfRange(low: "1", high: "2")
    ),
    (
      "stage: 1, label: Growth", "stage: 0, label: Growth", "criteria[5].stage",
      .outOfRange(low: "1", high: "2")
    ),
    (
      "absorbed_by: [manager]", "absorbed_by: [lead]", "criteria[2].absorbed_by",
      .cycle(["lead", "lead"])
    ),
    (
      "mirrors: lead", "mirrors: lead_again", "criteria[4].mirrors",
      .mirrorReference("lead_again")
    ),
    (
      "mirrors: lead", "mirrors: ~", "criteria[4].mirrors",
      .wrongType(expected: .text, found: .null)
    ),
    (
      "kind: role, label: Boss", "kind: rôle, label: Boss", "terms[2].kind",
      .notOneOf(["role", "tool"], found: "rôle", suggestion: "role")
    ),
    (
      "label: Git,", "label: 2020,", "terms[0].label",
      .wrongType(expected: .text, found: .wholeNumber)
    ),
    ("[GitHub]", "['\u{200B}']", "terms[0].aliases[0]", .emptyText),
    (
      "label: Boss", "label: Git", "terms[2].label",
      .aliasProvesOtherThings(alias: "Git", term: "git_tool")
    ),
    (
      "proves_one_of: [lead, manager]", "proves_one_of: [lead]", "terms[2].proves_one_of", .oneOfOne
    ),
    (
      "proves_one_of: [lead, manager]", "proves: [lead_again]", "terms[2].proves[0]",
      .mirrorReference("lead_again")
    ),
    ("id: lead_without_git, ", "", "anti_patterns[0].id", .missingKey),
    (
      "when_absent: [git]", "when_absent: [gitt]", "anti_patterns[0].when_absent[0]",
      .unknownReference(kind: "criterion", name: "gitt", suggestion: "git")
    ),
  ]

  @Test(arguments: edits)
  func eachFaultIsFoundAlone(_ old: String, _ new: String, _ path: String, _ kind: Fault.Kind) {
    #expect(smallModel.contains(old))
    let found = faults(ofModel: smallModel.replacing(old, with: new).utf8)
    #expect(found.map(\.path) == [path])
    #expect(found.map(\.kind) == [kind])
    #expect(found.allSatisfy { $0.line != nil && $0.column != nil })
  }

  @Test func everyCriterionOfACycleIsNoted() {
    let yaml = smallModel.replacing("advice: Find one", with: "absorbed_by: [engineer]")
    #expect(
      faults(ofModel: yaml.utf8).map(\.kind) == [
        .cycle(["engineer", "lead", "manager", "engineer"]),
        .cycle(["lead", "manager", "engineer", "lead"]),
        .cycle(["manager", "engineer", "lead", "manager"]),
      ])
  }

  @Test func manyFaultsAreFoundAtOnceInFileOrder() {
    let yaml = smallModel.replacing("id: small", with: "id: []").replacing(
      "need: soft", with: "need: hard"
    ).replacing("coverage: 0.75", with: "coverage: 2")
    #expect(
      faults(ofModel: yaml.utf8).map(\.path) == ["id", "stages[2].coverage", "criteria[2].need"])
  }

  /// A model that is refused for its size is not searched for circles.
  @Test func circlesOfATooLargeModelAreNotLookedFor() {
    let criteria = (0...MaturityModel.criterionLimit).map { number in
      "  - {id: c\(number), kind: tool, stage: 1, label: C\(number), need: soft, "
        + "absorbed_by: [c\(number)]}\n"
    }
    let found = faults(ofModel: (smallModel + criteria.joined()).utf8)
    let circles = found.filter { if case .cycle = $0.kind { true } else { false } }
    #expect(circles.isEmpty)
  }

  @Test func limitsAreKept() {
    let conditions = (1...9).map { "  c\($0): {any: [{metric: m, above: 1}]}\n" }.joined()
    let many = smallModel.replacing("conditions:\n", with: "conditions:\n" + conditions)
    #expect(faults(ofModel: many.utf8).map(\.kind) == [.tooMany(limit: 8)])
    let requirements = (0..<64).map { "      - {id: r\($0), any_of: [git]}\n" }.joined()
    let long = smallModel.replacing(
      "      - {id: git, any_of: [git]}\n",
      with: "      - {id: git, any_of: [git]}\n" + requirements)
    #expect(faults(ofModel: long.utf8).map(\.kind) == [.tooMany(limit: 64)])
  }
}
