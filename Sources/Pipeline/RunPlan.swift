import Aggregate
import Detection
import Ingest
import Publish
import SurveyMapping
import SystemCalls

/// What a run would read and write, found out without writing anything.
package struct RunPlan: Sendable {
  package struct Input: Sendable {
    package let path: String
    package let source: String
    package let detection: Detection
    package let columns: Int
    package let mapped: [Mapped]
  }

  /// Something of the survey file, and the columns it is read from.
  package struct Mapped: Sendable {
    /// `question`, `segment`, and so on.
    package let kind: String
    package let id: String
    package let columns: [String]
  }

  package let inputs: [Input]
  package let target: String
  package let replacesTarget: Bool
  /// In the order in which a set lists them.
  package let outputs: [String]
}

extension Pipeline {
  /// Reads the definitions and the start of each input, as a run does.
  ///
  /// - Throws: what a run would throw up to its first record. Whether another run publishes to the
  ///   same target is not found out.
  package func plan() throws(RunFailure) -> RunPlan {
    let declared = try configuration.declaredDialect(definitions.survey.source)
    let inputs = try InputList(configuration: configuration, declared: declared)
    try OutputOverlap(configuration, definitions).check()
    let replaces: Bool
    do {
      replaces = try OutputTransaction.wouldReplace(configuration.outputDirectory)
    } catch {
      throw .publish(error)
    }
    var planned: [RunPlan.Input] = []
    for input in inputs.items.indices { planned.append(try plan(of: input, inputs)) }
    return RunPlan(
      inputs: planned, target: configuration.outputDirectory, replacesTarget: replaces,
      outputs: outputNames(inputs.items.count))
  }

  private func plan(of input: Int, _ inputs: InputList) throws(RunFailure) -> RunPlan.Input {
    let (reader, detection) = try inputs.open(input)
    let header: HeaderRecords
    do {
      header = HeaderRecords(
        records: try reader.readHeader(), labelRecord: reader.dialect.labelRecord)
    } catch {
      throw .ingest(error)
    }
    let binding: ColumnBinding
    do {
      binding = try ColumnBinding(
        survey: definitions.survey, names: header.names, labels: header.labels,
        sharesNames: header.sharesNames, source: inputs.sources[input])
    } catch {
      throw .definition(error)
    }
    return RunPlan.Input(
      path: inputs.items[input].path, source: inputs.sources[input], detection: detection,
      columns: header.width, mapped: mapped(binding, header.names))
  }

  private func mapped(_ binding: ColumnBinding, _ names: [String]) -> [RunPlan.Mapped] {
    let survey = definitions.survey
    func one(_ kind: String, _ id: String, _ columns: [Int]) -> RunPlan.Mapped {
      RunPlan.Mapped(kind: kind, id: id, columns: columns.map { names[$0] })
    }
    return zip(survey.keep, binding.keep).map { one("keep", $0.id, [$1]) }
      + [binding.id].compactMap { $0 }.map { one("respondent", "id", [$0]) }
      + [binding.weight].compactMap { $0 }.map { one("respondent", "weight", [$0]) }
      + zip(survey.segments, binding.segments).map { one("segment", $0.id, [$1]) }
      + zip(survey.metrics, binding.metrics).map { one("metric", $0.id, [$1]) }
      + [binding.selfAssessed].compactMap { $0 }.map { one("self_assessed", "stage", [$0]) }
      + [binding.duration].compactMap { $0 }.map { one("quality", "speeders", [$0]) }
      + zip(survey.quality?.grids ?? [], binding.grids).map { one("quality", $0.id, $1) }
      + zip(survey.questions, binding.questions).map { one("question", $0.id, $1) }
  }

  private func outputNames(_ inputs: Int) -> [String] {
    let tally = Tally(
      TallyShape(
        survey: definitions.survey, model: definitions.model, observability: observability,
        inputs: inputs, textLimits: configuration.textLimits, analyses: configuration.analyses))
    let wanted: [(String, Bool)] = [
      (OutputNames.rejects, true), (OutputNames.rawRejects, configuration.writesRawRejects),
      (OutputNames.respondents, configuration.writesRespondents), (OutputNames.results, true),
      (OutputNames.report, configuration.writesReport), (OutputNames.dataPackage, true),
      (OutputNames.survey, definitions.madeSurvey != nil), (OutputNames.run, true),
    ]
    // What can be told only when the responses are counted.
    let counted: [(TableSchema, Bool)] = [
      (.organisations, definitions.survey.respondent.organisation != nil),
      (.organisationCriteria, definitions.survey.respondent.organisation != nil),
      (.raking, definitions.survey.rake != nil), (.rakingSummary, definitions.survey.rake != nil),
      (.suppression, configuration.minimumCell != nil),
    ]
    let tables = ResultTables(tally: tally).all + DimensionTables(tally: tally).all
    return (tables.map(\.schema) + counted.filter(\.1).map(\.0)).map(\.fileName)
      + wanted.filter(\.1).map(\.0)
  }
}
