/// Short names that tell several inputs apart.
package enum SourceNames {
  /// The base name of each path; where two inputs share it, the shortest suffix of their paths, in
  /// whole path components, that tells them apart.
  ///
  /// The same path given twice keeps one name: it is one file.
  package static func names(for paths: [String]) -> [String] {
    let components = paths.map { path in
      path == "-" ? ["-"] : path.split(separator: "/").map(String.init)
    }
    return paths.indices.map { index in
      let own = components[index]
      let others = paths.indices.filter { paths[$0] != paths[index] }.map { components[$0] }
      let length =
        (1...max(1, own.count)).first { length in
          !others.contains { $0.suffix(length) == own.suffix(length) }
        } ?? own.count
      return own.suffix(length).joined(separator: "/")
    }
  }
}
