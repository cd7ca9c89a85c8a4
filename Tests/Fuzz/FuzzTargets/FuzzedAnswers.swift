import Ingest
import MaturityModel
import Normalize
import SurveyMapping

/// Answers to one question, as a run reads them: by their bytes, from what is remembered. Each of
/// them must say what the rules say of it alone.
///
/// The first byte of an input chooses the question; answers are divided by the byte FF.
enum FuzzedAnswers {
  private static let surveys = [
    "style: list, separator: \";\"", "style: list, separator: \",\"", "style: choice",
    "style: list, separator: \"x\"", "style: list, separator: \"||\", unselected: unknown",
  ].map {
    FuzzedModel.survey($0 + ", none: [None], other: [Other], ignore: [\"-\"], answers: {ok: vim}")
  }

  private static let interpreters = surveys.map {
    AnswerInterpreter(
      question: $0.questions[0], model: FuzzedModel.model, missing: $0.source.missing)
  }

  static func compare(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let choice = Int(first) % surveys.count
    let survey = surveys[choice]
    let cells = input.dropFirst().split(separator: 0xFF, omittingEmptySubsequences: false)
      .map { String(decoding: $0.filter { $0 != 0 }, as: UTF8.self) }
    // Twice: the second time all of it is remembered.
    let text = "Q,R\n" + (cells + cells).map(quoted).joined()
    do {
      let seen = try statements(Array(text.utf8), survey)
      var expected = Statements()
      for cell in cells + cells { expected.add(cell, interpreters[choice]) }
      if seen != expected {
        fatalError("\(survey.questions[0].style): \(seen) instead of \(expected)")
      }
    } catch {
      fatalError("\(error)")
    }
  }

  /// By scalars: with a combining mark behind it a quote is no character of its own.
  private static func quoted(_ cell: String) -> String {
    var text = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(scalar)
    }
    return text + "\",r\n"
  }

  /// What responses say: bits of criteria and terms, and how often a text matched nothing.
  private struct Statements: Hashable {
    var yes: [UInt64] = []
    var no: [UInt64] = []
    var terms: [UInt64] = []
    var unmapped: [ExactText: Int] = [:]

    mutating func add(_ cell: String, _ interpreter: AnswerInterpreter) {
      let question = interpreter.question
      let effect = interpreter.effect(ofCell: cell, label: "")
      let denies = effect.isAnswer && !effect.holdsSomethingElse && question.deniesUnselected
      yes.append(bits(effect.proved))
      no.append(denies ? bits(question.asks) & ~bits(effect.proved + effect.maybe) : 0)
      terms.append(bits(effect.terms))
      for text in Set(effect.unmapped.map(ExactText.init)) { unmapped[text, default: 0] += 1 }
    }
  }

  private static func bits(_ members: [Int]) -> UInt64 {
    members.reduce(0) { $0 | 1 << UInt64($1) }
  }

  private static func statements(_ text: [UInt8], _ survey: Survey) throws -> Statements {
    let file = ScratchFile(text[...])
    let reader = try ChunkReader(
      InputReader(path: "input", descriptor: file.descriptor, hashesWhole: false), input: 0,
      dialect: Dialect(), limits: IngestLimits(), chunkBytes: 1 << 16)
    let header = HeaderRecords(records: try reader.readHeader(), labelRecord: 1)
    let binding = try ColumnBinding(
      survey: survey, names: header.names, labels: header.labels,
      sharesNames: header.sharesNames, source: "input")
    let plan = NormalizationPlan(
      survey: survey, model: FuzzedModel.model, binding: binding, header: header)
    let vocabulary = Vocabulary(segments: 0, questions: 1)
    let normalizer = Normalizer(plan: plan, vocabulary: vocabulary, duplicates: nil)
    let responses = ResponseBatch(shape: plan.shape)
    let (chunk, batch, parser) = (RecordChunk(), RecordBatch(), ChunkParser())
    var statements = Statements()
    while try reader.next(into: chunk) {
      if let offset = batch.fill(from: chunk, columns: plan.columns, parser: parser) {
        fatalError("libcsv and RecordScanner disagree on the record at byte \(offset)")
      }
      normalizer.normalize(batch, into: responses)
      statements.yes += responses.yes
      statements.no += responses.no
      statements.terms += responses.terms
      // Few enough answers are made up for all of them to be told apart.
      let texts = vocabulary.unmappedAnswers(to: 0) ?? []
      for answer in responses.unmapped {
        let text = texts[Int(answer.text)]
        statements.unmapped[ExactText(text), default: 0] += 1
      }
    }
    return statements
  }
}
