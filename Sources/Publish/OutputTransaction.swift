import SystemCalls

/// A set of files that appears in a directory all at once, or not at all.
///
/// The files are written into a hidden directory beside the target, forced to the disk, checked, and
/// swapped in with one rename. A run that dies on the way leaves the old set as it was and at most
/// that hidden directory and a lock, which the next run to the same target removes.
package final class OutputTransaction {
  private let place: PublishingPlace
  private let lock: TargetLock
  private let staging: Directory
  private var open: [OutputFile] = []
  private var finished: [PublishedFile] = []
  private var isOver = false

  /// Takes the lock, checks the target and creates the hidden directory.
  ///
  /// - Throws: ``PublishError`` where the target cannot, or must not, be replaced.
  package init(
    target: String, kind: OutputSet.Kind = .run
  ) throws(PublishError) {
    var place = try PublishingPlace(target, kind)
    lock = try TargetLock(place.hidden.lock, in: place.parent, target: place.path)
    try place.repair()
    try place.checkContents()
    self.place = place
    staging = try OutputTransaction.makeStaging(place)
  }

  deinit {
    if !isOver { discard() }
  }

  /// Looks at a target as a run does, and touches nothing.
  ///
  /// - Returns: whether a set is there that would be replaced.
  /// - Throws: ``PublishError`` where the target cannot, or must not, be replaced.
  package static func wouldReplace(_ target: String) throws(PublishError) -> Bool {
    let place = try PublishingPlace(target, .run)
    do {
      try SystemCalls.checkWritable(place.parent.path)
    } catch {
      throw .parentNotWritable(error, target: place.path)
    }
    try place.checkContents()
    return place.replaced != nil
  }

  private static func makeStaging(_ place: PublishingPlace) throws(PublishError) -> Directory {
    let name = place.hidden.staging
    do throws(SystemCallError) {
      try place.parent.makeDirectory(name)
      return try place.parent.directory(name)
    } catch {
      try? place.parent.removeDirectory(name)
      switch error.errno {
      case .permissionDenied, .notPermitted, .readOnlyFileSystem:
        throw .parentNotWritable(error, target: place.path)
      case .noSpace, .diskQuotaExceeded, .ioError:
        throw PublishError(writing: error, bytesNeeded: 0)
      default: throw .cannotCreate(error)
      }
    }
  }

  /// As the user named it.
  var target: String { place.path }

  /// The set that will be replaced; nil where there is none.
  func replacedSet() throws(SystemCallError) -> Directory? {
    place.replaced == nil ? nil : try place.parent.directory(place.name)
  }

  /// Starts one more file of the set.
  package func makeFile(_ name: String) throws(PublishError) -> OutputFile {
    let file = try OutputFile(name: name, in: staging)
    open.append(file)
    return file
  }

  /// Finishes a file: on disk, closed, hashed.
  package func finish(_ file: OutputFile) throws(PublishError) -> PublishedFile {
    open.removeAll { $0 === file }
    let published = try file.finish()
    finished.append(published)
    return published
  }

  /// Swaps the new set in and removes the old one, and rejects that an older run kept beside it.
  package func commit() throws(PublishError) {
    precondition(open.isEmpty, "every file is finished before the set is published")
    try checkStaging()
    try place.checkUnchanged()
    keepModeAndGroup()
    try synchronize(staging)
    do throws(SystemCallError) {
      // The last moment at which a signal can stop it.
      try Interruption.check("rename", place.path)
    } catch {
      throw .cannotWrite(error)
    }
    let swap = try DirectorySwap(place)
    isOver = true
    try swap.settle()
    if place.kind == .run { for rejects in KeptRejects.all(place) { rejects.removeStale() } }
    lock.release()
  }

  /// Checks that the hidden directory holds what was written, and nothing else.
  private func checkStaging() throws(PublishError) {
    let written = Dictionary(finished.map { ($0.name, Int64($0.bytes)) }) { $1 }
    var found: [String: Int64] = [:]
    do throws(SystemCallError) {
      for name in try staging.names() {
        let status = try staging.status(of: name)
        found[name] = status?.kind == .regular ? status?.bytes : -1
      }
    } catch {
      throw .cannotWrite(error)
    }
    if found != written { throw .damaged(path: staging.path) }
  }

  /// Whoever could read the old directory can read the new one.
  private func keepModeAndGroup() {
    guard let replaced = place.replaced else { return }
    // The group may be one that we are not in; then the permissions are all that can be kept.
    try? staging.setGroup(replaced.group)
    try? staging.setPermissions(replaced.permissions)
  }

  private func synchronize(_ directory: Directory) throws(PublishError) {
    do {
      try directory.synchronize()
    } catch {
      throw PublishError(writing: error, bytesNeeded: finished.reduce(0) { $0 + $1.bytes })
    }
  }

  /// Gives the set up, but keeps its rejects beside the target.
  ///
  /// - Returns: where they are.
  package func withhold() throws(PublishError) -> String {
    var paths: [String] = []
    for rejects in KeptRejects.all(place) {
      if let path = try rejects.keep(from: staging) { paths.append(path) }
    }
    discard()
    return paths.first ?? ""
  }

  /// Gives the set up.
  package func abandon() {
    if !isOver { discard() }
  }

  private func discard() {
    isOver = true
    open.removeAll()
    OutputSet.remove(place.hidden.staging, place.kind, from: place.parent, opened: staging)
    lock.release()
  }
}
