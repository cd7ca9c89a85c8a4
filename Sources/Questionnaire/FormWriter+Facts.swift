import MaturityModel
import Statistics

/// Questions about the respondent's organisation.
extension FormWriter {
  var industry: FormQuestion {
    let names = [
      "Agriculture, mining", "Construction, real estate", "Education, research",
      "Energy, utilities", "Finance, insurance", "Health, pharmaceuticals", "Manufacturing",
      "Media, telecommunications", "Public administration", "Retail, consumer goods",
      "Software, IT services", "Transport, logistics", "Other services", "Other",
    ]
    return FormQuestion(
      subject: .industry, text: "In which industry is your organisation?",
      content: .single(
        names.enumerated().map {
          FormAnswer(code: "A\($0 + 1)", text: $1, means: .segment($1))
        }))
  }

  /// The figures in front keep the sizes in order in the tables.
  var companySize: FormQuestion {
    let sizes = [
      ("Up to 9 people", "1 micro (up to 9)"), ("10 to 49 people", "2 small (10-49)"),
      ("50 to 249 people", "3 medium (50-249)"), ("250 to 999 people", "4 large (250-999)"),
      ("1000 to 9999 people", "5 very large (1000-9999)"),
      ("10000 people or more", "6 huge (10000 and more)"),
    ]
    return FormQuestion(
      subject: .companySize, text: "How many people work in your organisation?",
      content: .single(
        sizes.enumerated().map { index, size in
          FormAnswer(code: "A\(index + 1)", text: size.0, means: .segment(size.1))
        }))
  }

  /// One question for each metric that a condition of the model asks for.
  var metrics: [FormQuestion] {
    var ids: [String] = []
    for item in model.conditions.flatMap(\.any) {
      for id in [item.metric, item.unlessKnown].compactMap(\.self) where !ids.contains(id) {
        ids.append(id)
      }
    }
    return ids.enumerated().map { metric($1, number: $0 + 1) }
  }

  private func metric(_ id: String, number: Int) -> FormQuestion {
    let subject = FormQuestion.Subject.metric(number: number, id: id)
    switch id {
    case "team_size":
      return FormQuestion(
        subject: subject, text: "How many people are in the team that works with data?",
        content: .single(bands(of: id)))
    case "logistics_share":
      return FormQuestion(
        subject: subject,
        text: "What share of the team's working time goes into logistics, such as planning, "
          + "coordination, meetings and hand-overs? In percent, from 0 to 100.",
        content: .number(most: 100))
    default:
      return FormQuestion(
        subject: subject, text: "What is your \(id.replacing("_", with: " "))? A number.",
        content: .number(most: nil))
    }
  }

  /// Bands that no threshold of the model cuts in two: each decides every condition.
  private func bands(of metric: String) -> [FormAnswer] {
    let thresholds = model.conditions.flatMap(\.any).filter { $0.metric == metric }.map {
      Int($0.above.count / Billionths.perUnit) + 1
    }
    let starts = Set([1, 2, 5, 10, 20, 50] + thresholds.filter { $0 > 1 }).sorted()
    return starts.enumerated().map { index, start in
      let next = starts.indices.contains(index + 1) ? starts[index + 1] : nil
      let text =
        next.map { $0 == start + 1 ? "\(start)" : "\(start) to \($0 - 1)" } ?? "\(start) or more"
      return FormAnswer(
        code: "A\(index + 1)", text: text, means: .band(start, next.map { $0 - 1 }))
    }
  }

  var selfAssessed: FormQuestion {
    let stages = model.stages.map {
      FormAnswer(code: "S\($0.number)", text: $0.name, means: .stage($0.number))
    }
    return FormQuestion(
      subject: .selfAssessed, text: "Where would you place your team yourself?",
      content: .single(
        stages + [FormAnswer(code: "DK", text: FormWords.unsure, means: .stage(nil))]))
  }
}
