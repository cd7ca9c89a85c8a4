import Foundation
import StagecraftTestSupport
import Testing

/// `report.html` as it is published.
@Suite struct PageTests {
  /// Three stages, roles and tools, a segment of hostile, long and many values, and a hostile title.
  private static let ladder: Ladder = {
    var ladder = Ladder([.any("a"), .any("r")], [.any("b"), .any("m")])
    ladder.edit("r") { $0.kind = "role" }
    ladder.antiPatterns = [(id: "b_without_a", present: ["b"], absent: ["a"])]
    return ladder
  }()

  private static let survey: String = {
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.segments = ["country", "team"]
    return "title: \"A & <b>'B'</b>\"\n" + questionnaire.yaml()
  }()

  private static let export: String = {
    let long = String(repeating: "long name ", count: 30)
    let values = ["\"<script>alert(\"\"x\"\")</script>\"", "\"\"\"\u{301} onload=\"\"y\"", long]
    let answers = ["a;r;b;m", "a;r", "nothing", "a", "b;<i>own words</i>"]
    let records = (0..<180).map { number in
      let value = number % 60 < values.count ? values[number % 60] : "country \(number % 60)"
      return "\(number),\(value),t\(number % 3),\(answers[number % answers.count])\n"
    }
    return "id,country,team,has\n" + records.joined()
  }()

  private static func page(jobs: Int) throws -> [UInt8] {
    let run = try PipelineRun(export: export, survey: survey, model: ladder.yaml) {
      $0.jobs = jobs
    }
    return try PackageFiles.bytes(run.directory.path("out/report.html"))
  }

  private static let text = Result { String(decoding: try page(jobs: 2), as: UTF8.self) }

  /// Every value of an attribute, wherever it stands.
  private func values(of attribute: String, in page: String) -> [String] {
    page.components(separatedBy: " \(attribute)=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
  }

  @Test func thePageAsksForNothing() throws {
    let page = try PageTests.text.get()
    for part in ["http:", "https:", "src=", "url(", "@import", "<script", "<link", "<iframe"] {
      #expect(!page.contains(part), "\(part)")
    }
    #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
  }

  @Test func everyPlaceThatIsNamedIsThereOnce() throws {
    let page = try PageTests.text.get()
    let ids = values(of: "id", in: page)
    #expect(Set(ids).count == ids.count)
    for reference in values(of: "href", in: page) {
      #expect(reference.hasPrefix("#") && ids.contains(String(reference.dropFirst())))
    }
    for reference in values(of: "aria-labelledby", in: page) { #expect(ids.contains(reference)) }
  }

  @Test func headingsAreInOrder() throws {
    let page = try PageTests.text.get()
    let levels = page.components(separatedBy: "<h").dropFirst().compactMap {
      $0.first.flatMap { Int(String($0)) }
    }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    for (before, level) in zip(levels, levels.dropFirst()) { #expect(level <= before + 1) }
  }

  @Test func everyDrawingHasWords() throws {
    let page = try PageTests.text.get()
    let drawings = page.components(separatedBy: "<svg").dropFirst()
    #expect(drawings.count > 60)
    for drawing in drawings {
      let tag = drawing.prefix { $0 != ">" }
      #expect(tag.contains("role=\"img\"") && tag.contains("aria-label=\""))
      #expect(!tag.contains("aria-label=\"\""))
    }
  }

  @Test func whatRespondentsWroteIsNoMarkup() throws {
    let page = try PageTests.text.get()
    #expect(page.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"))
    #expect(page.contains("<h1>A &amp; &lt;b&gt;&#39;B&#39;&lt;/b&gt;</h1>"))
    // Found by its bytes: with its mark the quote is another character.
    let opened = "\"\u{301} onload"
    #expect(page.range(of: opened, options: .literal) == nil)
    // Answers that match nothing are counted, not shown.
    #expect(!page.contains("own words"))
  }

  @Test func threadsDoNotChangeThePage() throws {
    let one = try PageTests.page(jobs: 1)
    #expect(!one.isEmpty)
    #expect(one == Array(try PageTests.text.get().utf8))
  }

  @Test func thePageIsLeftOutWhereItIsNotWanted() throws {
    let run = try PipelineRun(
      export: "id,country,team,has\n", survey: PageTests.survey, model: PageTests.ladder.yaml
    ) {
      $0.writesReport = false
    }
    #expect(!run.directory.names(in: "out").contains("report.html"))
  }

  @Test func anExportWithoutResponsesHasAPage() throws {
    let run = try PipelineRun(
      export: "id,country,team,has\n", survey: PageTests.survey, model: PageTests.ladder.yaml)
    let page = try PackageFiles.text(run.directory.path("out/report.html"))
    #expect(page.contains("Nobody could be scored"))
  }
}
