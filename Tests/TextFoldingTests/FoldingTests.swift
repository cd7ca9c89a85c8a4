import Testing
import TextFolding

@Suite struct FoldingTests {
  @Test(arguments: [
    ("upper case is lowered", "Power BI", "power bi"),
    ("runs of white space are one space", " a \t b\n\u{1C}c ", "a b c"),
    ("no text stays no text", "", ""),
    ("white space alone is nothing", " \u{A0}\u{3000}\t", ""),
    ("no-break and ideographic spaces are spaces", "a\u{A0}b\u{3000}c", "a b c"),
    ("a thin space is a space", "10\u{2009}000", "10 000"),
    ("typographic quotes are plain", "\u{201C}it\u{2019}s\u{201D}", "\"it's\""),
    ("a double prime is one quote, not two", "5\u{2033}", "5\""),
    ("dashes and minus are hyphens", "a\u{2013}b\u{2014}c\u{2212}d\u{2011}e", "a-b-c-d-e"),
    ("zero-width characters are dropped", "\u{FEFF}a\u{200B}b\u{200D}c\u{2060}", "abc"),
    ("full-width letters are plain", "ＡＢＣ１", "abc1"),
    ("ligatures are taken apart", "oﬃce", "office"),
    ("a trademark sign is two letters", "Tableau™", "tableautm"),
    ("accents join their letters", "Cafe\u{301}", "caf\u{E9}"),
    ("accents after a Latin-1 letter join it", "\u{E7}\u{301}", "\u{1E09}"),
    ("capital Latin-1 letters are lowered", "ÄÖÜ", "äöü"),
    ("a sharp s stays", "Straße", "straße"),
    ("a dotted capital I keeps its dot", "\u{130}", "i\u{307}"),
    ("half-width Hangul becomes syllables", "\u{FFA1}\u{FFC2}", "\u{AC00}"),
    ("a syllable takes its final consonant", "\u{AC70}\u{11B3}", "\u{AC7C}"),
    ("marks are put in order", "\u{1FEE}\u{670}", "\u{670}\u{308}\u{301}"),
    ("letters beyond 16 bits stay themselves", "\u{10430}\u{308}", "\u{10430}\u{308}"),
    ("three parts make one letter", "u\u{308}\u{304}", "\u{1D6}"),
    ("a composition exclusion stays apart", "\u{958}", "\u{915}\u{93C}"),
  ])
  func folds(_ fact: String, _ text: String, _ folded: String) {
    #expect(Array(TextFolding.fold(text).unicodeScalars) == Array(folded.unicodeScalars), "\(fact)")
  }

  @Test(arguments: [
    ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ ΟΔΟΣ", "οδος οδος"), ("ΣΟΦΟΣ.", "σοφος."), ("Σ", "σ"),
    ("ΑΣ\u{301}", "ας\u{301}"), ("ΑΣ'Α", "ασ'α"), ("ΑΣ'", "ας'"), ("Α.Σ", "α.ς"), ("1Σ", "1σ"),
    ("ΑΣΣ", "ασς"),
  ])
  func finalSigmaIsLowered(_ text: String, _ folded: String) {
    #expect(Array(TextFolding.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
  }

  @Test(arguments: ["Power  BI ", "ÄΣ\u{2033} ﬁ", "\u{130}\u{1E9E}", "a\u{2003}\u{200B} b"])
  func foldingTwiceChangesNothing(_ text: String) {
    let once = TextFolding.fold(text)
    #expect(Array(TextFolding.fold(once).utf8) == Array(once.utf8))
  }

  @Test(arguments: ["Snowflake", "Größe ", ""])
  func bytesFoldAsTheirText(_ text: String) {
    let fromBytes = Array(text.utf8).withUnsafeBufferPointer { TextFolding.fold(utf8: $0) }
    #expect(fromBytes == TextFolding.fold(text))
  }

  @Test func versionsAreNamed() {
    #expect(TextFolding.unicodeVersion.wholeMatch(of: /1[0-9]\.[0-9]/) != nil)
    #expect(TextFolding.compatibilityVersion.wholeMatch(of: /1[0-9]\.[0-9]/) != nil)
  }
}
