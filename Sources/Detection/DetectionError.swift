/// Why an input cannot be an export that stagecraft reads, as its first bytes show.
package enum DetectionError: Error, Hashable, Sendable {
  /// A workbook, a PDF or the like: `what` says which.
  case notText(what: String)
  /// An encoding that has to be converted first.
  case unsupportedEncoding(String)
}
