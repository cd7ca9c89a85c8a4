import Foundation
import StagecraftTestSupport
import Testing

/// What the pages show is what the program does.
///
/// The rule, for README.md and the pages of `Documentation.docc`: a fenced block marked `console`
/// is a terminal. A line that starts with `$ ` is a command, and goes on with lines that start with
/// `> `. The lines up to the next command are what it prints, on standard output and standard error.
/// A line `...` stands for any lines, none as well, and `...` within a line for any text;
/// space at line ends does not count. A command has to end with 0: one that shall not ends with `; echo $?`.
///
/// Each page has an empty directory of its own, with the sample data as `SampleData`, and one block
/// builds on those before it. Blocks that are marked otherwise (`sh`, `yaml`) are not run.
@Suite struct DocumentationTests {
  @Test(arguments: DocumentationPage.all)
  func commandsPrintWhatThePageSays(_ page: DocumentationPage) throws {
    let directory = try ScratchDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: directory.path("SampleData"),
      withDestinationPath: PackageFiles.root + "/SampleData")
    for example in ConsoleExample.all(in: try page.text()) {
      let result = try example.run(in: directory)
      #expect(result.exitCode == 0, "\(page), line \(example.line): \(example.command)")
      #expect(
        ExpectedLines(example.expected).match(result.lines),
        """
        \(page), line \(example.line): $ \(example.command)
        \(result.lines.joined(separator: "\n"))
        """)
    }
  }

  @Test(arguments: DocumentationPage.all)
  func linksToFilesLeadSomewhere(_ page: DocumentationPage) throws {
    for match in try page.text().matches(of: /\]\(([^)#: ]+)(?:#[^)]*)?\)/) {
      let target = page.directory + "/" + match.output.1
      #expect(PackageFiles.exists(target), "\(page): \(match.output.1)")
    }
  }

  @Test func theFrontPageLeadsToEveryPage() throws {
    let index = try DocumentationPage(name: DocumentationPage.catalogue + "/stagecraft.md").text()
    for page in DocumentationPage.all where page.name.hasPrefix(DocumentationPage.catalogue) {
      let file = page.name.split(separator: "/").last ?? ""
      #expect(file == "stagecraft.md" || index.contains("](\(file)"), "\(page)")
    }
  }

  @Test func commandsAndTheirLinesAreFound() {
    let page = """
      ```yaml
      $ not a command
      ```
      ```console
      $ first |
      > second
      one

      two
      $ third
      ```
      """
    let found = ConsoleExample.all(in: page)
    #expect(found.map(\.command) == ["first |\nsecond", "third"])
    #expect(found.map(\.expected) == [["one", "", "two"], []])
    #expect(found.map(\.line) == [5, 10])
  }

  @Test func dotsStandForLinesAndText() {
    let lines = ["one", "two 2", "", "three"]
    for expected in [
      ["one", "two 2", "", "three"], ["...", "three"], ["one", "..."], ["...", "two ...", "..."],
      ["...", "one", "...", "three", "..."],
    ] {
      #expect(ExpectedLines(expected).match(lines), "\(expected)")
    }
    for expected in [
      ["one"], ["...", "two"], ["...", "three", "one"], ["one", "...", "four"], [],
    ] {
      #expect(!ExpectedLines(expected).match(lines), "\(expected)")
    }
  }
}

/// A page of the documentation, named from the root of the package.
struct DocumentationPage: CustomTestStringConvertible, CustomStringConvertible, Sendable {
  static let catalogue = "Sources/stagecraft/Documentation.docc"

  static let all: [DocumentationPage] = {
    let pages = try? FileManager.default.contentsOfDirectory(
      atPath: PackageFiles.root + "/" + catalogue)
    let names = (pages ?? []).filter { $0.hasSuffix(".md") }.sorted().map { catalogue + "/" + $0 }
    return (["README.md"] + names).map { DocumentationPage(name: $0) }
  }()

  let name: String

  var testDescription: String { name }
  var description: String { name }
  var directory: String {
    URL(fileURLWithPath: PackageFiles.root + "/" + name).deletingLastPathComponent().path
  }

  func text() throws -> String { try PackageFiles.text(PackageFiles.root + "/" + name) }
}

/// A command of a page and what it says that it prints.
struct ConsoleExample {
  /// Where the command stands, from 1.
  let line: Int
  private(set) var command: String
  private(set) var expected: [String] = []

  static func all(in page: String) -> [ConsoleExample] {
    var examples: [ConsoleExample] = []
    var fence: Substring?
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("```") {
        fence = fence == nil ? line.dropFirst(3) : nil
      } else if fence == "console" {
        add(line, index + 1, to: &examples)
      }
    }
    return examples
  }

  private static func add(_ line: Substring, _ number: Int, to examples: inout [ConsoleExample]) {
    if line.hasPrefix("$ ") {
      examples.append(ConsoleExample(line: number, command: String(line.dropFirst(2))))
    } else if let last = examples.indices.last {
      if line.hasPrefix("> "), examples[last].expected.isEmpty {
        examples[last].command += "\n" + line.dropFirst(2)
      } else {
        examples[last].expected.append(String(line))
      }
    }
  }

  /// Runs it in a shell that finds the built program, as if nobody watched.
  func run(in directory: ScratchDirectory) throws -> (exitCode: Int32, lines: [String]) {
    let binaries = try BuiltCommand.directory()
    let result = try BuiltCommand.shell(
      "cd '\(directory.path)'\nPATH='\(binaries)':$PATH\nexec 2>&1\n" + command,
      environment: ["LC_ALL": "C.UTF-8", "COLUMNS": nil])
    var lines = result.outputText.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    return (result.exitCode, lines)
  }
}

/// Lines, some of which stand for others.
struct ExpectedLines {
  private let lines: [String]

  init(_ lines: [String]) {
    var lines = lines.map(ExpectedLines.trimmed)
    while lines.last == "" { lines.removeLast() }
    self.lines = lines
  }

  func match(_ found: [String]) -> Bool {
    var found = found.map(ExpectedLines.trimmed)
    while found.last == "" { found.removeLast() }
    return matches(lines[...], found[...])
  }

  private func matches(_ expected: ArraySlice<String>, _ found: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return found.isEmpty }
    if first == "..." {
      return (found.startIndex...found.endIndex).contains {
        matches(expected.dropFirst(), found[$0...])
      }
    }
    guard let line = found.first, fits(line, first) else { return false }
    return matches(expected.dropFirst(), found.dropFirst())
  }

  /// The parts between dots come one after the other, the outer ones at the ends.
  private func fits(_ line: String, _ pattern: String) -> Bool {
    if line == pattern { return true }
    let parts = pattern.components(separatedBy: "...")
    guard parts.count > 1, let first = parts.first, let last = parts.last, line.hasPrefix(first)
    else { return false }
    var rest = line.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let place = rest.range(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
