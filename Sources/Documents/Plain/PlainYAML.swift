/// Reads the plain part of YAML, many times faster than the YAML library.
///
/// Plain is what nearly all model and survey files are made of: ASCII, block mappings and lists,
/// flow mappings and lists, texts with and without quotes, and folded or literal blocks. At
/// anything else, valid or not (anchors, tags, tabs, absent values, other escapes, faults), it
/// gives up, and the library reads the file from its beginning: it alone knows faults. Tests hold
/// the two against each other: where this one reads a file, both read the same, places included.
struct PlainYAML {
  /// The file is not plain, for whatever reason.
  struct Unusual: Error {}

  let bytes: [UInt8]
  private(set) var at = 0
  private(set) var line = 1
  private var lineStart = 0
  private var values = 0
  private var depth = 0

  /// The root of the document; nil where the library has to read it.
  static func root(of text: some Collection<UInt8>) -> DocumentNode? {
    let bytes = Array(text)
    guard bytes.last == newLine, bytes.allSatisfy(isPlain), !hasDocumentMark(bytes) else {
      return nil
    }
    var reader = PlainYAML(bytes: bytes)
    return try? reader.document()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  static let newLine = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == newLine
  }

  /// `---` and `...` divide documents, and `%` begins a directive.
  private static func hasDocumentMark(_ bytes: [UInt8]) -> Bool {
    var before = newLine
    for (place, byte) in bytes.enumerated() {
      if before == newLine {
        if byte == UInt8(ascii: "%") { return true }
        let start = bytes[place...].prefix(3)
        if start.elementsEqual("---".utf8) || start.elementsEqual("...".utf8) { return true }
      }
      before = byte
    }
    return false
  }
}

// MARK: The place in the text

extension PlainYAML {
  /// The byte at the place, 0 behind the end.
  var next: UInt8 { byte(0) }
  var position: Position { Position(line: line, column: column + 1) }
  var column: Int { at - lineStart }

  func byte(_ distance: Int) -> UInt8 {
    at + distance < bytes.count ? bytes[at + distance] : 0
  }

  func isNext(_ character: Unicode.Scalar) -> Bool { next == UInt8(ascii: character) }

  /// Whether a space, a line end or the end of the text stands there.
  func isBlank(_ distance: Int) -> Bool {
    let byte = byte(distance)
    return byte == PlainYAML.space || byte == PlainYAML.newLine || byte == 0
  }

  mutating func advance(_ count: Int = 1) { at += count }

  mutating func skipLineEnd() {
    at += 1
    line += 1
    lineStart = at
  }

  mutating func skipSpaces() { while next == PlainYAML.space { at += 1 } }

  mutating func expect(_ character: Unicode.Scalar) throws(Unusual) {
    guard isNext(character) else { throw Unusual() }
    advance()
  }

  /// Goes to the next line with content, over what is left of this one: spaces and a comment.
  mutating func endLine() throws(Unusual) {
    while at < bytes.count {
      let isSeparate = column == 0 || bytes[at - 1] == PlainYAML.space
      skipSpaces()
      if isNext("#") {
        guard isSeparate || bytes[at - 1] == PlainYAML.space else { throw Unusual() }
        skipComment()
      }
      guard next == PlainYAML.newLine else {
        // Content is expected at the start of a line alone.
        if column == indentOfLine { return }
        throw Unusual()
      }
      skipLineEnd()
    }
  }

  mutating func skipComment() { while next != PlainYAML.newLine { at += 1 } }

  private var indentOfLine: Int {
    var place = lineStart
    while place < bytes.count, bytes[place] == PlainYAML.space { place += 1 }
    return place - lineStart
  }

  func text(from start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }
}

// MARK: Blocks

extension PlainYAML {
  private mutating func document() throws(Unusual) -> DocumentNode {
    try endLine()
    guard column == 0, at < bytes.count else { throw Unusual() }
    let root = try block()
    guard at == bytes.count else { throw Unusual() }
    return root
  }

  /// A node, counted against the limits that the library's reader keeps as well.
  mutating func node(
    at position: Position, _ content: (inout PlainYAML) throws(Unusual) -> DocumentNode.Content
  ) throws(Unusual) -> DocumentNode {
    values += 1
    depth += 1
    guard values <= DocumentParser.valueLimit, depth <= DocumentParser.depthLimit else {
      throw Unusual()
    }
    let node = DocumentNode(content: try content(&self), position: position)
    depth -= 1
    return node
  }

  /// A list or a mapping that begins here and whose items all stand in this column.
  private mutating func block() throws(Unusual) -> DocumentNode {
    let column = column
    let isList = isItem
    return try node(at: position) { (reader) throws(Unusual) in
      isList
        ? .list(try reader.blockItems(column)) : .mapping(try reader.blockEntries(column))
    }
  }

  private var isItem: Bool { isNext("-") && isBlank(1) }

  private mutating func blockItems(_ column: Int) throws(Unusual) -> [DocumentNode] {
    var items: [DocumentNode] = []
    while at < bytes.count, self.column == column, isItem {
      advance()
      skipSpaces()
      items.append(try blockItem(column))
    }
    return items
  }

  private mutating func blockItem(_ column: Int) throws(Unusual) -> DocumentNode {
    if isAtLineEnd { return try nestedBlock(below: column) }
    let isBlock = isItem ? true : try isKey()
    return isBlock ? try block() : try inlineValue(indent: column)
  }

  private var isAtLineEnd: Bool { next == PlainYAML.newLine || isNext("#") }

  private mutating func nestedBlock(below column: Int) throws(Unusual) -> DocumentNode {
    try endLine()
    guard at < bytes.count, self.column > column else { throw Unusual() }
    return try block()
  }

  private mutating func blockEntries(_ column: Int) throws(Unusual) -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    while at < bytes.count, self.column == column, !isItem {
      let position = position
      let key = try key()
      skipSpaces()
      let value = try isAtLineEnd ? blockValue(column) : inlineValue(indent: column)
      entries.append(DocumentNode.Entry(key: key, keyPosition: position, value: value))
    }
    try refuseRepeatedKeys(entries)
    return entries
  }

  /// What stands on the lines below a key; items of a list may stand right below it.
  private mutating func blockValue(_ column: Int) throws(Unusual) -> DocumentNode {
    try endLine()
    guard at < bytes.count, self.column > column || (self.column == column && isItem) else {
      throw Unusual()
    }
    return try block()
  }

  /// A value on the line of its key or dash, up to the next line with content.
  private mutating func inlineValue(indent: Int) throws(Unusual) -> DocumentNode {
    let isText = !isNext("[") && !isNext("{")
    let value = try isText ? scalar(indent: indent) : flow()
    try endLine()
    // A text without quotes goes on over lines that stand deeper; here that is left to the library.
    if at < bytes.count, column > indent { throw Unusual() }
    return value
  }

  func refuseRepeatedKeys(_ entries: [DocumentNode.Entry]) throws(Unusual) {
    if entries.count > 16 {
      guard Set(entries.map(\.key)).count == entries.count else { throw Unusual() }
      return
    }
    for (place, entry) in entries.enumerated() {
      if entries[..<place].contains(where: { $0.key == entry.key }) { throw Unusual() }
    }
  }
}
