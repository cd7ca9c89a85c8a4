import ArgumentParser
import MaturityModel
import Pipeline
import Publish
import Questionnaire
import SystemCalls

struct QuestionnaireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questionnaire",
    abstract: "Print a model as a questionnaire, ready to be fielded.",
    discussion: """
      Import the file in LimeSurvey or Qualtrics, field it, and read its export without a survey
      file: the question codes say what each column stands for.

      EXAMPLES
        stagecraft questionnaire --format limesurvey -o questionnaire.txt
        stagecraft questionnaire --format qualtrics -o questionnaire.txt
        stagecraft questionnaire my-model.yaml --format markdown
        stagecraft run export.csv --out results
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, limesurvey, qualtrics
  }

  @Argument(help: "A built-in model or a model file.")
  var model = MaturityModel.builtInIDs[0]

  @Option(
    help: "markdown to read; limesurvey (tab-separated structure) or qualtrics (TXT) to import.")
  var format: Format

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file; default: standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures {
      let (loaded, modelFile) = try Definitions.model(named: model)
      try OutputOverlap(input: modelFile, output: output).check()
      let file = try ReplacedFile(path: output)
      try file.write(Array(text(of: QuestionnaireForm(model: loaded)).utf8))
      try file.commit()
    }
  }

  private func text(of form: QuestionnaireForm) -> String {
    switch format {
    case .markdown: MarkdownForm(form).text
    case .limesurvey: LimeSurveyForm(form).text
    case .qualtrics: QualtricsForm(form).text
    }
  }
}
