/// Reads one YAML file into a value of the caller's, with every fault at once.
package enum DocumentReader {
  /// What `build` makes of the document's root.
  ///
  /// Cursors never throw: where something is wrong they note a fault and hand out a stand-in (an
  /// empty text, zero), so that reading goes on and finds the other faults. A result with faults
  /// is thrown away, stand-ins and all.
  ///
  /// - Parameter source: the file's name as shown to people.
  package static func read<Result>(
    _ yaml: [UInt8], source: String, _ build: (DocumentValue) -> Result
  ) throws(DocumentFaults) -> Result {
    let root = try DocumentParser.parse(yaml, source: source)
    let faults = FaultList()
    let result = build(DocumentValue(node: root, place: .root, faults: faults))
    if faults.faults.isEmpty { return result }
    throw DocumentFaults(source: source, faults: faults.faults)
  }
}
