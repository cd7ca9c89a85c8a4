import CLibcsv

/// The records that libcsv alone finds in a whole input, in one call.
func recordsOfLibcsv(_ bytes: [UInt8], delimiter: UInt8) -> [[String]] {
  var parser = csv_parser()
  csv_init(&parser, 0)
  csv_set_delim(&parser, delimiter)
  defer { csv_free(&parser) }
  var sink = LibcsvRecords()
  withUnsafeMutablePointer(to: &sink) { sink in
    let parsed = csv_parse(&parser, bytes, bytes.count, collectField, collectRecordEnd, sink)
    precondition(parsed == bytes.count, "libcsv stops only without memory")
    csv_fini(&parser, collectField, collectRecordEnd, sink)
  }
  return sink.records
}

private struct LibcsvRecords {
  var records: [[String]] = []
  var fields: [String] = []
}

private func collectField(
  _ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  let bytes = UnsafeRawBufferPointer(start: field, count: count)
  context?.assumingMemoryBound(to: LibcsvRecords.self).pointee.fields.append(
    String(decoding: bytes, as: UTF8.self))
}

private func collectRecordEnd(_ character: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let sink = context?.assumingMemoryBound(to: LibcsvRecords.self) else { return }
  sink.pointee.records.append(sink.pointee.fields)
  sink.pointee.fields = []
}
