import StagecraftTestSupport
import Testing

@testable import Normalize

@Suite struct DuplicateTests {
  private func survivors(
    _ inputs: [[String]], _ policy: String, chunkBytes: Int
  ) throws -> [[UInt64]] {
    let survey = try SmallLadder.survey(
      """
      keep: [{id: real, column: K, not_in: [no]}]
      respondent: {id: Id, duplicates: \(policy)}
      questions: [{id: q, column: Q, style: choice}]

      """)
    var normalizing = try Normalizing(survey)
    normalizing.chunkBytes = chunkBytes
    let texts = inputs.map { "Id,K,Q\n" + $0.map { $0 + "\n" }.joined() }
    let normalized = try normalizing.run(texts, findsDuplicates: true)
    for (input, result) in zip(inputs, normalized) {
      let fates = result.duplicate + UInt64(result.responses.count) + result.filtered[0]
      #expect(fates == UInt64(input.count))
    }
    return normalized.map { $0.responses.map(\.record) }
  }

  private static let inputs = [
    ["a,,", "b,,", "a,,", ",,", "A,,"], ["a,no,", " b ,,", ",,", "c,,"], ["c,,", "NA,,", "NA,,"],
  ]

  @Test(arguments: [1, 5, 8, 1 << 20])
  func lastOneStandsOverAllInputs(_ chunkBytes: Int) throws {
    let found = try survivors(DuplicateTests.inputs, "last", chunkBytes: chunkBytes)
    #expect(found == [[3, 4, 5], [2, 3], [1, 2, 3]])
  }

  @Test(arguments: [1, 5, 8, 1 << 20])
  func firstOneStandsOverAllInputs(_ chunkBytes: Int) throws {
    let found = try survivors(DuplicateTests.inputs, "first", chunkBytes: chunkBytes)
    #expect(found == [[1, 2, 4, 5], [3, 4], [2, 3]])
  }

  /// Bits of all inputs stand in one row.
  @Test func aRecordWithoutAnIDDoesNotLoseForTheNextInput() throws {
    let inputs = [["a,,", ",,", ",,"], [",,", "b,,", "b,,"], [",,"], ["c,,", "a,,"]]
    #expect(try survivors(inputs, "last", chunkBytes: 1 << 20) == [[2, 3], [1, 3], [1], [1, 2]])
    #expect(try survivors(inputs, "first", chunkBytes: 1 << 20) == [[1, 2, 3], [1, 2], [1], [1]])
  }

  /// More ids than are looked up ahead, and more than one piece of the table.
  @Test func thousandsOfIDsAreToldApart() throws {
    let records = (0..<3000).map { "p\($0 % 2000),," }
    let last = try survivors([records], "last", chunkBytes: 1 << 20)
    #expect(last == [Array(1001...3000)])
    #expect(try survivors([records], "first", chunkBytes: 1 << 20) == [Array(1...2000)])
  }

  /// Against a plain dictionary: more than 64 records to an input, so that the bits fill words.
  @Test(arguments: ["first", "last"])
  func survivorsAreThoseOfADictionary(_ policy: String) throws {
    var random = SeededGenerator(seed: 11)
    let inputs = (0..<3).map { _ in
      (0..<200).map { _ in "p\(Int.random(in: 0..<150, using: &random)),,Excel" }
    }
    var winners: [String: [Int]] = [:]
    for (input, records) in inputs.enumerated() {
      for (place, record) in records.enumerated() where policy == "last" || winners[record] == nil {
        winners[record] = [input, place + 1]
      }
    }
    let expected = inputs.indices.map { input in
      winners.values.filter { $0[0] == input }.map { UInt64($0[1]) }.sorted()
    }
    #expect(try survivors(inputs, policy, chunkBytes: 64) == expected)
  }
}
