import Fingerprint
import SystemCalls

/// The names of what a run keeps beside its target while it runs.
///
/// All begin with a dot and the target's name; where that would be longer than a name can be, with
/// its beginning and a hash of it.
struct HiddenNames {
  /// A name's limit nearly everywhere.
  static let nameBytes = 255

  private let stem: String

  init(target name: String) {
    // What is put behind it has less than 55 bytes.
    guard name.utf8.count > HiddenNames.nameBytes - 55 else {
      stem = "." + name
      return
    }
    var hash = SHA256()
    Array(name.utf8).withUnsafeBytes { hash.update($0) }
    stem =
      "." + String(decoding: name.utf8.prefix(150), as: UTF8.self) + "~"
      + hash.hexadecimal().prefix(16)
  }

  var lock: String { stem + ".lock" }

  /// The new set, and after an exchange the old one.
  var staging: String { stem + HiddenNames.stagingMark + "\(SystemCalls.processID())" }

  /// The old set, where the system can rename only one directory at a time.
  var setAside: String { stem + HiddenNames.setAsideMark + "\(SystemCalls.processID())" }

  private static let stagingMark = ".stagecraft-partial-"
  private static let setAsideMark = ".stagecraft-old-"

  /// The number of the process that named something `staging`; nil for any other name.
  func stagingOwner(of name: String) -> Int32? { owner(of: name, HiddenNames.stagingMark) }
  func setAsideOwner(of name: String) -> Int32? { owner(of: name, HiddenNames.setAsideMark) }

  private func owner(of name: String, _ mark: String) -> Int32? {
    let prefix = stem + mark
    guard name.hasPrefix(prefix) else { return nil }
    return Int32(name.dropFirst(prefix.count))
  }
}
