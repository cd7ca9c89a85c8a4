import Detection
import Inspection
import StagecraftTestSupport
import Testing

/// What kind of answers a column holds.
struct KindTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func kinds(_ csv: String, vendor: Vendor? = nil) throws -> [AnswerKind] {
    try inspect(csv, vendor: vendor, scratch: scratch).questions.map(\.kind)
  }

  private func column(_ texts: [String]) -> String {
    "A,B\n" + texts.map { "\"\($0)\",x\n" }.joined()
  }

  private func kind(_ texts: [String]) throws -> AnswerKind? { try kinds(column(texts)).first }

  @Test func everyKindIsTold() throws {
    #expect(
      try kinds(Everything.csv()) == [
        .date, .single, .multiBySeparator, .scale, .number, .freeText, .empty, .single,
      ])
  }

  @Test func wholeNumbersUpToTenAreAScaleAndOthersAreNumbers() throws {
    #expect(try kind(["1", "2", "3", "3"]) == .scale)
    #expect(try kind(["1", "2", "11"]) == .number)
    #expect(try kind(["1.5", "2"]) == .number)
    #expect(try kind(["12 %", "-3"]) == .number)
  }

  @Test func datesAreToldInTheWaysOfTheVendors() throws {
    #expect(try kind(["3/1/24 9:05", "10/14/16 10:05"]) == .date)
    #expect(try kind(["2024/03/01 9:05:07 AM GMT+1"]) == .date)
    #expect(try kind(["2024-03-01T08:07:05.000Z"]) == .date)
    #expect(try kind(["1-2", "3-4", "1-2"]) == .single)
  }

  @Test func commasSeparateWhatCombines() throws {
    #expect(try kind(["Python, Git", "Python", "Git, Jenkins"]) == .multiBySeparator)
    let titles = Array(repeating: ["Developer, back-end", "Developer, full-stack"], count: 5)
    #expect(try kind(titles.flatMap { $0 }) == .single)
    let countries = Array(repeating: ["Iran, Islamic Republic of", "Chile", "Peru"], count: 4)
    #expect(try kind(countries.flatMap { $0 }) == .single)
  }

  @Test func sentencesAreNoLists() throws {
    let remarks = ["No, thanks", "None", "I need time, money, and peace", "None", "Well; maybe"]
    #expect(try kind(remarks + ["It works, mostly", "so-so, really"]) == .freeText)
  }

  @Test func aCommaInsideBracketsDoesNotSeparate() throws {
    let warehouse = "Warehouse (Oracle, BigQuery, …)"
    let options = [warehouse, warehouse + ", Git", "Git", "Git, Python", "Python"]
    let inspection = try inspect(column(options), scratch: scratch)
    #expect(inspection.questions[0].kind == .multiBySeparator)
    #expect(inspection.questions[0].answers.map(\.text) == ["Git", "Python", warehouse])
  }

  @Test func aSpaceSeparatesOnlyForVendorsThatJoinWithIt() throws {
    let csv = "tools,x\npython git,1\npython,1\ngit python,1\n"
    #expect(try kinds(csv).first != .multiBySeparator)
    #expect(try kinds(csv, vendor: .kobo).first == .multiBySeparator)
    #expect(
      try kinds("role,x\nData Engineer,1\nData Scientist,1\n", vendor: .kobo).first == .single)
  }

  @Test func optionColumnsAreOneQuestion() throws {
    let csv = """
      Respondent ID,Collector ID,Which tools do you use?,,Rate,
      ,,Python,Git,Speed,Price
      1,1,Python,,good,bad
      2,1,Python,Git,bad,bad

      """
    let inspection = try inspect(csv, scratch: scratch)
    let questions = inspection.questions.filter { $0.kind != .metadata }
    #expect(questions.map(\.kind) == [.multiByOption, .scale])
    #expect(questions.map(\.layout) == [.options, .rows])
    #expect(questions[0].answers.map(\.count) == [2, 1])
    #expect(questions[0].answered == 2)
  }

  @Test func misplacedOptionsAreStillOptions() throws {
    var csv = "Respondent ID,Collector ID,Which tools?,,\n,,Python,Git,Jenkins\n"
    for _ in 0..<10 { csv += "1,1,Python,Git,Jenkins\n" }
    csv += "1,1,Git,Jenkins,\n"
    let question = try #require(
      try inspect(csv, scratch: scratch).questions.first { $0.kind != .metadata })
    #expect(question.kind == .multiByOption)
    #expect(question.answers.map(\.count) == [11, 11, 10])
  }

  @Test func ticksTakeTheirOptionsFromTheHeader() throws {
    let csv =
      "id,_uuid,_submission_time,_index,q,q/python,q/git\n1,a,b,1,python,1,0\n2,c,d,2,git,0,1\n"
    let question = try #require(
      try inspect(csv, vendor: .kobo, scratch: scratch).questions.first { $0.columns.count == 2 })
    #expect(question.kind == .multiByOption)
    #expect(question.joinedTwin == 4)
    #expect(question.answers.map(\.text) == ["python", "git"])
  }
}
