/// Where a value stands in its document. Put into words only for a fault: a file has thousands of
/// values, and hardly a fault.
indirect enum DocumentPlace: Sendable {
  case root
  case item(Int, of: DocumentPlace)
  case value(String, of: DocumentPlace)

  /// E.g. `criteria[3].absorbed_by[0]`; empty for the root.
  var text: String {
    switch self {
    case .root: ""
    case .item(let index, let list): list.text + "[\(index)]"
    case .value(let key, let mapping): mapping.text(with: key)
    }
  }

  /// `stages.x` or, for keys that are no plain names, `values["1-2 people"]`.
  private func text(with key: String) -> String {
    let path = text
    let isName = !key.isEmpty && key.utf8.allSatisfy(isNameByte)
    if !isName { return path + "[\"\(key)\"]" }
    return path.isEmpty ? key : path + "." + key
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
