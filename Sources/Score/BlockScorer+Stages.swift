/// From what holds by itself to the stages that responses are at.
extension BlockScorer {
  /// Fills in the stages that are reached; returns the responses in which both are the same.
  func climb(_ block: ScoredBlock) -> UInt64 {
    block.low.update(repeating: 0, count: stages)
    block.high.update(repeating: 0, count: stages)
    var reached = WordPair(repeating: ~0)
    var (below, same) = (0, ~UInt64(0))
    for (index, stage) in circuit.stages.enumerated() {
      let next = reached & stageHolds[index]
      block.low[below] = reached.x & ~next.x
      block.high[below] = reached.y & ~next.y
      same &= ~(next.x ^ next.y)
      (reached, below) = (next, stage.number)
    }
    (block.low[below], block.high[below]) = (reached.x, reached.y)
    return same
  }

  func findHighest(_ block: ScoredBlock) {
    block.highest.update(repeating: 0, count: stages)
    var rest = ~UInt64(0)
    for (index, stage) in circuit.stages.enumerated().reversed() {
      block.highest[stage.number] = rest & stageHolds[index].x
      rest &= ~stageHolds[index].x
    }
    block.highest[0] = rest
  }

  func knowEnough(_ block: ScoredBlock) -> UInt64 {
    let count = SlicedNumbers(planes: countPlanes, width: circuit.enoughKnown.width)
    count.setToZero()
    for requirement in circuit.requirements where requirement.isObservable {
      let unknown = WordPair(repeating: block.blockingUnknown[requirement.place])
      count.add(~unknown, shift: 0, width: count.width)
    }
    return count.reach(WordPair(repeating: circuit.enoughKnown.limit)).x
  }

  func findCompensatoryFloors(_ block: ScoredBlock) {
    sum.setToZero()
    for stage in circuit.stages {
      if stage.coverages.count == 1 {
        add(circuit.coverages[stage.coverages.lowerBound], to: sum)
      } else {
        addWorstCoverage(of: stage)
      }
    }
    block.compensatoryFloor.update(repeating: 0, count: stages)
    var reached = ~UInt64(0)
    for stage in 0..<circuit.compensatory.top {
      let next = sum.reach(WordPair(repeating: circuit.floorLimits[stage])).x
      block.compensatoryFloor[stage] = reached & ~next
      reached = next
    }
    block.compensatoryFloor[circuit.compensatory.top] = reached
  }

  /// Adds a coverage in units of the common denominator.
  private func add(_ coverage: CoverageCircuit, to sum: SlicedNumbers) {
    if coverage.whole == 0 {
      sum.add(WordPair(repeating: ~0), times: circuit.compensatory.denominator)
    } else {
      sum.add(planes(of: coverage), times: coverage.factor)
    }
  }

  /// The least coverage of all ways that are possible for a response.
  private func addWorstCoverage(of stage: StageCircuit) {
    least.planes.update(repeating: WordPair(repeating: ~0), count: least.width)
    for way in stage.ways {
      let way = circuit.ways[way]
      let possible = responses(way, among: stage.conditions)
      if possible == 0 { continue }
      other.setToZero()
      add(circuit.coverages[way.coverage], to: other)
      least.takeSmaller(other, where: WordPair(repeating: possible))
    }
    sum.add(least, times: 1)
  }
}
