import Documents
import Statistics
import TextFolding

extension SurveyReader {
  /// - Parameter segments: those of the survey.
  func rake(_ segments: [Segment]) -> Rake? {
    guard
      let map = root.given("rake")?.mapping(keys: ["margins", "trim", "tolerance", "iterations"])
    else { return nil }
    let trim = map.given("trim")?.mapping(keys: ["low", "high"])
    if let trim, trim["low"] == nil, trim["high"] == nil {
      trim.note(.needsOneOf(["low", "high"]), at: "low")
    }
    return Rake(
      margins: map.required("margins").map { margins($0, segments) } ?? [],
      trim: Rake.Trim(
        low: trim?.decimal("low", in: .zero ... .one),
        high: trim?.decimal("high", in: .one...SurveyReader.largestFactor)),
      tolerance: map.decimal("tolerance", in: Billionths(count: 1)...SurveyReader.loosest)
        ?? Billionths(count: 1),
      iterations: map.integer("iterations", in: 1...10_000) ?? 1_000)
  }

  private static let largestFactor = Billionths(count: 1_000_000 * Billionths.perUnit)
  /// A hundredth: what misses its target by more is hardly raked.
  private static let loosest = Billionths(count: Billionths.perUnit / 100)
  /// Three thirds with six digits are as far from one.
  private static let mostMissing: Int64 = 1_000

  private func margins(_ list: DocumentValue, _ segments: [Segment]) -> [Rake.Margin] {
    let names = segments.map(\.id)
    let entries = list.entries()
    if entries.isEmpty, isMapping(list) { list.note(.tooFew(minimum: 1)) }
    let margins = entries.map { id, value in
      if !names.contains(id) {
        value.note(
          .unknownReference(
            kind: "segment", name: id, suggestion: closest(to: id, among: names, limit: 1).first))
      }
      return Rake.Margin(segment: names.firstIndex(of: id) ?? 0, categories: categories(value))
    }
    var cells = 1
    for margin in margins { cells = min(cells * max(1, margin.categories.count), 1 << 40) }
    if cells > Rake.mostCells { list.note(.tooManyCells(limit: Rake.mostCells)) }
    return margins
  }

  private func categories(_ margin: DocumentValue) -> [Rake.Category] {
    var categories: [Rake.Category] = []
    var isSound = true
    for (name, value) in margin.entries() {
      let folded = TextFolding.fold(name)
      if categories.contains(where: { $0.folded == folded }) {
        value.note(.repeatedReference(name))
      }
      let target = value.decimal(in: .zero ... .one)
      if target == .zero { value.note(.notAboveZero) }
      if target == nil { isSound = false }
      categories.append(Rake.Category(name: name, folded: folded, target: target ?? .zero))
    }
    let total = categories.reduce(0) { $0 + $1.target.count }
    if categories.count < 2 {
      if isMapping(margin) { margin.note(.tooFew(minimum: 2)) }
    } else if isSound, abs(total - Billionths.perUnit) > SurveyReader.mostMissing {
      margin.note(.sumIsNotOne(Billionths(count: total).text))
    }
    return categories
  }

  /// What is none has been noted.
  private func isMapping(_ value: DocumentValue) -> Bool {
    !value.isScalar && value.itemCount == nil
  }
}
