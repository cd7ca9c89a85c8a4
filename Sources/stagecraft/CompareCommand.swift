import ArgumentParser
import Comparison
import Pipeline
import Publish

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two published sets: two runs, or two waves of a survey.",
    discussion: """
      Differences are B - A. Sets that are not comparable are refused with 65, saying what differs;
      --despite names what to accept, and the warning stays on top.

      EXAMPLES
        stagecraft compare results-2023 results-2024
        stagecraft compare results-2023 results-2024 --out comparison
        stagecraft compare kaggle-2020 kaggle-2022 --despite questions
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: ArgumentHelp("The directory of the first run.", valueName: "dir-a"))
  var first: String

  @Argument(help: ArgumentHelp("The directory of the second.", valueName: "dir-b"))
  var second: String

  @Option(
    help: ArgumentHelp(
      "Compare although these differ: \(CompareCommand.obstacleNames), joined by commas, or all.",
      valueName: "list"))
  var despite: String?

  @Option(help: "text to read, json for programs.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp("Also publish the tables to this directory.", valueName: "dir"))
  var out: String?

  @Flag(help: "Ids in both sets are not those of the same people: match nobody.")
  var noPanel = false

  @OptionGroup var messages: MessageOptions

  static let obstacleNames = Obstacle.Kind.allCases.map(\.rawValue).joined(separator: ", ")

  func validate() throws { _ = try excused() }

  private func excused() throws -> Set<Obstacle.Kind> {
    guard let despite else { return [] }
    if despite == "all" { return Set(Obstacle.Kind.allCases) }
    return Set(
      try despite.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let kind = Obstacle.Kind(rawValue: String(name)) else {
          throw ValidationError(
            "--despite is a list of \(CompareCommand.obstacleNames), or all; not \"\(name)\"")
        }
        return kind
      })
  }

  func run() throws {
    try messages.reportingFailures {
      for input in [first, second] { try OutputOverlap(input: input, output: out).check() }
      let comparison = try Comparison(
        PublishedSet(path: first), PublishedSet(path: second), despite: try excused(),
        matchesRespondents: !noPanel)
      if let out { try comparison.publish(to: out) }
      switch format {
      case .text: try writeOutput(TerminalText.report(ComparisonText(comparison).text))
      case .json: try writeOutput(ComparisonDocument(comparison).text)
      }
    }
  }
}
