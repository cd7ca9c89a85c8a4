/// Which delimiter the records of a sample are written with.
enum DelimiterChoice {
  /// In the order in which ties are decided.
  static let candidates = [",", ";", "\t", "|"].compactMap(\.utf8.first)

  /// The one that gives the first record the most fields, outside of quotes, among those with
  /// which the two records behind it have as many; nil where none splits the first record.
  ///
  /// Nothing else is looked at: guessing from frequencies goes wrong on answers full of commas.
  static func choose(_ sample: Sample) -> UInt8? {
    let widths = candidates.map { delimiter in
      (delimiter, SampleRecords(sample, delimiter: delimiter, limit: 3).records.map(\.count))
    }
    let splitting = widths.filter { $0.1.first ?? 0 > 1 }
    let even = splitting.filter { Set($0.1).count == 1 }
    return widest(even.isEmpty ? splitting : even)
  }

  private static func widest(_ choices: [(UInt8, [Int])]) -> UInt8? {
    var best: (delimiter: UInt8, width: Int)?
    for (delimiter, widths) in choices {
      let width = widths.first ?? 0
      if width > best?.width ?? 1 { best = (delimiter, width) }
    }
    return best?.delimiter
  }
}
