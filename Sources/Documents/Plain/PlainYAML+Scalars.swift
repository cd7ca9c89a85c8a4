/// Texts with and without quotes, and blocks of text.
extension PlainYAML {
  /// A text in a block, up to the end of its line.
  mutating func scalar(indent: Int) throws(Unusual) -> DocumentNode {
    if isNext(">") || isNext("|") {
      return try scalarNode(isPlain: false) { (reader) throws(Unusual) in
        try reader.textBlock(indent: indent)
      }
    }
    return try scalar(isInFlow: false)
  }

  mutating func flowScalar() throws(Unusual) -> DocumentNode { try scalar(isInFlow: true) }

  private mutating func scalar(isInFlow: Bool) throws(Unusual) -> DocumentNode {
    let isQuoted = isNext("\"") || isNext("'")
    return try scalarNode(isPlain: !isQuoted) { (reader) throws(Unusual) in
      isQuoted ? try reader.quoted() : try reader.unquoted(isInFlow: isInFlow)
    }
  }

  private mutating func scalarNode(
    isPlain: Bool, _ text: (inout PlainYAML) throws(Unusual) -> String
  ) throws(Unusual) -> DocumentNode {
    try node(at: position) { (reader) throws(Unusual) in
      .scalar(Scalar(text: try text(&reader), isPlain: isPlain))
    }
  }

  /// A key on one line, and its colon.
  mutating func key(isInFlow: Bool = false) throws(Unusual) -> String {
    let (start, line) = (at, line)
    let isQuoted = isNext("\"") || isNext("'")
    let key = isQuoted ? try quoted() : try unquoted(isInFlow: isInFlow)
    // libyaml looks 1,024 characters ahead for the colon.
    guard self.line == line, at - start < 1_000, isNext(":"), isBlank(1) else { throw Unusual() }
    advance()
    return key
  }

  /// Whether a key stands here.
  func isKey() throws(Unusual) -> Bool {
    if isNext("[") || isNext("{") || isNext(">") || isNext("|") { return false }
    var ahead = self
    let isQuoted = isNext("\"") || isNext("'")
    _ = isQuoted ? try ahead.quoted() : try ahead.unquoted(isInFlow: false)
    return ahead.line == line && ahead.isNext(":")
  }

  // MARK: Without quotes

  private mutating func unquoted(isInFlow: Bool) throws(Unusual) -> String {
    guard !PlainYAML.isIndicator(next), !isBlank(0) else { throw Unusual() }
    var text = try words(isInFlow: isInFlow)
    // In brackets a text goes on over line ends, each of them a space.
    while isInFlow, next == PlainYAML.newLine {
      skipLineEnd()
      skipSpaces()
      if next == PlainYAML.newLine || at == bytes.count { throw Unusual() }
      if isNext("#") || endsText(isInFlow: true) { break }
      text += " " + (try words(isInFlow: true))
    }
    return text
  }

  /// Whether a text without quotes does not begin with the character, or not always.
  private static func isIndicator(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "-", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@",
      "`":
      true
    default: false
    }
  }

  /// The words up to the line's end or to what ends the text; the place is then behind the spaces
  /// that follow them.
  private mutating func words(isInFlow: Bool) throws(Unusual) -> String {
    let start = at
    var end = at
    while next != PlainYAML.newLine, at < bytes.count {
      if next == PlainYAML.space {
        skipSpaces()
        if isNext("#") { break }
        continue
      }
      if endsText(isInFlow: isInFlow) { break }
      if isInFlow, isNext(":"), PlainYAML.isFlowIndicator(byte(1)) { throw Unusual() }
      advance()
      end = at
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case ",", "?", "[", "]", "{", "}": true
    default: false
    }
  }

  private func endsText(isInFlow: Bool) -> Bool {
    switch next {
    case UInt8(ascii: ":"): isBlank(1)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      isInFlow
    default: false
    }
  }

  // MARK: In quotes

  private mutating func quoted() throws(Unusual) -> String {
    let quote = next
    advance()
    var text: [UInt8] = []
    while next != quote || (quote == UInt8(ascii: "'") && byte(1) == quote) {
      if at == bytes.count { throw Unusual() }
      if next == PlainYAML.newLine {
        try foldLineEnd(&text)
        continue
      }
      if next == quote { advance() }
      if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        advance()
        guard isNext("\"") || isNext("\\") else { throw Unusual() }
      }
      text.append(next)
      advance()
    }
    advance()
    return String(decoding: text, as: UTF8.self)
  }

  /// A line end and the spaces around it are one space.
  private mutating func foldLineEnd(_ text: inout [UInt8]) throws(Unusual) {
    while text.last == PlainYAML.space { text.removeLast() }
    skipLineEnd()
    skipSpaces()
    if next == PlainYAML.newLine { throw Unusual() }
    text.append(PlainYAML.space)
  }

  // MARK: Blocks of text

  /// `>`, `>-`, `|` or `|-`, and lines of one indent without blank ones among them.
  private mutating func textBlock(indent: Int) throws(Unusual) -> String {
    let joint = isNext(">") ? " " : "\n"
    advance()
    let isStripped = isNext("-")
    if isStripped { advance() }
    guard next == PlainYAML.newLine else { throw Unusual() }
    skipLineEnd()
    let inner = bytes[at...].prefix { $0 == PlainYAML.space }.count
    guard inner > indent, byte(inner) != PlainYAML.newLine else { throw Unusual() }
    var lines: [String] = []
    while let line = try blockLine(inner) { lines.append(line) }
    return lines.joined(separator: joint) + (isStripped ? "" : "\n")
  }

  /// The next line of a block; nil where a line with less indent follows.
  ///
  /// - Throws: for blank lines within the block, and lines with more indent, which are not folded.
  private mutating func blockLine(_ inner: Int) throws(Unusual) -> String? {
    if at == bytes.count { return nil }
    let rest = bytes[at...].drop { $0 == PlainYAML.newLine }
    let indent = rest.prefix { $0 == PlainYAML.space }.count
    // A line of spaces may be content or not.
    if rest.dropFirst(indent).first == PlainYAML.newLine { throw Unusual() }
    if indent < inner { return nil }
    guard indent == inner, rest.startIndex == at else { throw Unusual() }
    advance(inner)
    let start = at
    skipComment()
    let line = text(from: start)
    skipLineEnd()
    return line
  }
}
