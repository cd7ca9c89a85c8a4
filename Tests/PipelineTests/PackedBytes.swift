import CLibarchive

/// Bytes packed by libarchive, as a user would have packed them.
enum PackedBytes {
  enum Packing: String, CaseIterable, CustomStringConvertible, Sendable {
    case gz, zst, xz, bz2, zip
    case tarGz = "tar.gz"

    var description: String { rawValue }
    var isArchive: Bool { self == .zip || self == .tarGz }
  }

  struct Member {
    let name: String
    var bytes: [UInt8] = []
    /// Of `st_mode`.
    var kind = UInt32(0o100000)
    /// Of a symbolic link.
    var target: String?

    static func link(_ name: String, to target: String) -> Member {
      Member(name: name, kind: 0o120000, target: target)
    }

    static func device(_ name: String) -> Member { Member(name: name, kind: 0o020000) }
  }

  /// - Parameter members: one, for a packing that is no archive.
  static func pack(_ members: [Member], as packing: Packing) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: 1 << 20)
    var used = 0
    let archive = archive_write_new()
    prepare(archive, packing)
    archive_write_open_memory(archive, &packed, packed.count, &used)
    for member in members { write(member, to: archive) }
    archive_write_close(archive)
    archive_write_free(archive)
    return Array(packed[..<used])
  }

  private static func prepare(_ archive: OpaquePointer?, _ packing: Packing) {
    switch packing {
    case .gz, .tarGz: archive_write_add_filter_gzip(archive)
    case .zst: archive_write_add_filter_zstd(archive)
    case .xz: archive_write_add_filter_xz(archive)
    case .bz2: archive_write_add_filter_bzip2(archive)
    case .zip: break
    }
    switch packing {
    case .zip: archive_write_set_format_zip(archive)
    case .tarGz: archive_write_set_format_pax(archive)
    default: archive_write_set_format_raw(archive)
    }
    // Not padded to whole blocks: what is behind the last byte would be garbage to gzip.
    archive_write_set_bytes_in_last_block(archive, 1)
  }

  private static func write(_ member: Member, to archive: OpaquePointer?) {
    let entry = archive_entry_new()
    archive_entry_set_pathname(entry, member.name)
    archive_entry_set_size(entry, Int64(member.bytes.count))
    archive_entry_set_filetype(entry, member.kind)
    if let target = member.target { archive_entry_set_symlink(entry, target) }
    archive_entry_set_perm(entry, 0o644)
    archive_write_header(archive, entry)
    archive_write_data(archive, member.bytes, member.bytes.count)
    archive_entry_free(entry)
  }
}
