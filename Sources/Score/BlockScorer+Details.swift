/// What is wanted of responses one by one, read out of the sums of the block that was scored last.
extension BlockScorer {
  /// - Parameters:
  ///   - response: its place in the block.
  ///   - next: the next assessable stage; nil at the top.
  func details(of response: Int, in block: ScoredBlock, next: Int?) -> ScoreDetails {
    let coverages = circuit.stages.map { worstCoverage(of: $0, response) }
    let progress = zip(circuit.stages, coverages).first { $0.0.number == next }?.1 ?? .met
    return ScoreDetails(
      compensatory: compensatoryScore(top: circuit.compensatory.top, coverages).millionths,
      progress: progress.millionths, readiness: next.flatMap { readiness($0, response, block) })
  }

  /// The compensatory floor, whatever the weights.
  func compensatoryFloor(of response: Int) -> Int {
    let coverages = circuit.stages.map { worstCoverage(of: $0, response) }
    return Int(compensatoryScore(top: circuit.compensatory.top, coverages).floor)
  }

  /// With unknown read as no, the worst of all ways that are possible for the response.
  private func worstCoverage(of stage: StageCircuit, _ response: Int) -> Coverage {
    var worst: Coverage?
    for way in stage.ways {
      let way = circuit.ways[way]
      let possible = responses(way, among: stage.conditions)
      if possible >> UInt64(response) & 1 == 0 { continue }
      let coverage = coverage(way.coverage, response)
      if let least = worst, !(coverage < least) { continue }
      worst = coverage
    }
    return worst ?? .met
  }

  private func coverage(_ index: Int, _ response: Int) -> Coverage {
    let coverage = circuit.coverages[index]
    if coverage.whole == 0 { return .met }
    let weights = planes(of: coverage)
    var part: UInt64 = 0
    for place in 0..<weights.width {
      part |= (weights.planes[place].x >> UInt64(response) & 1) << UInt64(place)
    }
    return Coverage(part: part, whole: coverage.whole)
  }

  /// The share of a stage's known triggers that are yes, in millionths.
  private func readiness(_ stage: Int, _ response: Int, _ block: ScoredBlock) -> UInt64? {
    var counts = WordPair.zero
    for trigger in plan.stages[stage].triggers {
      counts &+= (block.evidence[trigger] &>> UInt64(response)) & 1
    }
    let known = counts.x + counts.y
    return known == 0 ? nil : Coverage(part: counts.x, whole: known).millionths
  }
}
