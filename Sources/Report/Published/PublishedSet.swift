import Fingerprint
import Foundation
import Publish
import SurveyMapping
import SystemCalls

/// A published directory, read back. Every file is held against what the run report says of it.
package struct PublishedSet: Sendable {
  package let path: String
  package let run: RunFile
  private let files: PublishedFiles
  private let descriptor: PackageFile

  /// - Throws: ``PublishedSetFailure`` where no set of this version, or a damaged one, is there.
  package init(path: String) throws(PublishedSetFailure) {
    self.path = path
    let directory: Directory
    do {
      directory = try Directory(path: path)
    } catch {
      throw .unreadable(error)
    }
    run = try PublishedSet.run(directory, path)
    files = PublishedFiles(directory: directory, outputs: run.outputs)
    let bytes = try files.bytes(of: OutputNames.dataPackage)
    guard let decoded = try? JSONDecoder().decode(PackageFile.self, from: Data(bytes)) else {
      throw .damaged(directory.path(of: OutputNames.dataPackage))
    }
    descriptor = decoded
  }

  /// What the survey is called.
  package var title: String { descriptor.title ?? run.survey.id }

  /// The tables in their published order.
  package var tableNames: [String] { descriptor.resources.map(\.name) }

  /// A table with all its rows, and without guards against formulas; nil where the set has none of
  /// that name.
  package func table(_ name: String) throws(PublishedSetFailure) -> TableRows? {
    guard let resource = descriptor.resources.first(where: { $0.name == name }) else { return nil }
    let file = name + ".csv"
    guard let rows = TableRows(published: try files.bytes(of: file), types: resource.types) else {
      throw .damaged(files.directory.path(of: file))
    }
    return rows
  }

  /// What people look at.
  package func numbers() throws(PublishedSetFailure) -> RunNumbers {
    var tables: [String: TableRows] = [:]
    for name in RunNumbers.tables { tables[name] = try table(name) }
    var about = RunNumbers.About(
      title: title, survey: run.survey.id, model: "\(run.model.id) \(run.model.version)",
      units: run.survey.unit == Survey.Unit.organisation.rawValue ? "organisations" : "responses",
      fates: run.accounting.fates)
    about.minimum = run.options.minimumCell
    return RunNumbers(about) { tables[$0] ?? TableRows(columns: [], rows: []) }
  }

  private static func run(
    _ directory: Directory, _ path: String
  ) throws(PublishedSetFailure) -> RunFile {
    let start: [UInt8]
    do throws(SystemCallError) {
      let bytes = try directory.status(of: OutputNames.run)?.bytes ?? 0
      start = try directory.start(of: OutputNames.run, count: min(Int(bytes), mostReportBytes))
    } catch {
      if error.errno == .noSuchFileOrDirectory { throw .noSet(path) }
      throw .unreadable(error)
    }
    let decoder = JSONDecoder()
    guard let schema = try? decoder.decode(SchemaFile.self, from: Data(start)).schema,
      schema.hasPrefix(RunFile.anySchema)
    else { throw .noSet(path) }
    if schema != RunReport.schema { throw .otherVersion(path, schema: schema) }
    guard let run = try? decoder.decode(RunFile.self, from: Data(start)) else {
      throw .damaged(directory.path(of: OutputNames.run))
    }
    return run
  }

  /// More than a run report has: one names each input.
  private static let mostReportBytes = 256 << 20
}

/// The files of a set, each held against its size and hash in the run report.
private struct PublishedFiles: Sendable {
  let directory: Directory
  let outputs: [RunFile.Output]

  /// They are read as a whole.
  private static let mostBytes: UInt64 = 512 << 20

  func bytes(of name: String) throws(PublishedSetFailure) -> [UInt8] {
    let path = directory.path(of: name)
    guard let output = outputs.first(where: { $0.name == name }) else { throw .damaged(path) }
    if output.bytes > PublishedFiles.mostBytes {
      throw .tooLarge(path, limit: PublishedFiles.mostBytes)
    }
    let bytes: [UInt8]
    do throws(SystemCallError) {
      bytes = try directory.start(of: name, count: Int(output.bytes) + 1)
    } catch {
      if error.errno == .noSuchFileOrDirectory { throw .damaged(path) }
      throw .unreadable(error)
    }
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    if hash.hexadecimal() != output.sha256 { throw .damaged(path) }
    return bytes
  }
}

/// Why a directory cannot be shown.
package enum PublishedSetFailure: Error, Sendable {
  /// The directory, or a file in it, cannot be read.
  case unreadable(SystemCallError)
  /// The directory has no run report of ours.
  case noSet(String)
  /// The set is of another version than this program knows.
  case otherVersion(String, schema: String)
  /// The file is not what the run wrote, or is gone.
  case damaged(String)
  case tooLarge(String, limit: UInt64)
}
