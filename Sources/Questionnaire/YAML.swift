import Documents

/// The few YAML forms that a survey file of ours needs.
enum YAML {
  static func text(_ text: String) -> String { YAMLScalar.quoted(text) }
  static func list(_ texts: some Sequence<String>) -> String { YAMLScalar.list(texts) }

  /// A mapping with values that are YAML already; the first of several equal keys stands.
  static func mapping(_ pairs: [(key: String, value: String)]) -> String {
    var seen: Set<String> = []
    let items = pairs.filter { seen.insert($0.key).inserted }
    return "{" + items.map { "\(text($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }
}
