import Detection
import Foundation
import Ingest
import Inspection
import MaturityModel
import StagecraftTestSupport
import SurveyMapping
import Testing

/// Drafts for every vendor's fixture validate, fit, and run as they are.
struct VendorFixtureTests {
  private static let directory = PackageFiles.root + "/Tests/Fixtures/vendors/"
  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
    .filter { $0.hasSuffix(".csv") && $0 != "summary-tables.csv" }.sorted()

  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func draft(_ file: String) throws -> (SurveyDraft, Inspection) {
    let inspection = try inspect(file: VendorFixtureTests.directory + file)
    return (try SurveyDraft(inspection, modelReference: "mlops-maturity"), inspection)
  }

  @Test func thereAreFixtures() { #expect(VendorFixtureTests.files.count > 15) }

  @Test(arguments: files)
  func theDraftRunsAsItIs(file: String) throws {
    let path = VendorFixtureTests.directory + file
    let (draft, inspection) = try draft(file)
    let report = try run(path, draft: draft, scratch: scratch)
    let accounting = report.inputs[0].accounting
    #expect(accounting.read == inspection.responses + inspection.rejects.total)
    #expect(accounting.rejected == 0)
    #expect(accounting.scored + accounting.unscored > 0)
  }

  @Test(arguments: files)
  func theDraftFits(file: String) throws {
    let (draft, _) = try draft(file)
    let source = draft.survey.source
    var request = ExportRequest(path: VendorFixtureTests.directory + file)
    request.declared = DeclaredDialect(
      vendor: source.vendor.flatMap(Vendor.init), delimiter: source.delimiter,
      encoding: source.encoding.flatMap { CharacterEncoding(rawValue: $0.rawValue) },
      headerRecords: source.headerRecords, labelRecord: source.labelRecord)
    let check = try SurveyCheck(request, survey: draft.survey, model: try builtInModel())
    #expect(check.faults == nil)
    #expect(check.questions.allSatisfy { $0.unseen.isEmpty })
  }

  @Test func optionsOfTicksAreNamedByTheirHeader() throws {
    let (draft, _) = try draft("redcap-labels.csv")
    let model = try builtInModel()
    let question = try #require(draft.survey.questions.first { $0.style == .options })
    let terms = question.answers.values.flatMap { $0 }.map { model.terms[$0].id }.sorted()
    #expect(terms == ["git", "jenkins", "python"])
  }

  @Test func plansAndOtherTextsOfKaggleAreLeftOut() throws {
    let (draft, _) = try draft("kaggle.csv")
    let columns = draft.survey.questions.flatMap(\.columns)
    #expect(columns == ["Q1", "Q2_*", "Q3_A_Part_*"])
    #expect(draft.survey.questions[1].except == ["Q2_OTHER_TEXT"])
    #expect(draft.survey.source.missing.contains("nan"))
  }

  @Test func oneEventOfALongitudinalProjectIsScored() throws {
    let (draft, _) = try draft("redcap.csv")
    #expect(draft.survey.keep.first?.id == "event")
    #expect(draft.survey.keep.first?.allowed == ["first_arm_1"])
  }
}
