import Ingest

/// The survey products whose exports are known, by the names used in survey files.
package enum Vendor: String, CaseIterable, Sendable {
  case qualtrics
  case qualtricsLegacy = "qualtrics-legacy"
  case surveyMonkey = "surveymonkey"
  case limeSurvey = "limesurvey"
  case redcap
  case odk
  case kobo
  case typeform
  case alchemer
  case microsoftForms = "microsoft-forms"
  case stackOverflow = "stackoverflow"
  case kaggle
  case googleForms = "google-forms"
  case generic

  /// What the vendor's exports are like, where a survey file does not say. Only these: what counts
  /// as missing, which records are left out, and ids come from the survey file alone.
  package var dialect: Dialect {
    switch self {
    case .qualtrics: Dialect(headerRecords: 3, labelRecord: 2)
    case .qualtricsLegacy, .surveyMonkey, .kaggle: Dialect(headerRecords: 2, labelRecord: 2)
    case .kobo: Dialect(delimiter: UInt8(ascii: ";"))
    default: Dialect()
    }
  }
}
