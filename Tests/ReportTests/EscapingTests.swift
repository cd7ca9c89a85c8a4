import Report
import Testing

@Suite struct EscapingTests {
  @Test func whatCouldBeMarkupIsEscaped() {
    #expect(HTML.escaped("<a b=\"c\">&'") == "&lt;a b=&quot;c&quot;&gt;&amp;&#39;")
    #expect(HTML.escaped("Zürich – 東京") == "Zürich – 東京")
  }

  /// A quote with a combining mark is one character, and still ends an attribute.
  @Test func aCombiningMarkHidesNothing() {
    let (quote, tag) = ("\"\u{301} x", "<\u{338}script>")
    #expect(HTML.escaped(quote) == "&quot;\u{301} x")
    #expect(HTML.escaped(tag) == "&lt;\u{338}script&gt;")
  }

  @Test func controlCharactersAreReplaced() {
    #expect(HTML.escaped("a\u{0}b\u{1B}c\u{85}d\te") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\te")
  }

  @Test func whatIsPutInIsTextAndWhatIsWrittenIsMarkup() {
    let text = "<b>"
    let inner: HTML = "<i>\(text)</i>"
    let page: HTML = "<p>\(inner) \(3)</p>"
    #expect(page.markup == "<p><i>&lt;b&gt;</i> 3</p>")
  }
}
