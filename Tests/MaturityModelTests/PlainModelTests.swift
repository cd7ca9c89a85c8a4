import MaturityModel
import Testing

@testable import Documents

/// The model that nearly every run reads is read the fast way.
@Suite struct PlainModelTests {
  @Test(arguments: MaturityModel.builtInIDs)
  func builtInModelsArePlainAndReadAsTheLibraryReadsThem(_ id: String) throws {
    let yaml = try #require(MaturityModel.builtInYAML(id))
    let plain = try #require(PlainYAML.root(of: yaml))
    let text = String(decoding: yaml, as: UTF8.self)
    #expect(try plain == DocumentParser.libraryTree(text, source: id))
  }
}
