import Aggregate
import Detection
import Documents
import Ingest
import Publish
import SystemCalls

/// Why a run ended without publishing.
package enum RunFailure: Error, Sendable {
  /// A model or survey file is wrong, or does not fit an input.
  case definition(DocumentFaults)
  /// There is no model or survey file to go by.
  case undefined(MissingDefinition)
  /// No vendor of that name; from the command line or from the survey file.
  case unknownVendor(String, isOption: Bool)
  /// The first bytes show that this is no export.
  case detection(DetectionError, path: String)
  /// With `--strict`: the rules of several vendors fit.
  case ambiguousExport(path: String, vendors: [String])
  case ingest(IngestError)
  case publish(PublishError)
  case standardInputTwice
  /// A pipe is needed twice and could not be kept.
  case cannotSpool(SystemCallError, input: String)
  /// There is no memory for more respondents' ids.
  case tooManyIDs(SystemCallError)
  /// The process may have so few files open that not even the threads can be started.
  case tooFewOpenFiles(limit: UInt64, needed: UInt64)
  /// The output is, or holds, something the run reads.
  case outputHoldsInput(input: String, output: String)
  case tooManyRejects(
    read: UInt64, rejected: UInt64, limit: RunConfiguration.RejectLimit, kept: String)
  /// A segment has more distinct values than can be told apart.
  case tooManySegmentValues(column: String, limit: Int)
  /// More organisations than are kept.
  case tooManyOrganisations(column: String, limit: Int)
  /// The weights cannot be raked to the margins of the survey file.
  case raking(RakingFailure)
  /// The books of an input do not balance; a bug of ours.
  case unbalanced(source: String, Imbalance)
}

/// Why there is no model or survey file to go by.
package enum MissingDefinition: Sendable {
  case unreadable(SystemCallError)
  /// There is no such built-in model and no such file.
  case unknownModel(name: String, builtIn: [String])
  /// The survey file names no model, and none was given.
  case noModel(surveyFile: String)
  /// No survey file was given, and the input is no export of a questionnaire of ours.
  case noSurvey(input: String)
  /// It is one, but the codes count the criteria of another model.
  case printedFromAnotherModel(input: String, model: String)
}
