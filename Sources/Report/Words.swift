/// Numbers and lists as people read them.
package enum Words {
  /// `21.9 %`, with a space that does not break; `–` for no number.
  package static func percent(_ share: Double?) -> String {
    guard let share else { return "–" }
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)\u{A0}%"
  }

  /// Whole percents, without the sign.
  package static func hundredths(_ share: Double?) -> String {
    share.map { String(Int(($0 * 100).rounded())) } ?? "–"
  }

  /// `23,859`.
  package static func grouped(_ number: UInt64) -> String {
    var result = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }

  /// `–` for a number that is not published.
  package static func grouped(_ number: UInt64?) -> String {
    number.map { grouped($0) } ?? "–"
  }

  /// At most five characters: `9,999`, `24k`, `3.1M`.
  package static func short(_ number: UInt64) -> String {
    switch number {
    case ..<10_000: grouped(number)
    case ..<1_000_000: "\(number / 1000)k"
    case ..<10_000_000: "\(number / 1_000_000).\(number / 100_000 % 10)M"
    default: "\(number / 1_000_000)M"
    }
  }

  package static func count(_ number: UInt64, _ one: String, _ many: String) -> String {
    "\(grouped(number)) \(number == 1 ? one : many)"
  }

  /// `A, B and C`.
  package static func list(_ texts: [String], _ word: String = "and") -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

extension RunNumbers {
  /// `2 Mature Analytics`.
  package func stageTitle(_ number: Int) -> String {
    stages.indices.contains(number) ? "\(number) \(stages[number].name)" : String(number)
  }

  package var everybody: Group? { groups.first }
  /// The segments in their order, each with its values.
  package var segments: [(id: String, groups: [Group])] {
    var result: [(id: String, groups: [Group])] = []
    for group in groups.dropFirst() {
      if result.last?.id != group.segment { result.append((group.segment, [])) }
      result[result.count - 1].groups.append(group)
    }
    return result
  }

  /// The highest stage that can be told; nil where none above 0 can.
  package var highestStage: Stage? { stages.dropFirst().last { $0.isAssessable } }

  /// The requirements that hold somebody back, most credit first.
  package func blockers(below stage: Int) -> [Blocker] {
    let found = blockers.filter { $0.stage == stage && $0.blocked ?? 0 > 0 }
    return RunNumbers.ordered(found)
  }

  /// In falling order of credit; equal ones stay in the order of the model.
  package static func ordered(_ blockers: [Blocker]) -> [Blocker] {
    blockers.enumerated().sorted { first, second in
      let (one, other) = (first.element.credit ?? 0, second.element.credit ?? 0)
      return one != other ? one > other : first.offset < second.offset
    }.map(\.element)
  }
}

extension RunNumbers.Blocker {
  /// What would have to be there.
  package var title: String {
    labels.isEmpty ? "Nothing alone: too few of the stage’s criteria" : Words.list(labels, "or")
  }
}
