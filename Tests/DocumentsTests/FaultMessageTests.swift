import Documents
import Testing

@Suite struct FaultMessageTests {
  @Test(arguments: [
    (Fault.Kind.tooLarge(limit: 5), "the file has more than 5 bytes"),
    (.keyIsNoText, "a key must be text, not a list, a mapping or an alias"),
    (.wrongSchema(expected: "a/1", found: "b"), "'a/1' is wanted, not 'b'"),
    (.unknownKey("x", suggestion: nil), "unknown key"),
    (.emptyText, "the text is empty"),
    (.emptyList, "the list is empty"),
    (
      .notOneOf(["role", "tool"], found: "tol", suggestion: "tool"),
      "'tol' is none of role, tool (did you mean 'tool'?)"
    ),
    (.outOfRange(low: "1", high: nil), "at least 1 is wanted"),
    (
      .cycle((0...14).map { "c\($0)" } + ["c0"]),
      "absorption runs in a circle: c0 ← c1 ← c2 ← c3 ← c4 ← c5 ← c6 ← c7 ← c8 ← c9 ← … (5 more) ← c0"
    ),
    (.notAboveZero, "a number above 0 is wanted"),
    (.tooMany(limit: 8), "more than 8"),
    (.reservedID("all"), "'all' is taken: the results have a column or a value of this name"),
    (.repeatedReference("a"), "'a' stands here twice"),
    (
      .cycle(["a", "b", "a"]),
      "absorption runs in a circle: a ← b ← a"
    ),
    (.needsOneOf(["in", "not_in"]), "give in or not_in"),
    (
      .unknownColumn("Q1", closest: ["Q10", "Q11"]),
      "there is no column 'Q1'; close to it: 'Q10', 'Q11'"
    ),
    (.noColumnsLeft, "'except' leaves this question without a column"),
  ])
  func factsAreWords(_ kind: Fault.Kind, _ words: String) {
    #expect(kind.words == words)
  }

  @Test func messageStartsWithThePath() {
    let fault = Fault(
      path: "criteria[3].absorbed_by[0]", line: 7, column: 2,
      kind: .unknownReference(kind: "criterion", name: "ghost", suggestion: "guest"))
    #expect(
      fault.message
        == "criteria[3].absorbed_by[0]: there is no criterion 'ghost' (did you mean 'guest'?)")
    #expect(
      DocumentFaults(source: "m.yaml", faults: [fault]).messages.first?.hasPrefix("m.yaml:7: ")
        == true)
  }

  @Test func faultWithoutPlaceIsTheFiles() {
    let faults = DocumentFaults(
      source: "m.yaml", faults: [Fault(path: "", line: nil, column: nil, kind: .noContent)])
    #expect(faults.messages == ["m.yaml: the file is empty"])
  }
}
