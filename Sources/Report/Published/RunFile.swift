/// What is read back of a run report.
package struct RunFile: Decodable, Sendable {
  package struct Program: Decodable, Sendable {
    package let version: String
  }

  package struct Model: Decodable, Sendable {
    package let id: String
    package let version: String
  }

  package struct Survey: Decodable, Sendable {
    package let id: String
    package let unit: String
  }

  package struct Options: Decodable, Sendable {
    package let minimumCell: UInt64?

    private enum CodingKeys: String, CodingKey {
      case minimumCell = "min_cell"
    }
  }

  package struct Accounting: Decodable, Sendable {
    package let read: UInt64?
    package let scored: UInt64?
    package let unscored: UInt64?
    package let filtered: UInt64?
    package let duplicate: UInt64?
    package let rejected: UInt64

    /// All of them, in the order of the tests.
    package var fates: [RunNumbers.Fate] {
      [
        .init("scored", scored), .init("unscored", unscored), .init("filtered", filtered),
        .init("duplicate", duplicate), .init("rejected", rejected),
      ]
    }
  }

  package struct Questionnaire: Decodable, Sendable {
    package let unobservable: String
  }

  package struct Output: Decodable, Sendable {
    package let name: String
    package let bytes: UInt64
    package let sha256: String
  }

  package let stagecraft: Program
  package let finishedAt: String
  package let model: Model
  package let survey: Survey
  package let options: Options
  package let accounting: Accounting
  package let questionnaire: Questionnaire
  package let warnings: [String]
  package let outputs: [Output]

  static let anySchema = "stagecraft/run/"

  private enum CodingKeys: String, CodingKey {
    case stagecraft, model, survey, options, accounting, questionnaire, warnings, outputs
    case finishedAt = "finished_at"
  }
}

/// The beginning of any document of ours.
struct SchemaFile: Decodable {
  let schema: String
}

/// What is read back of a Data Package descriptor.
struct PackageFile: Decodable, Sendable {
  struct Resource: Decodable, Sendable {
    let name: String
    let schema: Schema

    var types: [String] { schema.fields.map(\.type) }
  }

  struct Schema: Decodable, Sendable {
    let fields: [Field]
  }

  struct Field: Decodable, Sendable {
    let type: String
  }

  var title: String?
  let resources: [Resource]
}
