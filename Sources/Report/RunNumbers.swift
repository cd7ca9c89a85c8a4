import Publish

/// The numbers of a run that people look at, as the published tables have them. Nil is a number that
/// is not there, or not published.
package struct RunNumbers: Sendable {
  package var about: About
  package var stages: [Stage] = []
  /// Everybody first, then the segments in their order.
  package var groups: [Group] = []
  package var criteria: [Criterion] = []
  package var roleGaps: [Gap] = []
  package var toolGaps: [Gap] = []
  package var roleTools = RoleTools()
  package var blockers: [Blocker] = []
  package var rules: [Rule] = []
  package var antiPatterns: [AntiPattern] = []
  package var unmapped: [Unmapped] = []
  /// What weights were raked to; empty where they were not.
  package var margins: [Margin] = []
  /// Empty where it was not analysed.
  package var stageRanges: [StageRange] = []
  /// Empty where the survey knows of no organisations.
  package var agreement = Agreement()

  /// What was run, and what became of its records.
  package struct About: Sendable {
    package var title: String
    package var survey: String
    package var model: String
    /// What is counted: responses or organisations.
    package var units: String
    package var fates: [Fate]
    /// No number tells of fewer responses; nil where any may.
    package var minimum: UInt64?

    /// All records; nil where the fate of some is not published.
    package var read: UInt64? {
      fates.reduce(UInt64?(0)) { sum, fate in sum.flatMap { sum in fate.count.map { sum + $0 } } }
    }

    package init(
      title: String, survey: String, model: String, units: String = "responses", fates: [Fate]
    ) {
      (self.title, self.survey, self.model) = (title, survey, model)
      (self.units, self.fates) = (units, fates)
    }
  }

  /// A fate, in the words of the accounting, and its records.
  package struct Fate: Sendable {
    package let name: String
    package let count: UInt64?

    package init(_ name: String, _ count: UInt64?) { (self.name, self.count) = (name, count) }
  }

  package struct Stage: Sendable {
    package let number: Int
    package let name: String
    package let isAssessable: Bool
    package var requirements = 0
    package var observable = 0
  }

  /// A share of a base, with its interval where there is one.
  package struct Share: Sendable {
    package let count: UInt64?
    package let share: Double?
    package var low: Double?
    package var high: Double?
  }

  /// A segment value, and how its responses are spread over the stages.
  package struct Group: Sendable {
    package let segment: String
    package let value: String
    package let count: UInt64?
    package let isWeighted: Bool
    package var shares: [Share]
  }

  package struct Criterion: Sendable {
    package let id: String
    package let label: String
    package let kind: String
    package let stage: Int
    package let isObservable: Bool
    package let isConfirmable: Bool
    package let questions: String
  }

  /// Per stage, then all together: the share lacking a criterion, nil where it cannot be told.
  package struct Gap: Sendable {
    package let criterion: Int
    package var shares: [Double?]
  }

  package struct RoleTools: Sendable {
    package var roles: [Int] = []
    package var tools: [Int] = []
    /// Per role and tool.
    package var gaps: [[Double?]] = []
  }

  /// A requirement, or what is left to coverage alone, and those it holds back.
  package struct Blocker: Sendable {
    package let stage: Int
    /// Empty for coverage.
    package let labels: [String]
    package let held: UInt64?
    package let blocked: UInt64?
    package let alone: UInt64?
    package let advances: UInt64?
    package let credit: Double?
    package let shareOfHeld: Double?
  }

  package struct Rule: Sendable {
    package let name: String
    package var shares: [Share]
  }

  /// The share of at least this stage as published, and its ends under all rules examined.
  package struct StageRange: Sendable {
    package let stage: Int
    package let published: Double?
    package let lowest: Double?
    package let lowestUnder: String
    package let highest: Double?
    package let highestUnder: String
  }

  /// How far people of one organisation say the same.
  package struct Agreement: Sendable {
    package var organisations: UInt64 = 0
    /// Organisations with two scored respondents or more, by the stages between the lowest and the
    /// highest of them.
    package var spreads: [UInt64] = []
    package var criteria: [Criterion] = []

    package struct Criterion: Sendable {
      package let label: String
      package let organisations: UInt64
      package let disputed: UInt64
      package let majorityShare: Double?
    }
  }

  package struct AntiPattern: Sendable {
    package let label: String
    package let count: UInt64?
    package let base: UInt64?
    package let share: Double?
  }

  /// A category of a margin: its share before and after raking, and the one it should have.
  package struct Margin: Sendable {
    package let segment: String
    package let category: String
    package let count: UInt64
    package let before: Double?
    package let target: Double?
    package let after: Double?
  }

  package struct Unmapped: Sendable {
    package let question: String
    package var texts: UInt64
    package var answers: UInt64?
  }
}
