import Aggregate
import MaturityModel
import Statistics

extension ResultTables {
  /// Nil where it was not asked for.
  var validity: Table? {
    guard let tally = tally.validity else { return nil }
    let rows = ValidityRows(tally, model: model, everybody: self.tally.everybody)
    return table(.validity) { body in
      try body(rows.ladder)
      for border in tally.pairs.indices { try body(rows.border(border)) }
      for group in tally.groups.indices { try body(rows.group(group)) }
    }
  }
}

/// The rows of `validity.csv`: the ladder, its borders, the roles and the tools of each stage.
private struct ValidityRows {
  private let tally: ValidityTally
  private let model: MaturityModel
  private let everybody: GroupTally
  private let scalogram: Scalogram
  private let scored: WeightedCount

  init(_ tally: ValidityTally, model: MaturityModel, everybody: GroupTally) {
    self.tally = tally
    self.model = model
    self.everybody = everybody
    scalogram = Scalogram(
      items: tally.stages.count,
      patterns: tally.patterns.mapValues { ExactRatio($0.weight).approximation })
    scored = everybody.count(at: model.stages.indices)
  }

  var ladder: [Cell] {
    let items = Array(tally.stages.indices)
    let scale = scalogram
    let order = OrderTest(tally, borders: tally.pairs.indices, shares: share)
    return [.text("all"), .text("all"), .null, .null]
      + cells(of: scale, items) + cells(of: order)
      + [.text(ValidityReading.ladder(scale, responses: scored.count))]
  }

  func border(_ border: Int) -> [Cell] {
    let (lower, upper) = (tally.stages[border], tally.stages[border + 1])
    let items = [border, border + 1]
    let scale = scalogram.selecting(items)
    let order = OrderTest(tally, borders: border..<border + 1, shares: share)
    return [.text("border"), .text("\(lower.number)"), .integer(upper.number), .null]
      + cells(of: scale, items) + cells(of: order)
      + [
        .text(
          ValidityReading.border(
            lower.number, upper.number, scale, order, responses: scored.count))
      ]
  }

  func group(_ index: Int) -> [Cell] {
    let (group, counts) = (tally.groups[index], tally.counts(ofGroup: index))
    let complete = counts.byTotal.reduce(into: Sum()) { $0.add($1) }
    let weight = { (count: WeightedCount) in ExactRatio(count.weight).approximation }
    let kr20 = kuderRichardson20(
      had: counts.yes.map(weight), byTotal: counts.byTotal.map(weight))
    let reading = ValidityReading.group(group, kr20, responses: complete.count)
    return [
      .text("stage"), .text("\(group.stage)"), .null, .text(group.kind.rawValue),
      .integer(complete.count), .weight(complete.weight), .integer(group.criteria.count),
    ] + Array(repeating: .null, count: 8) + [.signed(kr20)]
      + Array(repeating: .null, count: 7) + [.text(reading)]
  }

  private struct Sum {
    var count: UInt64 = 0
    var weight = WeightSum()

    mutating func add(_ other: WeightedCount) {
      count += other.count
      weight.merge(other.weight)
    }
  }

  /// The share of those who have a criterion among those in whom it is known.
  private func share(of criterion: Int) -> ExactRatio? {
    let evidence = everybody.evidence(of: criterion, at: model.stages.indices)
    return ExactRatio(evidence.yesWeight, over: evidence.known.weight)
  }

  private func cells(of scale: Scalogram, _ items: [Int]) -> [Cell] {
    [
      .integer(scored.count), .weight(scored.weight), .integer(items.count),
      .integer(errors(scale, items, .goodenoughEdwards)),
      .integer(errors(scale, items, .minimumChange)),
      .signed(scale.reproducibility(.goodenoughEdwards)),
      .signed(scale.reproducibility(.minimumChange)),
      .signed(scale.minimalMarginalReproducibility), .signed(scale.scalability(.goodenoughEdwards)),
      .signed(scale.scalability(.minimumChange)), .signed(scale.homogeneity),
      .signed(scale.kuderRichardson20),
    ]
  }

  /// Unweighted.
  private func errors(_ scale: Scalogram, _ items: [Int], _ counting: Scalogram.Counting) -> UInt64
  {
    tally.patterns.reduce(0) { sum, pattern in
      let bits = items.enumerated().reduce(UInt128(0)) {
        $0 | (pattern.key >> UInt128($1.element) & 1) << UInt128($1.offset)
      }
      return sum + UInt64(scale.errors(of: bits, counting)) * pattern.value.count
    }
  }

  private func cells(of order: OrderTest) -> [Cell] {
    [
      .integer(order.criteria), .integer(order.pairs), .integer(order.known),
      .integer(order.inverted),
      .ratio(order.invertedShare), .signed(order.kendallTauB), .signed(order.spearman),
    ]
  }
}

/// Whether the criteria of later stages are rarer than those of earlier ones.
struct OrderTest {
  /// Criteria that somebody's answers tell of.
  let criteria: Int
  /// Pairs that are known in somebody; in how many responses, summed over the pairs.
  private(set) var pairs = 0
  private(set) var known: UInt64 = 0
  private(set) var inverted = 0
  private var knownWeight = WeightSum()
  private var invertedWeight = WeightSum()
  let kendallTauB: Double?
  let spearman: Double?

  init(_ tally: ValidityTally, borders: Range<Int>, shares: (Int) -> ExactRatio?) {
    let stages =
      borders.isEmpty
      ? tally.stages : Array(tally.stages[borders.lowerBound...borders.upperBound])
    let points = stages.flatMap { stage in
      stage.criteria.compactMap { criterion in
        shares(criterion).map { (stage: stage.number, share: $0) }
      }
    }
    criteria = points.count
    let byStage = averageRanks(points) { $0.stage < $1.stage }
    // −logit of the share falls as the share rises, and only its ranks count.
    let byDifficulty = averageRanks(points) { $1.share < $0.share }
    kendallTauB = Statistics.kendallTauB(byStage, byDifficulty)
    spearman = spearmanCorrelation(byStage, byDifficulty)
    for border in borders { for count in tally.counts(ofBorder: border) { add(count) } }
  }

  private mutating func add(_ count: ValidityTally.PairCount) {
    if count.known.count == 0 { return }
    pairs += 1
    known += count.known.count
    knownWeight.merge(count.known.weight)
    if !count.isInverted { return }
    inverted += 1
    invertedWeight.merge(count.known.weight)
  }

  /// Of the pairs, weighted by the responses that tell of both criteria.
  var invertedShare: ExactRatio? { ExactRatio(invertedWeight, over: knownWeight) }
}
