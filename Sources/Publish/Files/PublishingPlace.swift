import SystemCalls

/// The directory that is published, as the entry of its parent that it is: held open, so that
/// nothing that happens to the path in the meantime leads anywhere else.
struct PublishingPlace {
  /// As the user named it, without slashes at its end.
  let path: String
  let name: String
  let parent: Directory
  let hidden: HiddenNames
  let kind: OutputSet.Kind
  /// The directory that is replaced; nil where there was none.
  private(set) var replaced: SystemCalls.FileStatus?

  /// - Throws: ``PublishError`` where no directory can be published there, whatever is in it.
  init(_ target: String, _ kind: OutputSet.Kind) throws(PublishError) {
    try self.init(entry: target, kind)
    if ["", ".", "..", "/"].contains(name) { throw .targetCannotBeSwapped(path: target) }
    let mostBytes = HiddenNames.nameBytes - KeptRejects.longestSuffix.utf8.count
    if name.utf8.count > mostBytes { throw .targetNameTooLong(path: path, mostBytes: mostBytes) }
    replaced = try status()
  }

  /// The place of a single file.
  ///
  /// - Throws: ``PublishError`` where something else is there, such as a link or a device.
  init(file path: String) throws(PublishError) {
    try self.init(entry: path, .run)
    do {
      replaced = try parent.status(of: name)
    } catch {
      throw .cannotCreate(error)
    }
    if let replaced, replaced.kind != .regular { throw .targetIsNotAFile(path: path) }
  }

  private init(entry: String, _ kind: OutputSet.Kind) throws(PublishError) {
    self.kind = kind
    path = PublishingPlace.withoutTrailingSlashes(entry)
    let (parentPath, name) = PublishingPlace.split(path)
    (self.name, hidden) = (name, HiddenNames(target: name))
    do {
      parent = try Directory(path: parentPath)
    } catch {
      switch error.errno {
      case .noSuchFileOrDirectory, .notDirectory: throw .parentMissing(path: parentPath)
      default: throw .cannotCreate(error)
      }
    }
  }

  /// The target's status. A symbolic link is refused as well: nothing is ever written through one.
  private func status() throws(PublishError) -> SystemCalls.FileStatus? {
    let status: SystemCalls.FileStatus
    let parentDevice: UInt64
    do throws(SystemCallError) {
      guard let found = try parent.status(of: name) else { return nil }
      status = found
      parentDevice = try parent.status().device
    } catch {
      throw .cannotCreate(error)
    }
    if status.kind != .directory { throw .targetIsNotADirectory(path: path) }
    if status.device != parentDevice { throw .targetCannotBeSwapped(path: path) }
    return status
  }

  /// Puts back a set that a dead run had put aside, and removes what dead runs left.
  ///
  /// Call with the lock held: then whoever named these is dead, even where its number is in use.
  mutating func repair() throws(PublishError) {
    do throws(SystemCallError) {
      for entry in try parent.names() {
        if hidden.setAsideOwner(of: entry) != nil, try parent.status(of: name) == nil {
          try parent.move(entry, as: name)
          try parent.synchronize()
        } else if hidden.setAsideOwner(of: entry) != nil || hidden.stagingOwner(of: entry) != nil {
          OutputSet.remove(entry, kind, from: parent)
        }
      }
    } catch {
      throw .cannotCreate(error)
    }
    replaced = try status()
  }

  /// Removes what runs left whose process is no more: of a single file.
  func removeLeftoversOfTheDead() {
    for entry in (try? parent.names()) ?? [] {
      // One with our own number is a dead run's too: in a container numbers soon come round again.
      guard let owner = hidden.stagingOwner(of: entry),
        owner == SystemCalls.processID() || !SystemCalls.processExists(owner)
      else { continue }
      try? parent.removeFile(entry)
    }
  }

  /// - Throws: ``PublishError/targetHoldsForeignFile(path:name:)``.
  func checkContents() throws(PublishError) {
    guard replaced != nil else { return }
    let foreign: String?
    do {
      foreign = try OutputSet.foreignEntry(in: parent.directory(name), kind)
    } catch {
      throw .cannotCreate(error)
    }
    if let foreign { throw .targetHoldsForeignFile(path: path, name: foreign) }
  }

  /// Checks that the target, and the directory it is in, are what they were at the start.
  func checkUnchanged() throws(PublishError) {
    let isParentInPlace: Bool
    do throws(SystemCallError) {
      let found = try SystemCalls.fileStatus(parent.path)
      isParentInPlace = found?.isSameFile(as: try parent.status()) ?? false
    } catch {
      throw .cannotCreate(error)
    }
    let now = try status()
    let isTargetInPlace =
      if let replaced, let now { replaced.isSameFile(as: now) } else { replaced == now }
    if !isParentInPlace || !isTargetInPlace { throw .targetChanged(path: path) }
    try checkContents()
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private static func split(_ path: String) -> (parent: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let parent = path[..<slash]
    return (parent.isEmpty ? "/" : String(parent), String(path[path.index(after: slash)...]))
  }
}
