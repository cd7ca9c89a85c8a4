extension TextFolding {
  /// The Unicode version of the standard library, which decides lower case, e.g. `17.0`.
  ///
  /// Nobody tells it at run time, so one character of each version is asked for its age. A library
  /// newer than this list reports the list's newest version.
  package static var unicodeVersion: String {
    // From DerivedAge.txt, newest first: one character new in 17.0, 16.0, 15.1, 15.0, 14.0, 13.0.
    let newcomers: [Unicode.Scalar] = [
      "\u{20C1}", "\u{10D40}", "\u{2FFC}", "\u{1F6DC}", "\u{1F6DD}", "\u{1F6D6}",
    ]
    for scalar in newcomers {
      if let age = scalar.properties.age { return "\(age.major).\(age.minor)" }
    }
    return "12.1"
  }
}
