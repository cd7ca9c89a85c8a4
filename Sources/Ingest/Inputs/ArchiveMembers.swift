#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which members of an archive hold responses.
package enum ArchiveMembers {
  private static let dataSuffixes = [".csv", ".tsv", ".tab", ".txt"]
  /// What vendors put beside the responses: descriptions of the columns, not responses.
  private static let describingWords = ["schema", "readme", "codebook", "dictionary", "license"]

  /// The members to read: those that the pattern matches, or else the one that looks like data.
  ///
  /// - Throws: ``IngestError`` where none or, without a pattern, several look like data, where two
  ///   of them share a name, or where a name points out of the archive.
  static func choose(
    _ entries: [ArchiveReading.Entry], pattern: String?, path: String
  ) throws(IngestError) -> [String] {
    let files = entries.filter(\.isRegularFile).map(\.name)
    for name in entries.map(\.name) where isUnsafe(name) {
      throw .archive(path: path, .unsafeMember(name))
    }
    if let pattern {
      let matching = files.filter { fnmatch(pattern, $0, 0) == 0 || matchesBase(pattern, $0) }
      if matching.isEmpty { throw .archive(path: path, .noMember(of: files, pattern: pattern)) }
      try checkDistinct(matching, path: path)
      return matching
    }
    let data = files.filter(looksLikeData)
    if data.isEmpty { throw .archive(path: path, .noMember(of: files, pattern: nil)) }
    try checkDistinct(data, path: path)
    if data.count > 1 { throw .archive(path: path, .severalMembers(data)) }
    return data
  }

  private static func checkDistinct(_ names: [String], path: String) throws(IngestError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw .archive(path: path, .repeatedMember(name))
    }
  }

  private static func matchesBase(_ pattern: String, _ name: String) -> Bool {
    fnmatch(pattern, baseName(name), 0) == 0
  }

  private static func looksLikeData(_ name: String) -> Bool {
    let base = baseName(name).lowercased()
    if name.hasPrefix("__MACOSX/") || base.hasPrefix(".") { return false }
    if describingWords.contains(where: base.contains) { return false }
    return dataSuffixes.contains(where: base.hasSuffix)
  }

  /// Nothing is ever extracted, so such a name could do no harm; but whoever made the archive meant
  /// some, and its other members deserve no trust.
  private static func isUnsafe(_ name: String) -> Bool {
    name.hasPrefix("/") || name.split(separator: "/").contains("..")
  }

  private static func baseName(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }
}
