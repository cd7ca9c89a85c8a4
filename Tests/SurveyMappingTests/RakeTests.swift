import Documents
import Statistics
import SurveyMapping
import Testing

/// The margins of a survey file.
@Suite struct RakeTests {
  private func text(_ rake: String) -> String {
    smallSurvey.replacing("metrics:\n", with: "rake: \(rake)\nmetrics:\n")
  }

  private static let margins = "margins: {country: {USA: 0.6, (other): 0.3, (missing): 0.1}}"

  @Test func marginsAreReadWithTheirDefaults() throws {
    let rake = try #require(try survey(text("{\(RakeTests.margins)}")).rake)
    #expect(rake.margins.map(\.segment) == [0])
    #expect(rake.margins[0].categories.map(\.name) == ["USA", "(other)", "(missing)"])
    #expect(rake.margins[0].categories.map(\.target.text) == ["0.6", "0.3", "0.1"])
    #expect((rake.tolerance.text, rake.iterations) == ("0.000000001", 1_000))
    #expect(rake.trim.low == nil && rake.trim.high == nil)
    #expect(rake.cells == 3)
  }

  @Test func valuesAreMatchedFoldedAndMissingOnesAreNotOthers() throws {
    let margin = try #require(try survey(text("{\(RakeTests.margins)}")).rake?.margins.first)
    #expect(margin.category(of: " usa") == 0)
    #expect(margin.category(of: "Chile") == 1)
    #expect(margin.category(of: "(missing)") == 2)
    let named = try survey(text("{margins: {country: {USA: 0.6, (other): 0.4}}}"))
    #expect(named.rake?.margins.first?.category(of: "(missing)") == nil)
  }

  @Test func withoutMarginsNothingIsRaked() throws { #expect(try survey(smallSurvey).rake == nil) }

  @Test(
    arguments: [
      ("{}", "rake.margins", .missingKey),
      ("{margins: {}}", "rake.margins", .tooFew(minimum: 1)),
      ("{margins: [country]}", "rake.margins", .wrongType(expected: .mapping, found: .list)),
      (
        "{margins: {contry: {A: 0.5, B: 0.5}}}", "rake.margins.contry",
        .unknownReference(kind: "segment", name: "contry", suggestion: "country")
      ),
      ("{margins: {country: {A: 1}}}", "rake.margins.country", .tooFew(minimum: 2)),
      (
        "{margins: {country: [A]}}", "rake.margins.country",
        .wrongType(expected: .mapping, found: .list)
      ),
      ("{margins: {country: {A: 0.5, B: 0.4}}}", "rake.margins.country", .sumIsNotOne("0.9")),
      ("{margins: {country: {A: 0.6, a: 0.4}}}", "rake.margins.country.a", .repeatedReference("a")),
      ("{margins: {country: {A: 0.6, A: 0.4}}}", "rake.margins.country.A", .duplicateKey("A")),
      ("{margins: {country: {A: 1, B: 0}}}", "rake.margins.country.B", .notAboveZero),
      (
        "{margins: {country: {A: 40, B: 0.6}}}", "rake.margins.country.A",
        .outOfRange(low: "0", high: "1")
      ),
      ("{\(margins), trim: {}}", "rake.trim.low", .needsOneOf(["low", "high"])),
      ("{\(margins), trim: {low: 2}}", "rake.trim.low", .outOfRange(low: "0", high: "1")),
      (
        "{\(margins), trim: {high: 0.5}}", "rake.trim.high", .outOfRange(low: "1", high: "1000000")
      ),
      (
        "{\(margins), tolerance: 0}", "rake.tolerance",
        .outOfRange(low: "0.000000001", high: "0.01")
      ),
      ("{\(margins), iterations: 0}", "rake.iterations", .outOfRange(low: "1", high: "10000")),
      ("{\(margins), cap: 5}", "rake.cap", .unknownKey("cap", suggestion: nil)),
    ] as [(String, String, Fault.Kind)])
  func eachFaultIsFoundAlone(_ rake: String, _ path: String, _ kind: Fault.Kind) throws {
    let found = try faults(ofSurvey: text(rake))
    #expect(found.map(\.kind) == [kind])
    // A key given twice ends the reading before paths are made.
    if case .duplicateKey = kind { return }
    #expect(found.map(\.path) == [path])
  }

  @Test func moreCellsThanHaveRoomAreAFault() throws {
    let shares = (0..<40).map { "c\($0): 0.025" }.joined(separator: ", ")
    let two = smallSurvey.replacing(
      "metrics:\n",
      with: """
          - {id: land, column: Land}
        rake: {margins: {country: {\(shares)}, land: {\(shares)}}}
        metrics:

        """)
    let found = try faults(ofSurvey: two)
    #expect(found.map(\.kind) == [.tooManyCells(limit: 1_000)])
  }

  @Test func thirdsWithSixDigitsAddUp() throws {
    let thirds = "{A: 0.333333, B: 0.333333, C: 0.333333}"
    let rake = try #require(try survey(text("{margins: {country: \(thirds)}}")).rake)
    #expect(rake.margins[0].total.text == "0.999999")
  }
}
