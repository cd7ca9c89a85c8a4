import ArgumentParser
import Documents
import MaturityModel
import Pipeline
import Publish
import SystemCalls

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Print a maturity model: the built-in one, or one of your own.",
    discussion: """
      EXAMPLES
        stagecraft model
        stagecraft model mlops-maturity --format yaml > my-model.yaml
        stagecraft model my-model.yaml            checks it, too
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, yaml, json
  }

  @Argument(
    help: "A built-in model or a model file.",
    completion: .file(extensions: ["yaml", "yml"]))
  var model = MaturityModel.builtInIDs[0]

  @Option(help: "text to read, yaml to copy and change, json for programs.")
  var format: Format = .text

  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures {
      let (loaded, file) = try Definitions.model(named: model)
      let output =
        switch format {
        case .text: Array(TerminalText.report(ModelText(model: loaded).text).utf8)
        case .json: Array(ModelDocument(model: loaded).document.document.utf8)
        case .yaml: try yaml(of: loaded, file: file)
        }
      try SystemCalls.writeAll(1, bytes: output, path: SystemCalls.standardOutput)
    }
  }

  private func yaml(of model: MaturityModel, file: String) throws -> [UInt8] {
    if let builtIn = MaturityModel.builtInYAML(model.id), file == Definitions.builtIn {
      return builtIn
    }
    return try SystemCalls.wholeFile(file, limit: documentByteLimit)
  }
}
