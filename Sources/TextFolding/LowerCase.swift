extension TextFolding {
  /// Lower case by the full Unicode mapping, with the final sigma.
  ///
  /// The standard library's `lowercased()` writes every capital sigma as σ; Unicode (chapter 3.13,
  /// condition Final_Sigma) wants ς at the end of a word.
  static func lowerCase(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count)
    for (place, scalar) in scalars.enumerated() {
      if scalar.value < 0x80 {
        result.append((0x41...0x5A).contains(scalar.value) ? asciiLower(scalar) : scalar)
      } else if scalar == "\u{3A3}" {
        result.append(isFinal(place, in: scalars) ? "\u{3C2}" : "\u{3C3}")
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  private static func asciiLower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(scalar.value) | 0x20)
  }

  /// A cased letter stands before the place and none after it, over what case ignores.
  private static func isFinal(_ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }
}
