import Publish
import SystemCalls

/// Looks for inputs that would be replaced by the output: the output itself, or something in it.
package struct OutputOverlap {
  private let output: String
  private let inputs: [String]

  init(_ configuration: RunConfiguration, _ definitions: Definitions) {
    output = configuration.outputDirectory
    var inputs = configuration.inputs.filter { $0 != "-" }
    if definitions.madeSurvey == nil { inputs.append(definitions.surveyFile) }
    if definitions.modelFile != Definitions.builtIn { inputs.append(definitions.modelFile) }
    self.inputs = inputs
  }

  /// A single file is read, and another written.
  package init(input: String, output: String?) {
    self.output = output ?? "-"
    inputs = input == "-" ? [] : [input]
  }

  /// - Throws: ``RunFailure/outputHoldsInput(input:output:)``.
  package func check() throws(RunFailure) {
    guard output != "-", let place = SystemCalls.resolvedPath(output).map({ Array($0.utf8) }) else {
      return
    }
    for input in inputs {
      guard let path = SystemCalls.resolvedPath(input).map({ Array($0.utf8) }) else { continue }
      if path == place || path.starts(with: place + [UInt8(ascii: "/")]) {
        throw .outputHoldsInput(input: input, output: output)
      }
    }
  }
}

extension RepeatedInput {
  /// Inputs that are one file under several names, or were given several times.
  static func among(_ paths: [String]) -> [RepeatedInput] {
    var seen: [(path: String, status: SystemCalls.FileStatus)] = []
    var repeated: [RepeatedInput] = []
    for path in paths where path != "-" {
      guard let status = (try? SystemCalls.fileStatus(path)) ?? nil else { continue }
      if let first = seen.first(where: { $0.status.isSameFile(as: status) }) {
        repeated.append(RepeatedInput(path: path, first: first.path))
      } else {
        seen.append((path, status))
      }
    }
    return repeated
  }
}
