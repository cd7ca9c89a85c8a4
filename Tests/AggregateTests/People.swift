import StagecraftTestSupport

/// One made-up respondent, after normalisation.
struct Person: Sendable {
  var yes: [String] = []
  var no: [String] = []
  /// Terms chosen; those of a merged option among them.
  var terms: [String] = []
  /// In billionths.
  var weight: UInt64 = 1_000_000_000
  var country = "(missing)"
  var unmapped: [String] = []
  var record: UInt64 = 0
}

/// The ladder the tests of this target share: roles and tools on three stages.
enum SharedLadder {
  static let ladder: Ladder = {
    var ladder = Ladder(
      [.any("lead"), .any("tool")], [.any("engineer"), .any("store"), .any("boss", when: "large")],
      [.any("scientist", "coder"), .any("git"), .any("language")])
    for role in ["lead", "engineer", "boss", "scientist", "coder"] {
      ladder.edit(role) { $0.kind = "role" }
    }
    ladder.edit("lead") { $0.absorbedBy = ["boss", "scientist"] }
    ladder.add("stream", stage: 2, need: "bonus")
    ladder.add("store_people", stage: 2, kind: "role", need: "soft", mirrors: "store")
    ladder.merged = [.init(id: "merged", oneOf: ["scientist", "coder"])]
    ladder.when("large", ("team", above: 9, unlessKnown: nil))
    ladder.antiPatterns = [
      (id: "language_without_git", present: ["language"], absent: ["git"]),
      (id: "coder_without_stream", present: ["coder"], absent: ["stream", "store"]),
    ]
    return ladder
  }()

  static var originals: [String] {
    ladder.criteria.filter { $0.mirrors == nil }.map(\.id)
  }

  /// Everything but the bonus can be denied.
  static var questionnaire: SmallQuestionnaire {
    var questionnaire = SmallQuestionnaire(deniable: originals.filter { $0 != "stream" })
    questionnaire.segments = ["country"]
    questionnaire.isWeighted = true
    questionnaire.minAnswered = "0"
    return questionnaire
  }
}

extension SeededGenerator {
  /// A respondent of the shared ladder; some weights are zero, some huge, some tiny.
  mutating func person() -> Person {
    var person = Person()
    for id in SharedLadder.originals where !oneIn(3) {
      if oneIn(3), id != "stream" { person.no.append(id) } else { person.yes.append(id) }
    }
    person.terms = person.yes.map { "term_" + $0 } + (oneIn(4) ? ["merged"] : [])
    person.weight = pick([
      1_000_000_000, 1_000_000_000, 500_000_000, 333_333_333, 1, 0, 1_000_000_000_000_000_000,
    ])
    person.country = pick(["NO", "DE", "-NZ", "Åland", "(missing)", "FR"])
    person.unmapped = oneIn(3) ? [pick(["abacus", "=sum", "zebra", "ünï"])] : []
    return person
  }

  mutating func people(_ count: Int) -> [Person] {
    (0..<count).map { number in
      var person = person()
      person.record = UInt64(number)
      return person
    }
  }
}
