import Documents
import SurveyMapping
import Testing

@Suite struct ColumnBindingTests {
  static let header = [
    "Id", "Status", "Land", "Land", "Team", "Own", "w", "Extra", "Tools_A", "Tools_B", "Tools_C",
    "Roles", "Title", "Lead", "Growth", "Unread",
  ]

  private func bind(
    _ names: [String], labels: [String]? = nil, _ text: String = smallSurvey,
    sharesNames: Bool = true
  ) throws -> ColumnBinding {
    try ColumnBinding(
      survey: survey(text), names: names, labels: labels ?? names, sharesNames: sharesNames,
      source: "survey.yaml")
  }

  private func faults(
    _ names: [String], labels: [String]? = nil, _ text: String = smallSurvey,
    sharesNames: Bool = true
  ) throws -> [Fault] {
    let mapping = try survey(text)
    do {
      _ = try ColumnBinding(
        survey: mapping, names: names, labels: labels ?? names, sharesNames: sharesNames,
        source: "survey.yaml")
      return []
    } catch {
      return error.faults
    }
  }

  @Test func everyNameFindsItsColumn() throws {
    let binding = try bind(Self.header)
    #expect(binding.keep == [1])
    #expect(binding.id == 0 && binding.weight == 6 && binding.selfAssessed == 5)
    #expect(binding.segments == [2], "the first of two columns of one name")
    #expect(binding.metrics == [4])
    #expect(binding.questions == [[7, 8, 10], [11], [12], [13], [14]])
  }

  @Test func onlyColumnsThatAreReadAreWanted() throws {
    #expect(try bind(Self.header).wantedColumns == [0, 1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14])
  }

  @Test func otherStylesReadTheFirstColumnOfTheFile() throws {
    let text = smallSurvey.replacing("column: Title", with: "columns: [Unread, 'T*', Title]")
    #expect(try bind(Self.header, text).questions[2] == [4])
  }

  @Test func aNameThatTwoColumnsShareIsNoGuess() throws {
    let names = Self.header + ["Roles", "Extra", "Unread"]
    let found = try faults(names, sharesNames: false)
    #expect(found.map(\.path) == ["segments[0].column", "questions[1].column"])
    #expect(found.first?.kind == .ambiguousColumn("Land", columns: [3, 4]))
    // Options have many columns, and with two header records a name means a block of them.
    #expect(try faults(names).isEmpty)
    #expect(try bind(names).segments == [2])
  }

  @Test func missingColumnsAreAllNotedWithTheirLines() throws {
    let names = Self.header.map { ["Land": "Country", "Roles": "Rolle"][$0] ?? $0 }
    let found = try faults(names)
    #expect(found.map(\.path) == ["segments[0].column", "questions[1].column"])
    #expect(found.map(\.line) == [16, 31])
    #expect(found.last?.kind == .unknownColumn("Roles", closest: ["Rolle"]))
  }

  @Test func wildcardMustMatchSomething() throws {
    let names = Self.header.map { $0.replacing("Tools_", with: "Tool_") }
    let found = try faults(names)
    #expect(found.map(\.path) == ["questions[0].columns[0]"])
    #expect(
      found.first?.kind == .unknownColumn("Tools_*", closest: ["Tool_A", "Tool_B", "Tool_C"]))
  }

  @Test func columnCalledLikeItsLabelIsTheHint() throws {
    let text = smallSurvey.replacing("column: Title", with: "column: Your job title")
    let labels = Self.header.map { $0 == "Title" ? "Your job title?" : $0 }
    #expect(
      try faults(Self.header, labels: labels, text).first?.kind
        == .unknownColumn("Your job title", closest: ["Title"]))
    let exact = labels.map { $0.replacing("?", with: "") }
    #expect(
      try faults(Self.header, labels: exact, text).first?.kind
        == .unknownColumn("Your job title", closest: ["Title"]))
  }

  @Test func starIsAlwaysAWildcard() throws {
    let text = smallSurvey.replacing("column: Lead,", with: "column: 'Lead*',")
    #expect(try bind(["Leader*"] + Self.header, text).questions[3] == [0])
  }

  @Test func questionWithoutColumnsLeftIsAFault() throws {
    let text = smallSurvey.replacing("except: [Tools_B]", with: "except: ['Tools_*', 'E*']")
    let found = try faults(Self.header, text)
    #expect(found.map(\.kind) == [.noColumnsLeft])
    #expect(found.map(\.path) == ["questions[0].columns[0]"])
  }

  @Test func exceptionThatMatchesNothingIsNone() throws {
    let text = smallSurvey.replacing("except: [Tools_B]", with: "except: [Nothing]")
    #expect(try bind(Self.header, text).questions[0] == [7, 8, 9, 10])
  }

  @Test func namesAreComparedByteByByte() throws {
    let text = smallSurvey.replacing("column: Title", with: "column: Café")
    let composed = Self.header.map { $0 == "Title" ? "Caf\u{E9}" : $0 }
    #expect(try faults(composed, text) == [])
    let decomposed = Self.header.map { $0 == "Title" ? "Cafe\u{301}" : $0 }
    #expect(try faults(decomposed, text).count == 1)
  }
}
