import SystemCalls

/// Where two releases, one subtracted from the other, tell of too few.
package struct ReleaseExposure: Hashable, Sendable {
  /// Nil where it is everybody.
  package let segment: String?
  /// A value of the segment; nil: those of which one of the two releases hides the number.
  package let value: String?
  /// As many responses as before, but not at the same stages.
  package let isOfStages: Bool
}

/// How many responses each group of a published `stage_distribution.csv` has.
struct Release {
  /// Rows of a group in their order; nil is what is hidden.
  private struct Group {
    var base: UInt64?
    var stages: [UInt64?] = []
  }

  private var everybody = Group()
  private var segments: [String: [String: Group]] = [:]
  private var order: [String] = []

  /// - Parameter records: those of the file, the header first; nil where they are not of one.
  init?(_ records: [[String]]) {
    guard let header = records.first, let n = header.firstIndex(of: "n"),
      let base = header.firstIndex(of: "base_n"), header.prefix(2) == ["segment", "segment_value"]
    else { return nil }
    for (row, fields) in records.dropFirst().enumerated() {
      guard fields.count == header.count else { return nil }
      // Everybody's rows are the first ones; a segment may be called all, too.
      let isEverybody = row == everybody.stages.count && fields[0] == "all" && fields[1] == "all"
      if isEverybody {
        everybody.base = UInt64(fields[base])
        everybody.stages.append(UInt64(fields[n]))
        continue
      }
      if segments[fields[0]] == nil { order.append(fields[0]) }
      var group = segments[fields[0]]?[fields[1]] ?? Group()
      group.base = UInt64(fields[base])
      group.stages.append(UInt64(fields[n]))
      segments[fields[0], default: [:]][fields[1]] = group
    }
  }

  /// The first group in which this release and an older one differ by some, but too few.
  func exposure(since old: Release, _ rule: CellRule) -> ReleaseExposure? {
    if let kind = exposure(everybody, old.everybody, rule) {
      return ReleaseExposure(segment: nil, value: nil, isOfStages: kind == .stages)
    }
    for segment in order {
      guard let values = segments[segment], let before = old.segments[segment] else { continue }
      if let found = exposure(segment, values, before, old, rule) { return found }
    }
    return nil
  }

  private enum Kind { case number, stages }

  private func exposure(_ group: Group, _ old: Group, _ rule: CellRule) -> Kind? {
    guard let base = group.base, let before = old.base else { return nil }
    if !rule.allows(distance(base, before)) { return .number }
    if base != before || group.stages.count != old.stages.count { return nil }
    // Of stages hidden in either release only the sum is known, and that is the rest.
    let isSame = zip(group.stages, old.stages).allSatisfy { new, old in
      guard let new, let old else { return true }
      return rule.allows(distance(new, old))
    }
    return isSame ? nil : .stages
  }

  private func exposure(
    _ segment: String, _ values: [String: Group], _ before: [String: Group], _ old: Release,
    _ rule: CellRule
  ) -> ReleaseExposure? {
    guard var rest = everybody.base, var restBefore = old.everybody.base else { return nil }
    let names = Set(values.keys).union(before.keys).sorted(by: precedesInBytes)
    var hidesSome = false
    for name in names {
      let group = values[name] ?? Group(base: 0)
      let oldGroup = before[name] ?? Group(base: 0)
      guard let base = group.base, let baseBefore = oldGroup.base else {
        hidesSome = true
        continue
      }
      if let kind = exposure(group, oldGroup, rule) {
        return ReleaseExposure(segment: segment, value: name, isOfStages: kind == .stages)
      }
      rest -= min(rest, base)
      restBefore -= min(restBefore, baseBefore)
    }
    if !hidesSome || rule.allows(distance(rest, restBefore)) { return nil }
    return ReleaseExposure(segment: segment, value: nil, isOfStages: false)
  }

  private func distance(_ first: UInt64, _ second: UInt64) -> UInt64 {
    first > second ? first - second : second - first
  }
}

extension OutputTransaction {
  /// Checks that the set that is about to be replaced, where it withholds numbers, too, does not tell
  /// of too few when it is compared with the new one.
  package func checkDifference(
    of tables: [Table], _ disclosure: Disclosure
  ) throws(PublishError) {
    guard let table = tables.first(where: { $0.name == Release.table }),
      let old = try oldRelease(table.name + ".csv"), let new = Release(records(table))
    else { return }
    if let exposure = new.exposure(since: old, disclosure.rule) {
      throw .exposesFew(path: target, exposure)
    }
  }

  /// Nil where there is none that withholds numbers.
  private func oldRelease(_ name: String) throws(PublishError) -> Release? {
    let bytes: [UInt8]
    do throws(SystemCallError) {
      guard let old = try replacedSet(), try OutputSet.withholdsNumbers(old) else { return nil }
      let size = try old.status(of: name)?.bytes ?? 0
      bytes = size == 0 ? [] : try old.start(of: name, count: Int(size))
    } catch {
      throw .cannotCreate(error)
    }
    guard let release = Release(CSVFields.records(bytes)) else {
      throw .oldReleaseUnreadable(path: target, name: name)
    }
    return release
  }

  /// The rows as they will stand in the file.
  private func records(_ table: Table) -> [[String]] {
    var csv = CSVRecord()
    for column in table.columns { csv.appendField(column.name) }
    csv.endRecord()
    // Only what it hands the rows to could fail.
    try? table.forEachRow { cells in
      for cell in cells { csv.append(cell) }
      csv.endRecord()
    }
    return CSVFields.records(csv.bytes)
  }
}

extension Release {
  fileprivate static let table = "stage_distribution"
}

/// The fields of a CSV file of ours.
private enum CSVFields {
  static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""):
        // The second of two inside quotes is one of the text.
        if !isQuoted && previous == byte { field.append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        if byte == UInt8(ascii: "\n") {
          records.append(fields)
          fields.removeAll()
        }
      default: field.append(byte)
      }
      previous = byte
    }
    return records
  }
}
