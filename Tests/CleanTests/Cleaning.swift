import Detection
import Ingest
import Pipeline
import StagecraftTestSupport

/// What `clean` makes of some bytes: its output, and its report.
struct Cleaned {
  let text: String
  let report: CleanRun.Report

  init(
    _ bytes: [UInt8], declared: DeclaredDialect = DeclaredDialect(),
    change: (inout CleanRun.Configuration) -> Void = { _ in }
  ) throws {
    let scratch = try ScratchDirectory()
    let input = try scratch.write(bytes, as: "input.csv")
    let output = scratch.path("output.csv")
    var configuration = CleanRun.Configuration(input: input, output: output, declared: declared)
    change(&configuration)
    report = try CleanRun(configuration).run()
    text = try PackageFiles.text(output)
  }
}
