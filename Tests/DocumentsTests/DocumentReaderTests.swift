import Statistics
import Testing

@testable import Documents

@Suite struct DocumentReaderTests {
  private func faults<Result>(_ yaml: String, _ build: (DocumentValue) -> Result) -> [String] {
    do {
      _ = try DocumentReader.read(Array(yaml.utf8), source: "file", build)
      return []
    } catch {
      return error.messages
    }
  }

  private let yaml = """
    name: Ladder
    steps:
      - {id: first, weight: 0.5}
      - {id: second, size: 3}
    nothing: ~
    """

  @Test func knownKeysAreRead() throws {
    let map = try DocumentReader.read(Array(yaml.utf8), source: "file") { root in
      root.mapping(keys: ["name", "steps", "nothing"])
    }
    #expect(map.text("name") == "Ladder")
    #expect(map.optionalText("nothing") == nil)
    #expect(map.items("steps").map(\.path) == ["steps[0]", "steps[1]"])
    #expect(map.given("nothing") == nil && map["nothing"] != nil)
  }

  @Test func unknownKeysAreNotedWithTheKeyThatWasMeant() {
    #expect(
      faults(yaml) { _ = $0.mapping(keys: ["nane", "steps", "nothing"]) } == [
        "file:1: name: unknown key (did you mean 'nane'?)"
      ])
  }

  @Test func missingKeysAreNotedAtTheirMapping() {
    #expect(
      faults(yaml) { root in
        root.peek("steps")?.items().map { $0.mapping(keys: ["id", "weight", "size"]).text("size") }
      } == ["file:3: steps[0].size: missing"])
  }

  @Test func faultsComeInTheOrderOfTheFile() {
    let messages = faults("b: x\na: y\n") { root in
      let map = root.mapping(keys: ["a", "b"])
      _ = map.integer("a", in: 0...1)
      _ = map.integer("b", in: 0...1)
    }
    #expect(
      messages == [
        "file:1: b: a whole number is wanted, not text",
        "file:2: a: a whole number is wanted, not text",
      ])
  }

  @Test func somethingElseThanAMappingIsNotedOnce() {
    #expect(
      faults("[1]") { root in
        let map = root.mapping(keys: ["a"])
        _ = map.text("a")
        map.expectSchema("s")
      } == ["file:1: a mapping is wanted, not a list"])
  }

  @Test(
    arguments: [
      ("2", 2, nil), ("2.0", 2, nil), ("20e-1", 2, nil),
      ("4", nil, "a number from 0 to 3 is wanted"), ("-1", nil, "a number from 0 to 3 is wanted"),
      ("2.5", nil, "a number from 0 to 3 is wanted"),
      ("99999999999999999999", nil, "a number from 0 to 3 is wanted"),
      ("'2'", nil, "a whole number is wanted, not text"),
      ("true", nil, "a whole number is wanted, not true or false"),
      ("", nil, "a whole number is wanted, not nothing (null)"),
    ] as [(String, Int?, String?)])
  func wholeNumbersHaveARange(_ text: String, _ number: Int?, _ words: String?) {
    var read: Int?
    let messages = faults("a: " + text) { read = $0.peek("a")?.integer(in: 0...3) }
    #expect(read == number)
    #expect(messages == (words.map { ["file:1: a: " + $0] } ?? []))
  }

  @Test(
    arguments: [
      ("0.5", "0.5", nil), ("1", "1", nil), ("1e-9", "0.000000001", nil),
      ("1e-10", nil, "more than nine digits after the point"),
      ("1.5", nil, "a number from 0 to 1 is wanted"),
      ("1e999", nil, "a number from 0 to 1 is wanted"),
      (".inf", nil, "a number is wanted, not text"),
    ] as [(String, String?, String?)])
  func decimalsAreExact(_ text: String, _ number: String?, _ words: String?) {
    var read: Billionths?
    let messages = faults("a: " + text) { read = $0.peek("a")?.decimal(in: .zero...(.one)) }
    #expect(read?.text == number)
    #expect(messages == (words.map { ["file:1: a: " + $0] } ?? []))
  }

  @Test func keysThatAreNoNamesAreQuotedInPaths() {
    let paths =
      (try? DocumentReader.read(Array("v: {1-2 people: x, a_b: y}".utf8), source: "f") {
        $0.peek("v")?.entries().map(\.value.path)
      }) ?? nil
    #expect(paths == ["v[\"1-2 people\"]", "v.a_b"])
  }

  @Test func idsAreSnakeCaseAndUnique() {
    let yaml = "- {id: one}\n- {id: One}\n- {id: one}\n- {}\n- {id: true}\n- 5\n"
    var names: DocumentNames?
    let messages = faults(yaml) { names = DocumentNames(of: $0.items(), kind: "thing") }
    #expect(
      messages == [
        "file:2: [1].id: 'One' is not a snake_case name: a small letter, then small letters,"
          + " digits and _",
        "file:3: [2].id: 'one' is used twice, first in line 1",
        "file:5: [4].id: 'true' is not a snake_case name: a small letter, then small letters,"
          + " digits and _",
      ])
    #expect(names?.place(of: "one") == 0)
    #expect(names?.place(of: "") == nil)
  }

  @Test func referencesAreResolvedOrGuessed() {
    let names = DocumentNames(["guest", "host"], kind: "criterion")
    var places: [Int?] = []
    let messages = faults("[host, ghost, 7, ~, []]") { root in
      places = root.items().map { $0.reference(to: names) }
    }
    #expect(places == [1, nil, nil, nil, nil])
    #expect(
      messages == [
        "file:1: [1]: there is no criterion 'ghost' (did you mean 'host'?)",
        "file:1: [2]: there is no criterion '7'",
        "file:1: [3]: text is wanted, not nothing (null); if the word is meant, put it in quotes",
        "file:1: [4]: text is wanted, not a list",
      ])
  }
}
