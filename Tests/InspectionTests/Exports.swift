import Detection
import Documents
import Inspection
import MaturityModel
import Pipeline
import Publish
import StagecraftTestSupport
import SurveyMapping
import Testing

/// The built-in ladder, read once: every test wants it.
func builtInModel() throws -> MaturityModel { try model.get() }

private let model = Result {
  try #require(try MaturityModel.builtIn("mlops-maturity"))
}

/// What is found in an export of a few lines.
func inspect(
  _ csv: String, vendor: Vendor? = nil, scratch: ScratchDirectory
) throws -> Inspection {
  var request = ExportRequest(path: try scratch.write(csv, as: "export.csv"))
  request.declared.vendor = vendor
  return try Inspection(request, model: try builtInModel())
}

/// What is found in a file.
func inspect(file: String) throws -> Inspection {
  try Inspection(ExportRequest(path: file), model: try builtInModel())
}

/// Runs a file with a draft as it is.
func run(_ file: String, draft: SurveyDraft, scratch: ScratchDirectory) throws -> RunReport {
  let survey = try scratch.write(draft.yaml, as: "draft.yaml")
  let configuration = RunConfiguration(
    inputs: [file], surveyFile: survey, outputDirectory: scratch.path("out"), jobs: 1,
    command: [])
  let definitions = try Definitions(surveyFile: survey, model: nil)
  return try Pipeline(configuration, definitions: definitions) { _ in }.run()
}

/// An export with one column of each kind, `copies` times the same few answers.
enum Everything {
  static let secret = "our lead Zebulon refuses"

  static func csv(copies: Int = 6) -> String {
    var csv = "When,Role,Tools,Satisfied?,Team size in heads,Remarks,Nothing,Country\n"
    for copy in 0..<copies {
      csv += "2024-03-0\(copy % 9 + 1) 09:00,Data Engineer,Python;Git,Agree,\(13 + copy),"
      csv += "\(secret) number \(copy),,Norway\n"
      csv +=
        "2024-03-0\(copy % 9 + 1) 10:00,Data Scientist,Python;Abacus,Disagree,\(40 + copy),,,Chile\n"
    }
    return csv
  }
}
