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
  /// Google Forms, its own CSV download.
  case googleForms = "google-forms"
  /// Google Forms, by way of the linked sheet: other separators, other dates.
  case googleSheets = "google-sheets"
  case generic

  /// What is known of the vendor's exports.
  package var profile: VendorProfile {
    switch self {
    case .qualtrics: .qualtrics
    case .qualtricsLegacy: .qualtricsLegacy
    case .surveyMonkey: .surveyMonkey
    case .limeSurvey: .limeSurvey
    case .redcap: .redcap
    case .odk: .odkCentral
    case .kobo: .koboToolbox
    case .typeform: .typeform
    case .alchemer: .alchemer
    case .microsoftForms: .microsoftForms
    case .stackOverflow: .stackOverflow
    case .kaggle: .kaggle
    case .googleForms: .googleForms
    case .googleSheets: .googleSheets
    case .generic: .generic
    }
  }

  /// What the vendor's exports are like, where a survey file does not say. Only these: what counts
  /// as missing, which records are left out, and ids come from the survey file alone.
  package var dialect: Dialect {
    Dialect(
      delimiter: profile.delimiter, headerRecords: profile.headerRecords,
      labelRecord: profile.labelRecord)
  }
}
