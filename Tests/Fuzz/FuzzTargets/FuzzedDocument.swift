import MaturityModel
import SurveyMapping

@testable import Documents

/// Files that people write, made up: they are read, or refused with at least one fault; and what
/// the quick reader reads is what the YAML library reads.
enum FuzzedDocument {
  static func readSurvey(_ yaml: [UInt8]) {
    compareReaders(yaml)
    do throws(DocumentFaults) {
      _ = try Survey(yaml: yaml, source: "survey.yaml", model: FuzzedModel.model)
    } catch {
      check(error)
    }
  }

  static func readModel(_ yaml: [UInt8]) {
    compareReaders(yaml)
    do throws(DocumentFaults) {
      _ = try MaturityModel(yaml: yaml, source: "model.yaml")
    } catch {
      check(error)
    }
  }

  private static func compareReaders(_ yaml: [UInt8]) {
    guard let quick = PlainYAML.root(of: yaml) else { return }
    let text = String(decoding: yaml, as: UTF8.self)
    do throws(DocumentFaults) {
      let slow = try DocumentParser.libraryTree(text, source: "")
      if slow != quick { fatalError("read as \(quick) instead of \(slow)") }
    } catch {
      fatalError("read as \(quick) instead of refused: \(error.messages)")
    }
  }

  private static func check(_ faults: DocumentFaults) {
    if faults.messages.isEmpty { fatalError("refused without a fault") }
  }
}
