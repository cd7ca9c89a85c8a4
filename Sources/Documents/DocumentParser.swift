import Yams

/// A larger file is no survey and no model, of which the built-in one has 60 kB. What the YAML library
/// makes of a file takes up to fifty times its size.
package let documentByteLimit = 4 << 20

/// Turns the bytes of a YAML file into nodes, within limits that no honest file meets.
struct DocumentParser {
  static let depthLimit = 64
  /// Values counted after aliases were followed, so that a few lines cannot stand for millions.
  static let valueLimit = 200_000

  private let source: String
  private var valueCount = 0

  /// The root of the document, or what makes it unreadable.
  static func parse(_ yaml: [UInt8], source: String) throws(DocumentFaults) -> DocumentNode {
    if yaml.count > documentByteLimit {
      throw DocumentFaults(source: source, only: .tooLarge(limit: documentByteLimit))
    }
    // libyaml would count the byte order mark as the first column of the first line.
    let bytes = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? yaml[3...] : yaml[...]
    if let root = PlainYAML.root(of: bytes) { return root }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentFaults(source: source, only: .notUTF8(offset: lengthOfUTF8Prefix(yaml)))
    }
    return try libraryTree(text, source: source)
  }

  /// As the YAML library reads the text: all of YAML, with all faults.
  static func libraryTree(
    _ text: String, source: String
  ) throws(DocumentFaults) -> DocumentNode {
    try refuseAliasesAsKeys(text, source: source)
    return try tree(text, source: source)
  }

  private static func tree(_ text: String, source: String) throws(DocumentFaults) -> DocumentNode {
    var parser = DocumentParser(source: source)
    return try parser.node(compose(text, source: source), depth: 1)
  }

  /// While it reads, Yams hashes every key, and the hash of an alias walks all that the alias
  /// stands for: a bomb that goes off before anything can be counted. So where aliases may be,
  /// the text is read once with its asterisks replaced; an alias is then a plain text that starts
  /// with the stand-in.
  private static func refuseAliasesAsKeys(
    _ text: String, source: String
  ) throws(DocumentFaults) {
    guard text.utf8.contains(UInt8(ascii: "&")), text.utf8.contains(UInt8(ascii: "*")) else {
      return
    }
    var defused = String.UnicodeScalarView()
    defused.append(contentsOf: text.unicodeScalars.lazy.map { $0 == "*" ? aliasStandIn : $0 })
    _ = try tree(String(defused), source: source)
  }

  /// A character for private use.
  private static let aliasStandIn: Unicode.Scalar = "\u{E000}"

  private static func compose(_ text: String, source: String) throws(DocumentFaults) -> Node {
    let root: Node?
    do {
      // `.basic` leaves every scalar as written: `Scalar` decides what it is. UTF-8 is said
      // because Yams would else ask an environment variable.
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw DocumentFaults(source: source, faults: [error.fault])
    } catch {
      throw DocumentFaults(source: source, only: .syntax(String(describing: error)))
    }
    guard let root else { throw DocumentFaults(source: source, only: .noContent) }
    return root
  }

  private init(source: String) { self.source = source }

  private mutating func node(_ node: Node, depth: Int) throws(DocumentFaults) -> DocumentNode {
    valueCount += 1
    if depth > DocumentParser.depthLimit {
      throw fault(.tooDeep(limit: DocumentParser.depthLimit), at: node)
    }
    if valueCount > DocumentParser.valueLimit {
      throw fault(.tooManyValues(limit: DocumentParser.valueLimit), at: node)
    }
    let content = try content(of: node, depth: depth)
    return DocumentNode(content: content, position: Position(node.mark))
  }

  private mutating func content(
    of node: Node, depth: Int
  ) throws(DocumentFaults) -> DocumentNode.Content {
    switch node {
    case .scalar(let scalar):
      return .scalar(try self.scalar(scalar, of: node))
    case .sequence(let sequence):
      try refuse(tag: sequence.tag, but: .seq, of: node)
      var items: [DocumentNode] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return .list(items)
    case .mapping(let mapping):
      try refuse(tag: mapping.tag, but: .map, of: node)
      var entries: [DocumentNode.Entry] = []
      for (key, value) in mapping { entries.append(try entry(key, value, depth: depth)) }
      return .mapping(entries)
    case .alias:
      // Yams resolves aliases while composing.
      throw fault(.syntax("an alias that was not resolved"), at: node)
    }
  }

  private mutating func entry(
    _ key: Node, _ value: Node, depth: Int
  ) throws(DocumentFaults) -> DocumentNode.Entry {
    guard case .scalar(let scalar) = key,
      scalar.style != .plain || scalar.string.unicodeScalars.first != DocumentParser.aliasStandIn
    else { throw fault(.keyIsNoText, at: key) }
    return DocumentNode.Entry(
      key: scalar.string, keyPosition: Position(key.mark),
      value: try node(value, depth: depth + 1))
  }

  private func scalar(
    _ scalar: Node.Scalar, of node: Node
  ) throws(DocumentFaults) -> Scalar {
    switch Tag.Name(rawValue: scalar.tag.rawValue) {
    case .implicit, .int, .float, .bool, .null:
      return Scalar(text: scalar.string, isPlain: true)
    case .str, .nonSpecific:
      return Scalar(text: scalar.string, isPlain: false)
    default:
      throw fault(.unsupportedTag(scalar.tag.rawValue), at: node)
    }
  }

  private func refuse(
    tag: Tag, but allowed: Tag.Name, of node: Node
  ) throws(DocumentFaults) {
    let name = Tag.Name(rawValue: tag.rawValue)
    if name != .implicit, name != .nonSpecific, name != allowed {
      throw fault(.unsupportedTag(tag.rawValue), at: node)
    }
  }

  private func fault(_ kind: Fault.Kind, at node: Node) -> DocumentFaults {
    DocumentFaults(source: source, only: kind, line: node.mark?.line, column: node.mark?.column)
  }

  private static func lengthOfUTF8Prefix(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      length += UTF8.width(scalar)
    }
    return length
  }
}

extension Position {
  fileprivate init?(_ mark: Mark?) {
    guard let mark else { return nil }
    self.init(line: mark.line, column: mark.column)
  }
}

extension YamlError {
  /// What Yams reports, with its place.
  fileprivate var fault: Fault {
    switch self {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
      return Fault(path: "", line: mark.line, column: mark.column, kind: .syntax(words))
    case .composer(let context, let problem, let mark, _):
      // The only composer error with a context is the one about a second document.
      let kind: Fault.Kind = context == nil ? .syntax(problem) : .severalDocuments
      return Fault(path: "", line: mark.line, column: mark.column, kind: kind)
    case .duplicatedKeysInMapping(let keys, let context):
      return Fault(
        path: "", line: context.mark.line, column: context.mark.column,
        kind: .duplicateKey(keys.first ?? ""))
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count(where: \.isNewline) + 1 }
      return Fault(path: "", line: line, column: nil, kind: .syntax(problem))
    default:
      return Fault(path: "", line: nil, column: nil, kind: .syntax(description))
    }
  }
}
