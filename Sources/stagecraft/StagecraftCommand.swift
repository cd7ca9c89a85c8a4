import ArgumentParser
import Pipeline

/// The command line and its subcommands. Everything else is in the library targets.
struct StagecraftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stagecraft",
    abstract: "Where does everybody stand on the ladder of MLOps maturity, and what is missing?",
    discussion: """
      EXAMPLES
        stagecraft run responses.csv --survey survey.yaml --out results
        stagecraft run jan.csv feb.csv --survey survey.yaml --out results --respondents
        zcat big.csv.gz | stagecraft run - --survey survey.yaml --out results
        stagecraft show results --by industry     what a run published
        stagecraft model                          the ladder, to read
        stagecraft model mlops-maturity --format yaml > my-model.yaml

      EXIT CODES
        0 done · 64 usage · 65 unusable data or too many rejects · 66 input missing ·
        70 a bug of ours · 73 cannot create the output · 74 I/O error ·
        75 another run publishes there, or the difference would tell of few ·
        78 model or survey file wrong, or naming a column the export lacks ·
        129, 130, 143 stopped by SIGHUP, SIGINT, SIGTERM · 141 nobody reads the output
      """,
    version: "stagecraft \(stagecraftVersion)",
    subcommands: [
      RunCommand.self, ShowCommand.self, CompareCommand.self, ModelCommand.self, CleanCommand.self,
      ExplainCommand.self, QuestionnaireCommand.self, InspectCommand.self, InitCommand.self,
      CheckCommand.self, SchemaCommand.self,
    ])
}
