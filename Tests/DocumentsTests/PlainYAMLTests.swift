import Testing

@testable import Documents

/// The reader of plain YAML against the library: where it reads a file, both read the same.
@Suite struct PlainYAMLTests {
  private func plain(_ yaml: String) -> DocumentNode? { PlainYAML.root(of: yaml.utf8) }

  private func library(_ yaml: String) -> DocumentNode? {
    try? DocumentParser.libraryTree(yaml, source: "file")
  }

  @Test(arguments: [
    "a: b\n", "\n# c\na: b\n\n", "a: b c  d \n", "a: b #c\n", "a: b#c\n", "a : b\n",
    "a: http://x\n",
    "a: \"b\"\n", "a: 'b''c'\n", "'a': b\n", "\"a b\": c # d\n", "a: \"b\\\"c\\\\d\"\n",
    "a: \"b\n  c\"\n", "a: 'b  \n  c'\n", "a: 1\nb: -1\n", "a: ~\nb: null\nc: true\nd: 1.5\n",
    "a:\n  b: c\n  d: e\nf: g\n", "a:\n- b\n- c\nd: e\n", "a:\n  - b\n  - c\nd: e\n",
    "- a\n- b: c\n  d: e\n- - f\n  - g\n", "-\n  a: b\n-   c: d\n    e: f\n",
    "- a:\n  - b\n  c: d\n", "a: []\nb: {}\n", "a: [b, c d , \"e\"]\n", "a: [b,\n c\n d, e]\n",
    "a: [ # b\n  c, # d\n  e,\n]\n", "a: {b: c, d: [e, {f: g}]}\n", "- {a: b,\n  c: d}\n",
    "a: [b:c, d?]\n", "a: {\"b\": c, 'd': e}\n", "a: >-\n  b\n  c\nd: e\n", "a: >\n  b\n  c\n",
    "a: |\n  b\n  c\n\nd: e\n", "a: |-\n    b # no comment\n    c\n# d\ne: f\n", "- >-\n  a\n- b\n",
    "a: b: c\n", "a:\n\n  # b\n\n  c: d\n  # e\nf: g\n", "a: [b]  # c\n", "a: ( + / < = ~x\n",
  ])
  func plainTextsAreReadAsTheLibraryReadsThem(_ yaml: String) {
    if let found = plain(yaml) {
      #expect(found == library(yaml))
    } else {
      #expect(["a: b: c\n", "a: 1\nb: -1\n"].contains(yaml))
    }
  }

  @Test(arguments: [
    "", "a: b", "a: \n", "a:\nb: c\n", "a: &b c\n", "a: *b\n", "a: !!str b\n", "a: b\n---\nc: d\n",
    "%YAML 1.2\n", "a: b\na: c\n", "a: b\n'a': c\n", "a:\tb\n", "a: b\r\n", "a: ä\n",
    "a: b\n  c\n", "a: \"b\\n\"\n", "a: [b\n", "a: b]: c\n", "a: [b]: c\n", "a: {b}\n",
    "a: [b: c]\n", "a: [b,, c]\n", "a: >+\n  b\n", "a: >\n  b\n\n  c\n", "a: >\n  b\n   c\n",
    "a: >\n  b\n    \nc: d\n", "a: >\nb: c\n", "  a: b\nc: d\n", "a:\n    b: c\n  d: e\n",
    "- a\nb: c\n", "a: b\n- c\n", "? a\n: b\n", "a: \"b\" c\n", "a: \"b\"#c\n", "a: [b]#c\n",
    "a: \"b\n\n c\"\n", "a\nb: c\n", "scalar\n", "[a]: b\n", "a: [b:, c]\n", "a: @b\n", "a: `b`\n",
  ])
  func anythingElseIsLeftToTheLibrary(_ yaml: String) {
    #expect(plain(yaml) == nil)
  }

  private static let sample = """
    # A comment
    schema: x/1
    list: [a, "b c", 'd', e f]   # and another
    items:
      - id: one
        text: >-
          Some words, and
          some more: of them
        more: {k: v, "l m": [1, 2.5,
           three four]}
      - {id: two, n: 3}
      - plain text - with dash
      -
        id: 'th''ree'
    lines:
    - |
      first
      second
    - "a \\"quoted\\" text \\\\
      over lines"
    last: x#y: z

    """

  @Test func theSampleIsPlain() {
    let yaml = PlainYAMLTests.sample.replacing("\\\\\n", with: "\\\\ \n")
      .replacing("x#y: z", with: "x#y:z")
    #expect(plain(yaml) != nil)
    #expect(plain(yaml) == library(yaml))
  }

  /// Characters and lines taken out, doubled and exchanged: what is still read is read the same.
  @Test(arguments: 0..<16)
  func damagedTextsAreReadAsTheLibraryReadsThemOrNotAtAll(_ seed: UInt64) {
    var generator = Generator(state: seed)
    let sample = Array(PlainYAMLTests.sample.replacing("x#y: z", with: "x#y:z").utf8)
    let pieces = Array("\n  -:#,[]{}'\"\\>| ab1?&*!~".utf8)
    var read = 0
    for _ in 0..<400 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count - 1, using: &generator)
        let piece = pieces.randomElement(using: &generator) ?? 0x20
        switch UInt8.random(in: 0...3, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(piece, at: place)
        case 2: bytes[place] = piece
        default: bytes.removeSubrange(place..<min(place + 12, bytes.count - 1))
        }
      }
      let yaml = String(decoding: bytes, as: UTF8.self)
      guard let found = plain(yaml) else { continue }
      read += 1
      #expect(found == library(yaml), "\(yaml)")
    }
    #expect(read > 20)
  }
}

/// The same numbers in every run (Steele, Lea, Flood 2014).
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
