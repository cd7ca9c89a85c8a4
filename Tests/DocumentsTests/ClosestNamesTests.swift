import Documents
import Testing

@Suite struct ClosestNamesTests {
  private static let columns = ["Q36_Part_1", "Q36_Part_2", "Status", "ResponseId", "Country"]

  @Test(arguments: [
    ("a swapped pair is one edit", "Statsu", ["Status"]),
    ("case does not count", "STATUS", ["Status"]),
    ("a part of the name is close", "Response", ["ResponseId"]),
    ("a longer name is close", "Country of residence", ["Country"]),
    ("ties keep their order", "Q36_Part_3", ["Q36_Part_1", "Q36_Part_2"]),
    ("fewer edits come first", "Q36_Part2", ["Q36_Part_2", "Q36_Part_1"]),
    ("nothing is close to something else", "weight", []),
    ("two letters are part of everything", "Co", []),
    ("nothing is close to nothing", "", []),
  ])
  func closestNamesAreFound(_ fact: String, _ name: String, _ expected: [String]) {
    #expect(closest(to: name, among: Self.columns, limit: 2) == expected, "\(fact)")
  }

  @Test func longQuestionsAreCompared() {
    let question = String(repeating: "Which of these do you use? ", count: 20)
    #expect(closest(to: question + "!", among: ["x", question], limit: 3) == [question])
  }
}
