import StagecraftTestSupport

/// A printed questionnaire as the vendor's import would read it: from the text alone, without the
/// code that printed it.
struct PrintedForm {
  enum Kind { case options, matrix, single, number, text, hidden }

  struct Question {
    var code: String
    var kind: Kind
    var text: String
    /// Options and rows.
    var parts: [(code: String, text: String)] = []
    /// Single choices and degrees of agreement.
    var answers: [(code: String, text: String)] = []
  }

  var questions: [Question] = []

  /// LimeSurvey's tab-separated structure.
  init(limeSurvey text: String) {
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let columns = rows[0]
    for row in rows.dropFirst() {
      let cells = Dictionary(uniqueKeysWithValues: zip(columns, row))
      let (code, text) = (cells["name"] ?? "", cells["text"] ?? "")
      let kinds: [String: Kind] = [
        "M": .options, "F": .matrix, "L": .single, "N": .number, "T": .text, "*": .hidden,
      ]
      switch cells["class"] {
      case "Q":
        questions.append(
          Question(code: code, kind: kinds[cells["type/scale"] ?? ""] ?? .text, text: text))
      case "SQ": questions[questions.count - 1].parts.append((code, text))
      case "A": questions[questions.count - 1].answers.append((code, text))
      default: break
      }
    }
  }

  /// Qualtrics' Advanced Format.
  init(qualtrics text: String) {
    let kinds: [String: Kind] = [
      "MC:MultipleAnswer": .options, "Matrix": .matrix, "MC:SingleAnswer": .single,
      "TE:SingleLine": .number, "TE:Essay": .text,
    ]
    var pending: (list: String, code: String)?
    for line in text.split(separator: "\n").map(String.init) {
      let tag = line.hasPrefix("[[") ? line.dropFirst(2).dropLast(2).split(separator: ":") : []
      let rest = tag.dropFirst().joined(separator: ":")
      switch tag.first {
      case "ED": questions.append(Question(code: String(tag[1]), kind: .hidden, text: ""))
      case "Question":
        if rest == "DB" { break }
        questions.append(Question(code: "", kind: kinds[rest] ?? .text, text: ""))
      case "ID": questions[questions.count - 1].code = rest
      case "Choice", "Answer": pending = (String(tag[0]), rest)
      case nil: add(line, pending)
      default: break
      }
      if tag.isEmpty { pending = nil }
    }
  }

  private mutating func add(_ line: String, _ pending: (list: String, code: String)?) {
    guard let last = questions.indices.last else { return }
    guard let pending else {
      if questions[last].text.isEmpty { questions[last].text = line }
      return
    }
    if pending.list == "Choice" && questions[last].kind != .single {
      questions[last].parts.append((pending.code, line))
    } else {
      questions[last].answers.append((pending.code, line))
    }
  }
}
