import Testing

@testable import Detection

@Suite struct ColumnIdentityTests {
  /// Per fixture its questions: key, text where that says more, options; `+` marks free text.
  static let cases: [(file: String, questions: [String])] = [
    (
      "qualtrics-3row.csv",
      [
        "QID1 = Welche Rollen gibt es in Ihrem Team? <Data Engineer|Data Scientist|Business Analyst"
          + "|Andere:|+Andere:>",
        "QID20 = Welche Werkzeuge – Open Source - nutzen Sie? <Python|Tableau|Git|Jenkins>",
        "QID3 = Status Ihrer Projekte", "QID4 = Was fehlt Ihnen?", "team",
      ]
    ),
    ("qualtrics-1row.csv", ["roles", "tools = tools_1 <1|2|+2_TEXT>"]),
    (
      "qualtrics-legacy.csv",
      [
        "Q1 = Which open-source tools do you use? <Python|Git|Jenkins>",
        "Q2 = What is your role? <|+>",
      ]
    ),
    (
      "surveymonkey-2row.csv",
      [
        "What is your role? <|+Other (please specify)>",
        "Which tools do you use? Pick all that apply. <Python|Tableau|Git|Jenkins"
          + "|+Other (please specify)>",
        "How do you rank these, “best” first? <Docker|Kubernetes|Airflow>",
        "Which tools do you use? Pick all that apply. (2) = "
          + "Which tools do you use? Pick all that apply. <Python|Docker>",
        "Anything else?",
      ]
    ),
    (
      "surveymonkey-3row.csv",
      [
        "Q1 = What is your role? (select one)",
        "Q2 = Which tools do you use? (check all that apply) <Python|Git|Jenkins>",
        "Q3 = How many people work with data?",
      ]
    ),
    (
      "surveymonkey-anonymous.csv",
      [
        "My employer is: <|+Other (please specify)>",
        "Which tools do you use? <Python|Tableau|Git|Jenkins>",
      ]
    ),
    (
      "surveymonkey-1row.csv",
      [
        "1. What is your role?", "2 = 2. <Python.|Tableau.|Git.>",
        "3. How many people work with data?",
      ]
    ),
    ("limesurvey.csv", ["role <|+other>", "tools <SQ001|SQ002|SQ003|+other>", "note"]),
    (
      "limesurvey-cleaned.csv",
      [
        "role = What is your role?", "tools = Which tools do you use? <Python|Git|+Other>",
        "size = How many people work with data?",
      ]
    ),
    ("redcap.csv", ["role", "tools <1|2|3|99>", "tools_other"]),
    ("redcap-labels.csv", ["What is your role?", "Which tools? <Python|Git|Jenkins>"]),
    ("odk.csv", ["person-role", "tools <|python|git|jenkins>"]),
    (
      "kobo.csv",
      [
        "What is your role?", "Which tools do you use? <|Python|Power BI|Git>",
        "Which CI/CD tool?",
      ]
    ),
    (
      "typeform.csv",
      [
        "Hello {{field:01abc}}, what is your *role*?",
        "Python, Tableau, Git <Python|Tableau|Git|+Other>", "Where do you run models?",
        "Docker, Kubernetes <Docker|Kubernetes|+Other>", "Your phone number?",
      ]
    ),
    (
      "alchemer.csv",
      [
        "What is your role?",
        "Which tools (e.g.: for ML) do you use? <Python|Git|Jenkins|+Other - Write In>",
        "One last thing: what is missing?",
      ]
    ),
    (
      "msforms.csv",
      [
        "What is your role?", "Which tools do you use? (Pick all that apply)",
        "I can reproduce my results",
      ]
    ),
    (
      "stackoverflow.csv",
      ["MainBranch", "DevType", "ToolsHaveWorkedWith", "ToolsWantToWorkWith", "LearnCode"]
    ),
    (
      "kaggle.csv",
      [
        "Q1 = Select the title most similar to your current role",
        "Q2 = What tools do you use? (Select all that apply) "
          + "<Python|Git|Microsoft Excel, or the like|Other|+Other>",
        "Q3_A = Which CI - CD tools do you use? <Jenkins|None>",
        "Q3_B = Which do you hope to learn? <Docker|Kubernetes>",
        "Q4 = How good are these? <Books|Courses>",
      ]
    ),
    (
      "gforms-direct.csv",
      [
        "What is your role?", "Which tools do you use?",
        "How often do you use <Tableau|Power BI>", "Anything else?", "Which year? [optional]",
      ]
    ),
    (
      "gforms-sheet.csv",
      ["What is your role?", "Which tools do you use?", "Which systems do you run?"]
    ),
    ("generic.csv", ["role", "tools", "size", "role (2) = role"]),
    ("generic-empty-first.csv", ["role", "tools", "size"]),
    ("generic-utf16.csv", ["role", "tools", "größe"]),
  ]

