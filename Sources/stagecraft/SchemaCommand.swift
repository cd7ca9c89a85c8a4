import ArgumentParser
import MaturityModel
import Pipeline
import Publish
import SystemCalls

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print what the published tables hold, for people, programs and databases.",
    discussion: """
      EXAMPLES
        stagecraft schema dictionary > DataDictionary.md
        stagecraft schema results > results.schema.json
        stagecraft schema postgresql results/ | psql

      The definitions for PostgreSQL are those of a published directory, or, without one, of every
      table for the built-in model.
      """)

  enum Form: String, CaseIterable, ExpressibleByArgument {
    case results, dictionary, postgresql
  }

  @Argument(
    help: ArgumentHelp(
      "dictionary: every table and column, in Markdown; results: the JSON Schema of results.json; "
        + "postgresql: CREATE TABLE statements.", valueName: "form"))
  var form: Form

  @Argument(help: ArgumentHelp("A published directory; only for postgresql.", valueName: "dir"))
  var directory: String?

  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if directory != nil && form != .postgresql {
      throw ValidationError("only 'schema postgresql' reads a directory")
    }
  }

  func run() throws {
    try messages.reportingFailures {
      let text =
        switch form {
        case .results: ResultsSchema.document.document
        case .dictionary: DataDictionary.text
        case .postgresql: try definitions().text
        }
      try writeOutput(text)
    }
  }

  private func definitions() throws -> PostgreSQLDefinitions {
    if let directory { return try PostgreSQLDefinitions(published: directory) }
    return PostgreSQLDefinitions(
      model: try Definitions.model(named: MaturityModel.builtInIDs[0]).0)
  }
}
