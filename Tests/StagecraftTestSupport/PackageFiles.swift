import Foundation

/// Where the files of this package lie, and those that a developer may have beside it.
package enum PackageFiles {
  /// The directory of Package.swift.
  package static let root: String = {
    let here = URL(fileURLWithPath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()

  package static func sample(_ name: String) -> String { root + "/SampleData/" + name }

  /// A public export that is not part of the package (`../shared/data`).
  package static func realExport(_ name: String) -> String {
    root + "/../shared/data/" + name
  }

  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  package static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }
}
