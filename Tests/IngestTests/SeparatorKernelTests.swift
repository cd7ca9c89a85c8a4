import CSeparators
import StagecraftTestSupport
import Testing

@testable import Ingest

/// Every kernel that this machine runs, held against the scalar reference.
@Suite struct SeparatorKernelTests {
  private static let alphabet = Array("ab\"\",,\n\r \u{0}".utf8) + [0xC3, 0xA4]

  @Test(arguments: SeparatorKernel.available)
  func kernelFindsWhatTheReferenceFinds(_ kernel: SeparatorKernel) {
    var random = SeededGenerator(seed: 4)
    for length in [0, 1, 7, 63, 64, 65, 127, 128, 129, 200] {
      for _ in 0..<150 {
        // Short texts of the alphabet are hardly ever regular, so half of them are made to be.
        let bytes =
          Bool.random(using: &random)
          ? soup(length, &random) : regular(length, &random)
        expectSame(kernel, bytes, isQuoted: Bool.random(using: &random), &random)
      }
    }
  }

  @Test(arguments: SeparatorKernel.available)
  func everyByteValueIsClassed(_ kernel: SeparatorKernel) {
    var random = SeededGenerator(seed: 5)
    for first in UInt8.min...UInt8.max {
      expectSame(kernel, [UInt8](repeating: first, count: 70), isQuoted: false, &random)
      let neighbours = (0..<64).map { first &+ UInt8($0 % 3) }
      expectSame(kernel, neighbours, isQuoted: false, &random)
    }
  }

  @Test func processorsBestKernelIsAmongTheAvailable() {
    #expect(SeparatorKernel.available.contains(.best))
    #expect(SeparatorKernel.available.map(\.description).contains("portable"))
  }

  private func soup(_ length: Int, _ random: inout SeededGenerator) -> [UInt8] {
    (0..<length).map { _ in random.pick(SeparatorKernelTests.alphabet) }
  }

  private func regular(_ length: Int, _ random: inout SeededGenerator) -> [UInt8] {
    let fields = ["", "a", "\"\"", "\"a,b\"", "\"a\"\"b\"", "\"x\r\ny\n\"", "ä", "long enough"]
    var text: [UInt8] = []
    while text.count < length {
      text += Array(random.pick(fields).utf8)
      text += Array(random.pick([",", ",", ",", "\n", "\r\n"]).utf8)
    }
    return Array(text.prefix(length))
  }

  /// In one call, and in two that are cut anywhere.
  private func expectSame(
    _ kernel: SeparatorKernel, _ bytes: [UInt8], isQuoted: Bool, _ random: inout SeededGenerator
  ) {
    let reference = SeparatorReference(
      bytes, isQuoted: isQuoted, delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    let cut = Int.random(in: 0...bytes.count, using: &random)
    for cuts in [[bytes.count], [cut, bytes.count]] {
      let (isRegular, scan, separators, recordEnds) = run(kernel, bytes, isQuoted, cuts)
      #expect(isRegular == reference.isRegular, "\(bytes) \(isQuoted) \(cuts)")
      guard reference.isRegular else { continue }
      #expect(separators == reference.separators, "\(bytes) \(cuts)")
      #expect(recordEnds == reference.recordEnds, "\(bytes) \(cuts)")
      #expect(scan.line_feeds == UInt64(reference.lineFeeds), "\(bytes)")
      #expect((scan.not_ascii != 0) == reference.holdsNonASCII, "\(bytes)")
      #expect((scan.zero_bytes != 0) == reference.holdsZero, "\(bytes)")
      #expect((scan.in_quotes != 0) == reference.endsInQuotes, "\(bytes)")
      #expect((scan.after_return != 0) == reference.endsAfterReturn, "\(bytes)")
    }
  }

  private func run(
    _ kernel: SeparatorKernel, _ bytes: [UInt8], _ isQuoted: Bool, _ cuts: [Int]
  ) -> (isRegular: Bool, scan: separator_scan, separators: [UInt32], recordEnds: [UInt32]) {
    var scan = separator_scan(isQuoted: isQuoted)
    // Filled with what must not be left standing.
    var separators = [UInt64](repeating: 0xAAAA_AAAA_AAAA_AAAA, count: bytes.count / 64 + 2)
    var recordEnds = [UInt32](repeating: 0, count: bytes.count + 1)
    var isRegular = true
    separators.withUnsafeMutableBufferPointer { separators in
      recordEnds.withUnsafeMutableBufferPointer { recordEnds in
        bytes.withUnsafeBufferPointer { bytes in
          guard let start = bytes.baseAddress else { return }
          var output = separator_output(
            delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""),
            separators: separators.baseAddress, record_ends: recordEnds.baseAddress)
          var from = 0
          for cut in cuts where isRegular {
            isRegular = kernel.scan(start, from..<cut, &scan, &output)
            from = cut
          }
        }
      }
    }
    let places = (0..<UInt32(bytes.count)).filter {
      separators[Int($0 / 64)] >> UInt64($0 % 64) & 1 == 1
    }
    return (isRegular, scan, places, Array(recordEnds.prefix(Int(scan.record_ends))))
  }
}
