/// Which unmapped answers a response has given to a question already: without looking through them,
/// since one response may hold hundreds of thousands.
struct NotedAnswers {
  /// The last response that gave any.
  private(set) var response: UInt64 = 0
  /// Per text, by its number, the last response that gave it.
  private var responseOfText: [UInt64] = []

  /// Notes an answer; false where the response has given it before.
  mutating func isNew(_ text: Int32, in response: UInt64) -> Bool {
    let isFirst = self.response != response
    self.response = response
    guard text >= 0 else { return isFirst }
    let missing = Int(text) + 1 - responseOfText.count
    if missing > 0 { responseOfText += Array(repeating: 0, count: missing) }
    if responseOfText[Int(text)] == response { return false }
    responseOfText[Int(text)] = response
    return true
  }
}
