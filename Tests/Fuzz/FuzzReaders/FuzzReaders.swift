#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads inputs that libFuzzer makes up with both readers, and stops where they differ.
///
/// libFuzzer's own entry point is not used: the package manager names that of an executable itself.
@main struct FuzzReaders {
  static func main() {
    var argumentCount = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runFuzzer(&argumentCount, &arguments, fuzzReaders))
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ readOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Both readers over the same bytes must say the same.
///
/// The first three bytes choose how the rest is read, so that a seed file shows all of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReaders(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let way = FuzzedWay(input) else { return 0 }
  let file = ScratchFile(input[FuzzedWay.bytes...])
  let reference = FuzzedReading(file, way, kernel: nil, alwaysAssumes: false, chunkBytes: count)
  // libcsv over the chunks of the fuzzed size, then the vector scan with its beginning known and
  // with its beginning assumed.
  for (kernel, alwaysAssumes) in [(nil, false), (way.kernel, false), (way.kernel, true)] {
    let reading = FuzzedReading(
      file, way, kernel: kernel, alwaysAssumes: alwaysAssumes, chunkBytes: way.chunkBytes)
    if let difference = reading.difference(from: reference) {
      let reader = "\(kernel?.description ?? "libcsv")\(alwaysAssumes ? ", assuming" : "")"
      fatalError("\(reader) against libcsv as a whole, \(way): \(difference)")
    }
  }
  return 0
}
