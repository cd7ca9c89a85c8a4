import SystemCalls

/// A new set that has taken the target's place, and the old one that waits to be removed.
struct DirectorySwap {
  private let place: PublishingPlace
  private let method: Method

  private enum Method {
    /// There was nothing: one rename.
    case moved
    /// One step, old and new.
    case exchanged
    /// Where the system has no exchange: the old set put aside, then the new one moved. A run that
    /// dies in between leaves no target; the next run puts the old set back.
    case setAside
  }

  /// Swaps the new set in.
  ///
  /// - Throws: ``PublishError``; the old set is in its place then.
  init(_ place: PublishingPlace) throws(PublishError) {
    self.place = place
    do {
      method = try DirectorySwap.swap(place)
    } catch {
      throw DirectorySwap.failure(error, place)
    }
  }

  private static func swap(_ place: PublishingPlace) throws(SystemCallError) -> Method {
    let (parent, staging, name) = (place.parent, place.hidden.staging, place.name)
    guard place.replaced != nil else {
      try parent.move(staging, as: name)
      return .moved
    }
    do throws(SystemCallError) {
      try parent.exchange(staging, name)
      return .exchanged
    } catch {
      switch error.errno {
      case .invalidArgument, .noFunction, .notSupported: break
      default: throw error
      }
    }
    try parent.move(name, as: place.hidden.setAside)
    do throws(SystemCallError) {
      try parent.move(staging, as: name)
    } catch {
      try parent.move(place.hidden.setAside, as: name)
      throw error
    }
    return .setAside
  }

  private static func failure(_ error: SystemCallError, _ place: PublishingPlace) -> PublishError {
    switch error.errno {
    case .improperLink, .resourceBusy: .targetCannotBeSwapped(path: place.path)
    case .noSuchFileOrDirectory, .notDirectory, .directoryNotEmpty, .fileExists, .isDirectory:
      .targetChanged(path: place.path)
    case .permissionDenied, .notPermitted, .readOnlyFileSystem:
      .parentNotWritable(error, target: place.path)
    default: .cannotWrite(error)
    }
  }

  /// Makes the swap last, and removes the old set.
  ///
  /// - Throws: ``PublishError``; the swap has been undone then, but for
  ///   ``PublishError/notDurable(_:)``.
  func settle() throws(PublishError) {
    do {
      try place.parent.synchronize()
    } catch {
      // The old set must not go before the new one is sure to stay.
      try undo(orElse: .notDurable(error))
      throw .cannotWrite(error)
    }
    guard let old = oldName else { return }
    // A file that arrived in the very last moment is in the old set now.
    let found = (try? place.parent.directory(old)).flatMap {
      try? OutputSet.foreignEntry(in: $0, place.kind)
    }
    if let foreign = found ?? nil {
      try undo(orElse: .targetHoldsForeignFile(path: place.parent.path(of: old), name: foreign))
      throw .targetHoldsForeignFile(path: place.path, name: foreign)
    }
    OutputSet.remove(old, place.kind, from: place.parent)
  }

  private var oldName: String? {
    switch method {
    case .moved: nil
    case .exchanged: place.hidden.staging
    case .setAside: place.hidden.setAside
    }
  }

  private func undo(orElse failure: PublishError) throws(PublishError) {
    let (parent, staging, name) = (place.parent, place.hidden.staging, place.name)
    do throws(SystemCallError) {
      switch method {
      case .moved: try parent.move(name, as: staging)
      case .exchanged: try parent.exchange(staging, name)
      case .setAside:
        try parent.move(name, as: staging)
        try parent.move(place.hidden.setAside, as: name)
      }
    } catch {
      throw failure
    }
    OutputSet.remove(staging, place.kind, from: parent)
  }
}
