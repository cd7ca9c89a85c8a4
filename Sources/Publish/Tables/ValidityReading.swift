import Aggregate
import Statistics

/// One plain sentence for each row of `validity.csv`.
enum ValidityReading {
  /// Below this nothing is judged (the NCHS standard's effective size).
  private static let fewest: UInt64 = 30
  /// Menzel's and Guttman's usual bounds, Mokken's weakest scale, and Nunnally's for KR-20.
  private static let leastReproducibility = 0.90
  private static let leastScalability = 0.60
  private static let leastHomogeneity = 0.3
  private static let leastConsistency = 0.70
  /// Ours: up to a quarter of the pairs may stand the other way round.
  private static let mostInverted = 0.25

  static func ladder(_ scale: Scalogram, responses: UInt64) -> String {
    if scale.items < 2 { return "There are not two stages to compare." }
    if responses < fewest { return "Too few responses (\(responses)) to judge the ladder." }
    guard let reproducibility = scale.reproducibility(.goodenoughEdwards),
      let scalability = scale.scalability(.goodenoughEdwards), let homogeneity = scale.homogeneity
    else { return "Everybody is alike in the stages, so their order cannot be judged." }
    let met = [
      reproducibility >= leastReproducibility, scalability >= leastScalability,
      homogeneity >= leastHomogeneity,
    ].count { $0 }
    let verdict =
      met == 3
      ? "The stages form one ladder"
      : met == 0 ? "The stages do not form one ladder" : "The stages form a ladder in part"
    return "\(verdict): reproducibility \(short(reproducibility)) (0.90 wanted), scalability "
      + "\(short(scalability)) (0.60 wanted), H \(short(homogeneity)) (\(strength(homogeneity)))."
  }

  static func border(
    _ lower: Int, _ upper: Int, _ scale: Scalogram, _ order: OrderTest, responses: UInt64
  ) -> String {
    if responses < fewest {
      return "Too few responses (\(responses)) to judge stages \(lower) and \(upper)."
    }
    var facts: [String] = []
    var met: [Bool] = []
    if let share = order.invertedShare {
      met.append(share.approximation <= mostInverted)
      facts.append("\(order.inverted) of \(order.pairs) pairs of criteria are inverted")
    }
    if let homogeneity = scale.homogeneity {
      met.append(homogeneity >= leastHomogeneity)
      facts.append("H \(short(homogeneity)) (\(strength(homogeneity)))")
    }
    if met.isEmpty { return "Nothing tells stages \(lower) and \(upper) apart." }
    let verdict =
      met.allSatisfy(\.self)
      ? "is supported" : met.contains(true) ? "is supported in part" : "is not supported"
    return "Stage \(upper) after stage \(lower) \(verdict): " + facts.joined(separator: ", ") + "."
  }

  static func group(
    _ group: ValidityTally.CriterionGroup, _ kr20: Double?, responses: UInt64
  ) -> String {
    let what = "the \(group.criteria.count) \(group.kind.rawValue)s of stage \(group.stage)"
    if responses < fewest {
      return "Too few complete responses (\(responses)) to judge \(what)."
    }
    guard let kr20 else { return "Everybody has as many of \(what)." }
    let facts = "KR-20 \(short(kr20)) over \(responses) complete responses"
    return kr20 >= leastConsistency
      ? "Who has some of \(what) tends to have the others: \(facts)."
      : "Having some of \(what) says little of the others: \(facts); alternatives need not agree."
  }

  private static func strength(_ homogeneity: Double) -> String {
    switch homogeneity {
    case ..<0.3: "no scale"
    case ..<0.4: "weak"
    case ..<0.5: "medium"
    default: "strong"
    }
  }

  /// Two decimals, towards zero, so that no bound seems to be met that is not.
  private static func short(_ value: Double) -> String {
    let hundredths = UInt64((abs(value) * 100 + 1e-9).rounded(.down))
    let fraction = hundredths % 100
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
