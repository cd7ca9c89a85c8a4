/// The columns of one question, before its kind is known.
struct QuestionGroup: Hashable, Sendable {
  /// Ascending; without those that hold the words of who chose "other".
  var columns: [Int] = []
  var otherTexts: [Int] = []
}

extension QuestionGroup {
  /// The groups of an export, in the order of their first columns.
  ///
  /// Metadata columns stand for themselves. So does a column without a name or a key.
  static func groups(of columns: [ExportColumn]) -> [QuestionGroup] {
    var groups: [QuestionGroup] = []
    var places: [String: Int] = [:]
    for column in columns {
      let stands = column.isMetadata || column.key.isEmpty
      let place = stands ? nil : places[column.key]
      if place == nil {
        if !stands { places[column.key] = groups.count }
        groups.append(QuestionGroup())
      }
      let group = place ?? groups.count - 1
      if column.isOtherText {
        groups[group].otherTexts.append(column.index)
      } else {
        groups[group].columns.append(column.index)
      }
    }
    return groups
  }

  var all: [Int] { (columns + otherTexts).sorted() }
}
