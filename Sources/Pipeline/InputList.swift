import Detection
import Ingest
import Synchronization
import SystemCalls

/// The inputs of a run, in the order given, and how each of them is read.
struct InputList: Sendable {
  /// What is read, in order; archives are replaced by their members.
  let items: [InputItem]
  /// Short names that tell them apart.
  let sources: [String]
  private let declared: DeclaredDialect
  private let isStrict: Bool
  let limits: IngestLimits
  let chunkBytes: Int
  private let kernel: SeparatorKernel?
  private let hashesInputs: Bool
  /// Standard input and named pipes, by path, kept in unnamed files where they have to be read twice.
  private var spooled: [String: SpooledInput] = [:]
  /// A run that looks for duplicates opens each input twice.
  private let known = KnownDetections()

  init(configuration: RunConfiguration, declared: DeclaredDialect) throws(RunFailure) {
    items = try InputList.items(configuration)
    sources = InputList.sourceNames(items)
    self.declared = declared
    isStrict = configuration.isStrict
    limits = configuration.limits
    chunkBytes = configuration.chunkBytes
    kernel = configuration.reader == .libcsv ? nil : .best
    hashesInputs = configuration.hashesInputs
    if configuration.inputs.count(where: { $0 == "-" }) > 1 { throw .standardInputTwice }
  }

  private static func items(_ configuration: RunConfiguration) throws(RunFailure) -> [InputItem] {
    var items: [InputItem] = []
    for path in configuration.inputs {
      do {
        items += try InputExpansion.items(at: path, pattern: configuration.member)
      } catch {
        throw .ingest(error)
      }
    }
    return items
  }

  /// Members are told apart by archive and member together.
  private static func sourceNames(_ items: [InputItem]) -> [String] {
    let names = SourceNames.names(for: items.map(\.path))
    return zip(items, names).map { item, name in item.member.map { name + "!" + $0 } ?? name }
  }

  /// Keeps standard input and named pipes, so that they can be read a second time.
  mutating func keepPipes() throws(RunFailure) {
    for item in items where InputExpansion.isPipe(item.path) && spooled[item.path] == nil {
      spooled[item.path] = try SpooledInput(item.path)
    }
  }

  /// Opens an input and works out how it is to be read.
  func open(_ input: Int) throws(RunFailure) -> (ChunkReader, Detection) {
    let reader: InputReader
    do {
      reader = try makeReader(input)
    } catch {
      throw .ingest(error)
    }
    let detection: Detection
    if let found = known[input] {
      detection = found
    } else {
      detection = try detect(reader, path: items[input].path)
      known[input] = detection
    }
    var dialect = detection.dialect
    dialect.isStrict = isStrict
    do {
      let chunks = try ChunkReader(
        reader, input: input, dialect: dialect, limits: limits, chunkBytes: chunkBytes,
        kernel: kernel)
      return (chunks, detection)
    } catch {
      throw .ingest(error)
    }
  }

  private func detect(_ reader: InputReader, path: String) throws(RunFailure) -> Detection {
    let start: [UInt8]
    do {
      start = try reader.peek(Detector.sampleBytes)
    } catch {
      throw .ingest(error)
    }
    let detection: Detection
    do {
      detection = try Detector.detect(
        start: start, isWhole: start.count < Detector.sampleBytes, declared: declared)
    } catch {
      throw .detection(error, path: path)
    }
    if isStrict && !detection.alternatives.isEmpty {
      throw .ambiguousExport(
        path: path, vendors: ([detection.vendor] + detection.alternatives).map(\.rawValue))
    }
    return detection
  }

  private func makeReader(_ input: Int) throws(IngestError) -> InputReader {
    let item = items[input]
    guard let spooled = spooled[item.path] else {
      return try InputReader(item, hashesWhole: hashesInputs, limits: limits)
    }
    return try InputReader(
      path: item.path, descriptor: spooled.descriptor, hashesWhole: hashesInputs, limits: limits)
  }

  /// Bytes of all inputs, where the system knows them beforehand: nothing compressed, no pipe.
  var expectedBytes: UInt64? {
    var sum: UInt64 = 0
    for item in items {
      guard let bytes = InputExpansion.plainBytes(of: item) else { return nil }
      sum += bytes
    }
    return sum
  }
}

/// How inputs turned out to be read when they were opened first.
private final class KnownDetections: Sendable {
  private let detections = Mutex<[Int: Detection]>([:])

  subscript(input: Int) -> Detection? {
    get { detections.withLock { $0[input] } }
    set { detections.withLock { $0[input] = newValue } }
  }
}

/// Standard input or a named pipe, copied into a temporary file without a name.
private final class SpooledInput: Sendable {
  let descriptor: Int32

  init(_ path: String) throws(RunFailure) {
    let input: Int32
    do {
      input = path == "-" ? 0 : try SystemCalls.openForReading(path)
    } catch {
      throw .ingest(.cannotOpen(error))
    }
    defer { if path != "-" { try? SystemCalls.closeFile(input, path: path) } }
    do throws(SystemCallError) {
      descriptor = try SystemCalls.temporaryFile(in: SystemCalls.temporaryDirectory())
      try SpooledInput.copy(input, path: path, to: descriptor)
    } catch {
      throw .cannotSpool(error, input: path)
    }
  }

  deinit { try? SystemCalls.closeFile(descriptor, path: "temporary copy of an input") }

  private static func copy(
    _ input: Int32, path: String, to descriptor: Int32
  ) throws(SystemCallError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try SystemCalls.read(input, into: buffer, path: path)
      if count == 0 { return }
      let block = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
      try SystemCalls.writeAll(descriptor, block, path: SystemCalls.temporaryDirectory())
    }
  }
}
