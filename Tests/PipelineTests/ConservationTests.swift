import Aggregate
import Pipeline
import StagecraftTestSupport
import Testing

/// Every record has exactly one fate: read = scored + unscored + filtered + duplicate + rejected.
@Suite struct ConservationTests {
  private struct Fates: Equatable {
    var read: UInt64
    var scored: UInt64
    var unscored: UInt64
    var filtered: UInt64
    var duplicate: UInt64
    var rejected: UInt64

    init(_ accounting: Accounting) {
      read = accounting.read
      scored = accounting.scored
      unscored = accounting.unscored
      filtered = accounting.filteredInTotal
      duplicate = accounting.duplicate
      rejected = accounting.rejected
    }

    init(_ numbers: [UInt64]) {
      (read, scored, unscored) = (numbers[0], numbers[1], numbers[2])
      (filtered, duplicate, rejected) = (numbers[3], numbers[4], numbers[5])
    }

    var isBalanced: Bool { read == scored + unscored + filtered + duplicate + rejected }
  }

  /// The numbers are those of SampleData/README.md.
  @Test(
    arguments: [
      (SampleExport.tidy, [408, 392, 8, 0, 8, 0]), (.qualtrics, [244, 213, 7, 20, 4, 0]),
    ] as [(SampleExport, [UInt64])])
  func samplesHaveTheFatesTheirReadmeTells(_ export: SampleExport, _ fates: [UInt64]) throws {
    let run = try export.run
    #expect(Fates(run.report.tally.totalAccounting) == Fates(fates))
    let records = try run.table("respondents").rows.count
    #expect(UInt64(records) == fates[1] + fates[2])
  }

  @Test func theMessySampleHasOneFateForEveryRecord() throws {
    let run = try SampleExport.messy.run
    let fates = Fates(run.report.tally.totalAccounting)
    #expect(fates.isBalanced)
    #expect((fates.read, fates.duplicate, fates.filtered) == (40, 2, 0))
    let rejects = try run.table("rejects").rows
    #expect(UInt64(rejects.count) == fates.rejected)
    #expect(Set(rejects.map { $0["record"] ?? "" }).isSuperset(of: ["3", "7", "14", "18"]))
  }

  @Test func everyMessyRecordIsPublishedOrRejectedOrADuplicate() throws {
    let run = try SampleExport.messy.run
    let respondents = try run.table("respondents").rows.compactMap { $0["record"] }
    let rejects = try run.table("rejects").rows.compactMap { $0["record"] }
    let all = (respondents + rejects + ["5", "24"]).compactMap { Int($0) }
    #expect(all.sorted() == Array(1...40))
  }

  @Test func theFatesOfSeveralInputsAddUpForEachAndTogether() throws {
    let run = try PipelineRun(
      [SampleExport.tidy.path, SampleExport.messy.path], survey: SampleExport.tidy.survey)
    let inputs = run.report.tally.accounting.map(Fates.init)
    #expect(inputs.map(\.read) == [408, 40])
    #expect(inputs.allSatisfy { $0.isBalanced })
    #expect(Fates(run.report.tally.totalAccounting).isBalanced)
  }

  @Test func strictReadingRejectsWhatLenientReadingRepairs() throws {
    let export = SampleExport.messy
    let lenient = try export.run
    let strict = try PipelineRun([export.path], survey: export.survey) { $0.isStrict = true }
    let numbers = { (run: PipelineRun) in
      Set(try run.table("rejects").rows.compactMap { $0["record"] })
    }
    #expect(try numbers(strict).subtracting(numbers(lenient)).contains("30"))
    #expect(Fates(strict.report.tally.totalAccounting).isBalanced)
  }

  /// Section 3.1: parse, keep, weight, duplicates, scored or unscored.
  @Test func aRecordHasTheFateOfTheFirstTestItFails() throws {
    let survey = """
      schema: stagecraft/survey/1
      id: fates
      model: mlops-maturity
      keep:
        - {id: finished, column: done, in: ["yes"]}
      respondent: {id: id, duplicates: last, weight: w}
      questions:
        - {id: tools, column: tool, style: list, asks: [analysis_tool], none: [nothing]}
      """
    let export = """
      id,done,w,tool
      a,yes,1,Excel
      b,no,-1,Excel
      c,yes,-1,Excel
      a,yes,1
      a,yes,2,nothing
      a,no,3,Excel
      a,yes,none,Excel

      """
    let run = try PipelineRun(export: export, survey: survey)
    // Of the four proper records of `a` only those that are kept and weighed compete: the fifth.
    #expect(Fates(run.report.tally.totalAccounting) == Fates([7, 1, 0, 2, 1, 3]))
    #expect(try run.table("respondents").rows.map { $0["record"] } == ["5"])
    let rejects = try run.table("rejects").rows
    #expect(rejects.map { $0["record"] } == ["3", "4", "7"])
    #expect(rejects.map { $0["reason"] } == ["weight", "field_count", "weight"])
  }
}
