import Foundation
import Testing

@testable import Ingest

/// Real exports, read by stagecraft and by Python's csv module: every field must be the same.
///
/// The exports are not part of the package; where they or Python are absent the test is skipped,
/// visibly. Debug builds leave out the largest files unless STAGECRAFT_ALL_EXPORTS is set.
@Suite struct RealExportTests {
  @Test(.enabled(if: RealExports.canBeRead, "needs ../shared/data and python3"))
  func fieldsEqualPythonsOnRealExports() throws {
    let exports = RealExports.chosen
    try #require(!exports.isEmpty)
    let theirs = try RealExports.digestsByPython(exports)
    try #require(theirs.count == exports.count)
    for (export, theirs) in zip(exports, theirs) {
      let ours = try FieldDigest(of: export, kernel: .best).text
      let byLibcsv = try FieldDigest(of: export, kernel: nil).text
      #expect(ours == byLibcsv, "\(export.name): both readers read the same")
      let known = RealExports.knownDifferences[export.name]
      if ours != theirs, known == nil {
        Issue.record("\(export.name): \(ours), Python has \(theirs)")
      }
      if ours == theirs, let known {
        Issue.record("\(export.name) is read alike by now, though \(known)")
      }
    }
  }
}

/// A file of ../shared/data and how it is to be read.
struct RealExport {
  let name: String
  let path: String
  let delimiter: UInt8
  let encoding: CharacterEncoding
}

enum RealExports {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data").standardizedFileURL.path

  /// Files whose fields differ, and why.
  static let knownDifferences: [String: String] = [:]

  private static let windowsFiles: Set = ["cncf/cloudnative/2022 CNCF Survey - Raw Data.csv"]

  static var canBeRead: Bool {
    FileManager.default.fileExists(atPath: folder) && (try? python(["-c", ""], input: "")) != nil
  }

  static var chosen: [RealExport] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".tsv") }.sorted()
      .filter { bytes(of: $0) > 0 && (readsAll || bytes(of: $0) < 5_000_000) }.map(export)
  }

  private static func export(_ name: String) -> RealExport {
    let path = folder + "/" + name
    return RealExport(
      name: name, path: path, delimiter: delimiter(ofFirstLineIn: path),
      encoding: windowsFiles.contains(name) ? .windows1252 : .utf8)
  }

  private static var readsAll: Bool {
    #if DEBUG
      ProcessInfo.processInfo.environment["STAGECRAFT_ALL_EXPORTS"] != nil
    #else
      true
    #endif
  }

  private static func bytes(of name: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
    return attributes?[.size] as? Int ?? 0
  }

  /// Tab, semicolon or comma, whichever the first line holds most of.
  private static func delimiter(ofFirstLineIn path: String) -> UInt8 {
    guard let file = FileHandle(forReadingAtPath: path),
      let start = try? file.read(upToCount: 4_096)
    else { return UInt8(ascii: ",") }
    let line = start.prefix { $0 != 10 && $0 != 13 }
    let choices = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return choices.max { left, right in
      line.count { $0 == left } < line.count { $0 == right }
    } ?? choices[0]
  }

  /// One line per export: width, records of that width, other records, digest.
  static func digestsByPython(_ exports: [RealExport]) throws -> [String] {
    let input = exports.map { "\($0.path)\u{1F}\($0.delimiter)\u{1F}\($0.encoding.rawValue)" }
    return try python(["-c", script], input: input.joined(separator: "\n"))
      .split(separator: "\n").map(String.init)
  }

  private static func python(_ arguments: [String], input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (stdin, stdout)
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw CocoaError(.executableLoad) }
    return String(decoding: output, as: UTF8.self)
  }

  /// A blank record is one without a field that is not blank, and with one field at most: libcsv
  /// takes a line of spaces for a blank one. One empty field too many is dropped.
  private static let script = #"""
    import csv, hashlib, sys
    csv.field_size_limit(1 << 30)
    for line in sys.stdin.read().split("\n"):
        path, delimiter, encoding = line.split("\x1f")
        encoding = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}[encoding]
        digest, width, count, others = hashlib.sha256(), None, 0, 0
        with open(path, encoding=encoding, newline="") as file:
            for record in csv.reader(file, delimiter=chr(int(delimiter)), skipinitialspace=True):
                fields = [field.strip(" \t") for field in record]
                if fields in ([], [""]):
                    continue
                if width is None:
                    width = len(fields)
                if len(fields) == width + 1 and fields[-1] == "":
                    fields.pop()
                if len(fields) != width:
                    others += 1
                    continue
                count += 1
                digest.update(("\x1f".join(fields) + "\x1e").encode())
        print(width, count, others, digest.hexdigest())
    """#
}