  @Test(arguments: cases)
  func columnsAreBlocksOfQuestions(_ file: String, _ questions: [String]) throws {
    #expect(Exports.questions(try columns(of: file)) == questions)
  }

  private func columns(of file: String) throws -> [ColumnIdentity] {
    let bytes = try Exports.fixture(file)
    var detection = try Exports.detect(bytes)
    if let proposal = detection.encodingProposal {
      detection = try Exports.detect(bytes, DeclaredDialect(encoding: proposal.encoding))
    }
    return detection.vendor.profile.columns(of: try Exports.headers(bytes, detection))
  }

  @Test(arguments: cases.map(\.file))
  func noColumnIsLost(_ file: String) throws {
    let bytes = try Exports.fixture(file)
    let width = try Exports.headers(bytes, try Exports.detect(bytes)).map(\.count).max()
    #expect(try columns(of: file).count == width)
  }

  @Test func aQuestionNamedLikeMetadataStaysAQuestion() throws {
    let status = try columns(of: "qualtrics-3row.csv").filter { $0.name == "Status" }
    #expect(status.map(\.isMetadata) == [true, false])
    #expect(status.map(\.importID) == ["status", "QID3"])
    #expect(status.map(\.questionKey) == ["Status", "QID3"])
  }

  @Test func optionsOfOneIDAreToldApartByChoice() throws {
    let tools = try columns(of: "qualtrics-3row.csv").filter { $0.questionKey == "QID20" }
    #expect(tools.map(\.importID) == ["QID20.3", "QID20.7", "QID20.9", "QID20.10"])
  }

  @Test func displayOrderIsMetadata() throws {
    let order = try columns(of: "qualtrics-3row.csv").filter { $0.name == "Q4_DO_1" }
    #expect(order.map(\.isMetadata) == [true])
  }

  @Test func metadataEndsTheFillingOfNames() {
    let columns = Vendor.surveyMonkey.profile.columns(of: [
      ["Respondent ID", "Q", "", "Custom Data 1", ""], ["", "A", "B", "", "C"],
    ])
    #expect(columns.map(\.question) == ["Respondent ID", "Q", "Q", "Custom Data 1", "C"])
    #expect(columns.map(\.isMetadata) == [true, false, false, true, false])
    // What a survey file has to say, since reading names columns without knowing of vendors.
    #expect(columns.map(\.name) == ["Respondent ID", "Q", "Q", "Custom Data 1", "Custom Data 1"])
  }

  @Test func loopsAndSidesAreQuestionsOfTheirOwn() {
    let columns = Vendor.qualtrics.profile.columns(of: [
      ["Q1#1_1", "Q1#2_1", "1_Q2", "2_Q2"], ["Stem-A-x", "Stem-B-x", "Again", "Again"],
      [
        "{'ImportId': 'QID1#1-1'}", "{'ImportId': 'QID1#2-1'}", "{\"ImportId\":\"1_QID2\"}",
        "{\"ImportId\":\"2_QID2\"}",
      ],
    ])
    #expect(columns.map(\.questionKey) == ["QID1#1", "QID1#2", "1_QID2", "2_QID2"])
  }

  @Test func headersOfAnyShapeAreTaken() {
    for vendor in Vendor.allCases {
      #expect(vendor.profile.columns(of: []) == [])
      #expect(vendor.profile.columns(of: [[]]) == [])
      for headers in [[["a", ""], [""]], [["", ""], ["a"]], [[""], ["a", "b"], ["{"]]] {
        #expect(vendor.profile.columns(of: headers).count == headers[0].count)
      }
    }
  }
}
