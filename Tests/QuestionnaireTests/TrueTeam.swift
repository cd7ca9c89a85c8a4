import MaturityModel
import StagecraftTestSupport

/// A made-up respondent whose stage is known: everything up to it is there, nothing that the next
/// stage requires is.
struct TrueTeam {
  let id: String
  let stage: Int
  /// Texts of the criteria that are there.
  private let present: Set<String>
  private let unsure: Set<String>
  let logisticsShare: Int

  init(id: String, stage: Int, model: MaturityModel, _ random: inout SeededGenerator) {
    self.id = id
    self.stage = stage
    let required = Set(model.stages.flatMap(\.requires).flatMap(\.anyOf))
    var present: Set<Int> = []
    var unsure: Set<Int> = []
    for number in 1..<model.stages.count {
      let asked = model.criteria.indices.filter { model.criteria[$0].stage == number }
      let soft = asked.filter { !required.contains($0) && model.criteria[$0].kind != .trigger }
      if number <= stage {
        present.formUnion(asked)
        // Enough stays for the stage's coverage, which is half of the weight.
        present.remove(random.pick(soft))
        unsure.insert(random.pick(soft))
      } else if number == stage + 1 {
        present.insert(random.pick(soft))
      }
    }
    self.present = Set(present.subtracting(unsure).map { model.criteria[$0].label })
    self.unsure = Set(unsure.map { model.criteria[$0].label })
    logisticsShare = Int.random(in: 0...60, using: &random)
  }

  func has(_ text: String) -> Bool { present.contains(label(text)) }

  /// The options of a block that this team ticks.
  func ticks(_ parts: [String]) -> Set<String> {
    let ticked = parts.filter(has)
    return ticked.isEmpty ? ["None of these"] : Set(ticked)
  }

  func degree(_ row: String, _ random: inout SeededGenerator) -> String {
    if unsure.contains(label(row)) {
      return random.pick(["Don't know", "Neither agree nor disagree"])
    }
    return random.pick(
      has(row) ? ["Agree", "Strongly agree"] : ["Disagree", "Strongly disagree"])
  }

  /// An option names examples after the criterion.
  private func label(_ text: String) -> String {
    guard let examples = text.firstRange(of: " (such as ") else { return text }
    return String(text[..<examples.lowerBound])
  }

  /// Some teams of every stage.
  static func teams(_ model: MaturityModel, seed: UInt64) -> [TrueTeam] {
    var random = SeededGenerator(seed: seed)
    return (0..<model.stages.count * 2).map { number in
      TrueTeam(id: "\(number + 1)", stage: number % model.stages.count, model: model, &random)
    }
  }
}
