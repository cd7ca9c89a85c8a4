import Detection
import Ingest
import MaturityModel
import SurveyMapping

/// A check as text for a terminal.
package struct CheckText {
  private static let answersShown = 10
  let check: SurveyCheck
  let width: Int
  let isVerbose: Bool
  private let closest: ClosestTerms

  package init(_ check: SurveyCheck, width: Int, isVerbose: Bool) {
    self.check = check
    self.width = max(60, width)
    self.isVerbose = isVerbose
    closest = ClosestTerms(model: check.model)
  }

  package var text: String {
    if let faults = check.faults { return faults.messages.joined(separator: "\n") + "\n" }
    return (records + [""] + questions + values + unused).joined(separator: "\n") + "\n"
  }

  private var records: [String] {
    let fates = check.fates
    let filtered = zip(check.survey.keep, fates.filtered).filter { $1 > 0 }
      .map { ", \(TextLayout.grouped($1)) filtered by \($0.id)" }.joined()
    var lines = [
      "\(check.source) with survey \(check.survey.id)",
      "  \(check.detection.rule)",
      "  \(TextLayout.grouped(fates.read)) records read: \(TextLayout.grouped(fates.kept)) kept"
        + filtered + ", \(TextLayout.grouped(fates.rejects.total)) rejected",
    ]
    for reason in RejectReason.allCases {
      guard let first = fates.rejects.first[reason] else { continue }
      lines.append(
        "  rejected: \(reason.rawValue) \(fates.rejects.byReason[reason] ?? 0), "
          + "first in line \(first.position.line)"
      )
    }
    return lines
  }

  // MARK: Questions

  private var questions: [String] {
    let heading = TextLayout.padded("question", 40) + "  answered   matched     terms"
    return [heading, String(repeating: "-", count: heading.count)]
      + check.questions.flatMap(lines)
  }

  private func lines(_ question: CheckedQuestion) -> [String] {
    let all = question.matched + question.unmatchedInTotal
    var lines = [
      TextLayout.padded(TextLayout.shortened(question.id, 40), 40) + "  "
        + TextLayout.leading(share(question.answered, check.fates.kept), 8) + "  "
        + TextLayout.leading(share(question.matched, all), 8) + "  "
        + TextLayout.leading(share(question.named, all), 8)
        + (question.answered == 0 ? "   nobody answered it" : "")
    ]
    let shown = question.unmatched.prefix(isVerbose ? .max : CheckText.answersShown)
    lines += shown.map(line)
    let left = question.unmatched.count - shown.count
    var rest = left > 0 ? ["\(left) more match nothing"] : []
    if question.withheld > 0 {
      rest.append(
        "\(TextLayout.grouped(question.withheld)) given once or in own words match nothing")
    }
    if !rest.isEmpty { lines.append("        …  " + rest.joined(separator: ", ")) }
    return lines + question.unseen.map(line)
  }

  private func line(_ answer: TextCount) -> String {
    let near = closest.names(for: answer.text)
    let hint = near.isEmpty ? "" : "  (close to \(near.joined(separator: ", ")))"
    let text =
      TextLayout.leading(TextLayout.grouped(answer.count), 9) + "  matches nothing: "
      + TextLayout.plain(answer.text)
    return TextLayout.shortened(text + hint, width)
  }

  private func line(_ unseen: UnseenText) -> String {
    let hint = unseen.closest.map { "; perhaps now '\(TextLayout.plain($0))'" } ?? ""
    return TextLayout.shortened(
      "        -  in the survey file, not in the data: " + TextLayout.plain(unseen.text) + hint,
      width)
  }

  private var values: [String] {
    if check.unseenValues.isEmpty { return [] }
    return ["", "Keys of values that never occur:"]
      + check.unseenValues.map {
        let hint = $0.closest.map { "; perhaps now '\(TextLayout.plain($0))'" } ?? ""
        return TextLayout.shortened("  \($0.place): \(TextLayout.plain($0.text))\(hint)", width)
      }
  }

  private var unused: [String] {
    if check.unused.isEmpty { return [] }
    let sorted = check.unused.enumerated().sorted {
      ($1.element.recognised, $0.offset) < ($0.element.recognised, $1.offset)
    }.map(\.element)
    return [
      "", "Questions of the export that are not used, by how many of their answers match terms:",
    ]
      + sorted.prefix(isVerbose ? .max : 15).map { question in
        let share = TextLayout.leading(share(question.recognised, question.occurrences), 8)
        let (name, text) = (TextLayout.plain(question.name), TextLayout.plain(question.text))
        let title = text.hasPrefix(name) || name.hasPrefix(text) ? text : "\(name)  \(text)"
        return TextLayout.shortened("  \(share)  \(title)", width)
      } + (sorted.count > 15 && !isVerbose ? ["  … \(sorted.count - 15) more (--verbose)"] : [])
  }

  private func share(_ part: UInt64, _ whole: UInt64) -> String {
    if whole == 0 { return "-" }
    let tenths = (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
