import Pipeline
import Publish

/// One run of the whole pipeline inside the test, with its published set.
package struct PipelineRun: Sendable {
  /// Where the set was published; everything in it goes when the run does.
  package let directory: ScratchDirectory
  package let report: RunReport

  /// - Parameter configure: changes options of the run.
  package init(
    _ inputs: [String], survey: String, in directory: ScratchDirectory? = nil,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws {
    let directory = try directory ?? ScratchDirectory()
    var configuration = RunConfiguration(
      inputs: inputs, surveyFile: survey, outputDirectory: directory.path("out"), jobs: 2,
      command: ["stagecraft", "run"])
    configuration.writesRespondents = true
    configure(&configuration)
    let definitions = try Definitions(surveyFile: survey, model: configuration.model)
    self.directory = directory
    report = try Pipeline(configuration, definitions: definitions) { _ in }.run()
  }

  /// A run of texts: the survey file's, and the export's.
  package init(
    export: String, survey: String, model: String? = nil,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws {
    let directory = try ScratchDirectory()
    try directory.write(survey, as: "survey.yaml")
    if let model { try directory.write(model, as: "model.yaml") }
    try directory.write(export, as: "export.csv")
    try self.init(
      [directory.path("export.csv")], survey: directory.path("survey.yaml"), in: directory,
      configure: configure)
  }

  package func table(_ name: String) throws -> PublishedTable {
    try PublishedTable(path: directory.path("out/\(name).csv"))
  }

  /// All published files but `run.json`, the only one with a clock.
  package func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in directory.names(in: "out") where name != OutputNames.run {
      files[name] = try PackageFiles.bytes(directory.path("out/" + name))
    }
    return files
  }
}
