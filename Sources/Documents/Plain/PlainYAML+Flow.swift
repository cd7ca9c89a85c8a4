/// Lists and mappings in brackets.
extension PlainYAML {
  mutating func flow() throws(Unusual) -> DocumentNode {
    let isList = isNext("[")
    return try node(at: position) { (reader) throws(Unusual) in
      reader.advance()
      return isList ? .list(try reader.flowItems()) : .mapping(try reader.flowEntries())
    }
  }

  private mutating func flowItems() throws(Unusual) -> [DocumentNode] {
    var items: [DocumentNode] = []
    try skipFlowSpace()
    while !isNext("]") {
      items.append(try flowValue())
      try skipFlowSpace()
      if isNext("]") { break }
      try expect(",")
      try skipFlowSpace()
    }
    advance()
    return items
  }

  private mutating func flowEntries() throws(Unusual) -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    try skipFlowSpace()
    while !isNext("}") {
      let position = position
      let key = try key(isInFlow: true)
      try skipFlowSpace()
      entries.append(
        DocumentNode.Entry(key: key, keyPosition: position, value: try flowValue()))
      try skipFlowSpace()
      if isNext("}") { break }
      try expect(",")
      try skipFlowSpace()
    }
    advance()
    try refuseRepeatedKeys(entries)
    return entries
  }

  private mutating func flowValue() throws(Unusual) -> DocumentNode {
    isNext("[") || isNext("{") ? try flow() : try flowScalar()
  }

  /// Spaces, line ends and comments.
  private mutating func skipFlowSpace() throws(Unusual) {
    while at < bytes.count {
      skipSpaces()
      if isNext("#") {
        guard column == 0 || bytes[at - 1] == PlainYAML.space else { throw Unusual() }
        skipComment()
      }
      guard next == PlainYAML.newLine else { return }
      skipLineEnd()
    }
    throw Unusual()
  }
}
