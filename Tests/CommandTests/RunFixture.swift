import StagecraftTestSupport

/// A directory with a small model, a survey file and what `stagecraft run` needs besides.
struct RunFixture {
  let directory: ScratchDirectory

  static let survey = """
    schema: stagecraft/survey/1
    id: small
    model: model.yaml
    respondent: {id: id, duplicates: keep, weight: weight}
    questions:
      - {id: tools, column: tools, style: list, asks: [spreadsheet, language], none: [nothing]}

    """

  static let header = "id,weight,tools,comment\n"

  /// Some proper records, the last without a line end.
  static func records(_ count: Int) -> String {
    (0..<count).map { "r\($0 + 1),1,spreadsheet;language,fine" }.joined(separator: "\n") + "\n"
  }

  init(survey: String = RunFixture.survey, export: String? = nil) throws {
    directory = try ScratchDirectory()
    try directory.write(Ladder([.any("spreadsheet")], [.any("language")]).yaml, as: "model.yaml")
    try directory.write(survey, as: "survey.yaml")
    try directory.write(export ?? RunFixture.header + RunFixture.records(3), as: "export.csv")
  }

  var export: String { directory.path("export.csv") }
  var survey: String { directory.path("survey.yaml") }
  var out: String { directory.path("out") }

  /// Runs on the export, or on other inputs, with more options.
  func run(
    _ inputs: [String]? = nil, _ options: [String] = [], input: String? = nil,
    environment: [String: String?] = [:]
  ) throws -> BuiltCommand.Result {
    let usual = ["--survey", survey, "--out", out]
    return try BuiltCommand.run(
      ["run"] + (inputs ?? [export]) + usual + options, input: input, environment: environment)
  }

  func table(_ name: String) throws -> PublishedTable {
    try PublishedTable(path: directory.path("out/\(name).csv"))
  }

  /// The published CSV files.
  func tables() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in directory.names(in: "out") where name.hasSuffix(".csv") {
      files[name] = try PackageFiles.bytes(directory.path("out/" + name))
    }
    return files
  }

  /// Everything published, but for the run report, which has a clock: of that its size says that it
  /// is whole.
  func allFiles() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in directory.names(in: "out") {
      let bytes = try PackageFiles.bytes(directory.path("out/" + name))
      files[name] = name == "run.json" ? Array(bytes.suffix(3)) : bytes
    }
    return files
  }

  var isPublished: Bool { PackageFiles.exists(out) }

  /// Nothing is left of a run beside what was there before it, not even hidden.
  var names: [String] { directory.names() }
}
