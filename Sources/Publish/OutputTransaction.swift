import SystemCalls

/// A set of files that appears in a directory all at once, or not at all.
///
/// The files are written into a hidden directory beside the target, forced to the disk, and swapped
/// in with one rename. A run that dies on the way leaves the old set as it was and at most that
/// hidden directory, which the next run to the same target removes.
package final class OutputTransaction {
  private let target: String
  private let parent: String
  private let staging: String
  private var targetExists = false
  private var open: [OutputFile] = []
  private var isOver = false

  /// Checks the target and creates the hidden directory.
  ///
  /// - Throws: ``PublishError`` where the target cannot, or must not, be replaced.
  package init(target: String) throws(PublishError) {
    self.target = OutputTransaction.withoutTrailingSlashes(target)
    let (parent, name) = OutputTransaction.split(self.target)
    self.parent = parent
    staging = parent + "/." + name + OutputTransaction.stagingMark + "\(SystemCalls.processID())"
    try checkTarget()
    try removeLeftovers(of: name)
    do {
      try SystemCalls.makeDirectory(staging)
    } catch {
      if error.errno == .noSuchFileOrDirectory { throw .parentMissing(path: parent) }
      throw .cannotCreate(error)
    }
  }

  deinit {
    if !isOver { discard() }
  }

  private static let stagingMark = ".stagecraft-partial-"

  /// Starts one more file of the set.
  package func makeFile(_ name: String) throws(PublishError) -> OutputFile {
    let file = try OutputFile(name: name, path: staging + "/" + name)
    open.append(file)
    return file
  }

  /// Finishes a file: on disk, closed, hashed.
  package func finish(_ file: OutputFile) throws(PublishError) -> PublishedFile {
    open.removeAll { $0 === file }
    return try file.finish()
  }

  /// Swaps the new set in and removes the old one.
  package func commit() throws(PublishError) {
    precondition(open.isEmpty, "every file is finished before the set is published")
    do throws(SystemCallError) {
      try SystemCalls.synchronizeDirectory(staging)
      if targetExists {
        try SystemCalls.exchange(staging, target)
      } else {
        try SystemCalls.moveEntry(staging, to: target)
      }
      isOver = true
      try SystemCalls.synchronizeDirectory(parent)
    } catch {
      throw .cannotWrite(error)
    }
    // After an exchange the hidden directory is the old set.
    if targetExists { removeDirectory(staging) }
  }

  /// Gives the set up. One of its files may be kept beside the target, under another name.
  package func abandon(keeping name: String? = nil, as suffix: String = "") throws(PublishError) {
    if let name {
      do {
        try SystemCalls.moveEntry(staging + "/" + name, to: target + suffix)
      } catch {
        throw .cannotWrite(error)
      }
    }
    discard()
  }

  private func discard() {
    isOver = true
    open.removeAll()
    removeDirectory(staging)
  }

  private func checkTarget() throws(PublishError) {
    let status: SystemCalls.FileStatus?
    do {
      status = try SystemCalls.linkStatus(target)
    } catch {
      throw .cannotCreate(error)
    }
    guard let status else { return }
    // A symbolic link is refused as well: nothing is ever written through one.
    if status.kind != .directory { throw .targetIsNotADirectory(path: target) }
    targetExists = true
    for name in try names(in: target) where !OutputNames.all.contains(name) {
      throw .targetHoldsForeignFile(path: target, name: name)
    }
  }

  /// Removes what a run that died left beside the same target.
  private func removeLeftovers(of name: String) throws(PublishError) {
    guard (try? SystemCalls.linkStatus(parent)) != nil else { return }
    for entry in try names(in: parent)
    where entry.hasPrefix("." + name + OutputTransaction.stagingMark) {
      let owner = entry.split(separator: "-").last.flatMap { Int32($0) }
      // One with our own number is a dead run's too: in a container numbers soon come round again.
      if let owner, owner != SystemCalls.processID(), SystemCalls.processExists(owner) { continue }
      removeDirectory(parent + "/" + entry)
    }
  }

  private func names(in directory: String) throws(PublishError) -> [String] {
    do {
      return try SystemCalls.namesInDirectory(directory)
    } catch {
      if error.errno == .noSuchFileOrDirectory { throw .parentMissing(path: directory) }
      throw .cannotCreate(error)
    }
  }

  /// Removes a directory of plain files. What cannot be removed stays for the next run.
  private func removeDirectory(_ path: String) {
    for name in (try? SystemCalls.namesInDirectory(path)) ?? [] {
      try? SystemCalls.removeFile(path + "/" + name)
    }
    try? SystemCalls.removeDirectory(path)
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private static func split(_ path: String) -> (parent: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let parent = path[..<slash]
    return (parent.isEmpty ? "/" : String(parent), String(path[path.index(after: slash)...]))
  }
}
