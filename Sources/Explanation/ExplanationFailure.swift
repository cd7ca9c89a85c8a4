import Pipeline

/// Why a record could not be explained.
package enum ExplanationFailure: Error, Sendable {
  case run(RunFailure)
  /// All records were read and none was it.
  case notFound(byID: Bool, read: UInt64)
  /// An id was given, but the survey has none, so only a place can be.
  case surveyHasNoIDs(sources: [String])
}
