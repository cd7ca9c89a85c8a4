"""Rows 27 to 39: input files, paths and archives."""
import gzip
import io
import os
import random
import shutil
import signal
import struct
import tarfile
import zipfile
import zlib

from bench import HEADER, joined, records, remove, row, wait_for


@row(27, "an input that is missing, a directory, not to be read, a device; a pipe", "66 with the path; a pipe is read")
def odd_inputs(bench):
    bench.refused([bench.path("missing.csv")], 66, "missing.csv")
    bench.refused([bench.folder], 66, "is a directory")
    bench.refused(["/dev/zero"], 66, "is a device")
    seen = "66"
    if os.geteuid() == 0:
        seen += "; no permission: skipped as root"
    else:
        closed = bench.write("closed.csv", HEADER)
        os.chmod(closed, 0)
        bench.refused([closed], 66, "Permission denied")
    with bench.held() as (running, feeder):
        feeder.write(b"x,1\n")
    result = running.wait()
    bench.expect(result.code == 0 and bench.published()["tool_gaps.csv"] == bench.new["tool_gaps.csv"], "pipe",
                 str(result))
    return joined([seen, "a pipe: same tables"])


@row(28, "an empty file", "65, no header")
def empty_file(bench):
    bench.refused([bench.write("empty.csv", "")], 65, "no header")
    return "65"


@row(29, "a header alone", "0, tables with headers, no records")
def header_alone(bench):
    report, rejects, _ = bench.read([bench.write("header.csv", HEADER)])
    bench.expect(report and report["accounting"]["read"] == 0 and not rejects, "header", "records were read")
    bench.expect(set(bench.published()) == set(bench.new), "header", "tables are missing")
    return "0, all tables"


def bytes_read(process):
    """So far; a great number where it has ended."""
    try:
        with open(f"/proc/{process}/io") as file:
            return int(file.readline().split()[1])
    except (OSError, IndexError):
        return 1 << 62


def changed_while_read(bench, change, place):
    """A large input changes while it is read."""
    large = bench.write("large.csv", "")
    for attempt in range(5):
        with open(large, "w") as file:
            file.write(HEADER)
            block = records(10_000)
            for _ in range(100 if bench.quick else 400):
                file.write(block)
        running = bench.start(bench.command([large], ["--jobs", "1"]))
        wait_for(lambda: bytes_read(running.process.pid) > 2 << 20)
        running.send(signal.SIGSTOP)
        change(large)
        running.send(signal.SIGCONT)
        result = running.wait()
        bench.injected += 1
        if result.code != 0:
            break
        bench.restore()
    bench.expect(result.code == 66 and "changed while" in result.messages, place, str(result))
    bench.expect(bench.published() == bench.old and not bench.hidden(), place, "the old set has changed")
    bench.restore()


@row(30, "an input that grows, shrinks or is replaced during the run", "66, changed while it was read")
def changing_input(bench):
    def grow(path):
        with open(path, "a") as file:
            file.write(records(10))

    def touch(path):
        os.utime(path, (1, 1))
    changed_while_read(bench, grow, "grows")
    changed_while_read(bench, touch, "another date")
    return "66"


@row(31, "an input is cut off during the run", "66; never SIGBUS")
def truncated_input(bench):
    changed_while_read(bench, lambda path: os.truncate(path, 1000), "cut off")
    return "66"


@row(32, "a file given twice, by a hard link, by a symbolic link", "counted each time, and warned of")
def twice(bench):
    os.link(bench.export, bench.path("hard.csv"))
    os.symlink(bench.export, bench.path("soft.csv"))
    for other in ("export.csv", "hard.csv", "soft.csv"):
        report, _, result = bench.read([bench.export, bench.path(other)], place=other)
        bench.expect(report["accounting"]["read"] == 8, other, f"{report['accounting']['read']} records")
        bench.expect("counted" in result.messages, other, f"no warning: {result}")
    return "8 of 4 records, a warning"


@row(33, "the output is the input, or holds it", "64 before anything is written")
def output_is_input(bench):
    inside = os.path.join(bench.out, "unlock.csv")
    bench.refused([inside], 64, "name another output")
    bench.refused([bench.export], 64, "", out=bench.export)
    bench.refused(None, 73, "no directory", out=bench.path("less.csv"))
    result = bench.run([bench.binary, "clean", bench.export, "-o", bench.export])
    bench.expect(result.code == 64, "clean", str(result))
    return joined(["64; a file as target 73", bench.proved("PathTests/anInputInsideOfTheOutputIs64")])


@row(34, "the output is a symbolic link, a dangling one; its parent is one", "73, never written through")
def output_is_link(bench):
    elsewhere = bench.path("elsewhere")
    os.mkdir(elsewhere)
    for name, target in (("link", elsewhere), ("dangling", bench.path("nowhere"))):
        os.symlink(target, bench.path(name))
        bench.refused(None, 73, "", out=bench.path(name))
    bench.expect(not os.listdir(elsewhere) and not os.path.exists(bench.path("nowhere")), "link", "written through")
    result = bench.run(bench.command(out=os.path.join(bench.path("link"), "set")))
    bench.expect(result.code == 0, "a link to the parent", str(result))
    bench.expect(os.listdir(elsewhere) == ["set"], "a link to the parent", "left behind")
    return "73; a parent that is a link is where it leads to, once"


@row(35, "a symbolic link takes the place of target or parent during the run", "73, what it points at stays as it is")
def swapped_link(bench):
    elsewhere = bench.path("elsewhere")
    os.mkdir(elsewhere)
    with bench.held() as (running, _):
        remove(bench.out)
        os.symlink(elsewhere, bench.out)
    result = running.wait()
    bench.expect(result.code == 73, "target", str(result))
    os.remove(bench.out)
    parent = bench.path("parent")
    os.mkdir(parent)
    with bench.held(out=os.path.join(parent, "set")) as (running, _):
        os.rename(parent, bench.path("moved"))
        os.symlink(elsewhere, parent)
    result = running.wait()
    bench.expect(result.code == 73, "parent", str(result))
    bench.expect(not os.listdir(elsewhere), "links", "something was written through them")
    bench.injected += 2
    return "73 both times"


@row(36, "names with line ends, quotes, a hyphen first, 255 bytes; not UTF-8", "read; shown escaped; 64")
def odd_names(bench):
    names = ["a\nb.csv", 'quo"te\'.csv', " .csv", "-rf", "=1+1.csv", "\u202egnp.csv", "n" * 251 + ".csv", "ä\u0308.csv"]
    for name in names:
        path = bench.write(name, HEADER + records(2) + "x,1\n")
        _, rejects, result = bench.read([path], ["--max-rejects", "100%"], place=repr(name))
        bench.expect("\u202e" not in result.messages and "a\nb" not in result.messages, repr(name), "not escaped")
    bench.restore()
    bench.refused([bench.path("missing\n.csv")], 66, "missing\\u{a}.csv", place="a missing one")
    place = bench.write("-rf", HEADER)
    result = bench.run([bench.binary, "run", "--survey", bench.survey, "--out", bench.out, "--", "-rf"],
                       cwd=bench.folder)
    bench.expect(result.code == 0, place, str(result))
    bench.restore()
    raw = os.fsencode(bench.folder) + b"/\xff.csv"
    shutil.copy(bench.export, raw)
    result = bench.run(bench.command([raw]))
    bench.expect(result.code == 64 and len(result.lines) <= 3, "not UTF-8", str(result))
    os.remove(raw)
    return joined([f"{len(names)} names; not UTF-8: 64", bench.proved("PathTests/anyNameWorks")])


def tar_of(*members, compressed="gz"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:" + compressed) as archive:
        for name, kind, content in members:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(content), "/etc/passwd"
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def zip_of(*members, how=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@row(37, "archive members that point elsewhere, links, devices, one name twice", "refused; nothing is ever extracted")
def evil_archives(bench):
    data = (HEADER + records(3)).encode()
    file, link, device = tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE
    for name in ("../../x.csv", "/tmp/x.csv", "a/../../x.csv"):
        bench.refused([bench.write("evil.tar.gz", tar_of(("in.csv", file, data), (name, file, data)))], 65, "points out")
        bench.refused([bench.write("evil.zip", zip_of(("in.csv", data), (name, data)))], 65, "points out")
    bench.refused([bench.write("twins.tar.gz", tar_of(("a.csv", file, data), ("a.csv", file, data)))], 65, "several")
    odd = [("link.csv", link, b""), ("device.csv", device, b"")]
    bench.refused([bench.write("links.tar.gz", tar_of(*odd))], 65, "no member")
    report, _, _ = bench.read([bench.write("mixed.tar.gz", tar_of(*odd, ("in.csv", file, data)))])
    bench.expect(report and report["accounting"]["read"] == 3, "mixed", "another number of records")
    bench.expect(set(os.listdir(bench.folder)) - bench.usual <= {
        "evil.tar.gz", "evil.zip", "twins.tar.gz", "links.tar.gz", "mixed.tar.gz"}, "archives", "something was extracted")
    return "65, and the plain member is read"


@row(38, "damaged gzip: cut off, wrong checksum or length, garbage behind it; several members; other packings",
     "65 saying what is wrong; members are read as one, zeros behind them are padding")
def damaged_gzip(bench):
    text = (HEADER + "".join(f"r{n},1,{'spreadsheet' if n * n % 7 else 'language'},{n * 7919 % 1000}\n"
                             for n in range(2000))).encode()
    packed = gzip.compress(text, mtime=0)

    def refuse(content, words, name="in.csv.gz"):
        bench.injected += 1
        bench.refused([bench.write(name, content)], 65, words, place=f"{name} {words}")

    def accept(content, name="in.csv.gz"):
        report, _, _ = bench.read([bench.write(name, content)], place=name)
        bench.expect(report and report["accounting"]["read"] == 2000, name, "another number of records")
        bench.restore()

    for cut in (3, 12, len(packed) // 2, len(packed) - 9, len(packed) - 8, len(packed) - 4, len(packed) - 1):
        refuse(packed[:cut], "")
    refuse(packed[:-8] + struct.pack("<II", zlib.crc32(text) ^ 1, len(text)), "checksum")
    refuse(packed[:-4] + struct.pack("<I", len(text) + 1), "length")
    for garbage in (b"garbage", b"\x1f\x8b", b"\x1f\x00\x00", b"\0\0x", b"\n"):
        refuse(packed + garbage, "")
    for place in range(20, len(packed) - 8, len(packed) // (10 if bench.quick else 200)):
        refuse(packed[:place] + bytes([packed[place] ^ 4]) + packed[place + 1:], "")
    accept(packed)
    accept(packed + b"\0" * 5000)
    middle = len(text) // 3
    accept(gzip.compress(text[:middle]) + gzip.compress(text[middle:]) + gzip.compress(b""))
    return joined([damaged_others(bench, text, refuse, accept), bench.proved("GzipTests")])


def damaged_others(bench, text, refuse, accept):
    import bz2
    import lzma
    others = [("in.tar.gz", tar_of(("in.csv", tarfile.REGTYPE, text))), ("in.zip", zip_of(("in.csv", text))),
              ("stored.zip", zip_of(("in.csv", text), how=zipfile.ZIP_STORED)), ("in.csv.bz2", bz2.compress(text)),
              ("in.csv.xz", lzma.compress(text))]
    damaged = 0
    generator = random.Random(38)
    for name, packed in others:
        accept(packed, name)
        # Where every byte is under a checksum: the text, not names and dates around it.
        first, last = 200, len(packed) - (400 if name.endswith(".zip") else 40)
        for _ in range(3 if bench.quick else 50):
            place = generator.randrange(first, last)
            refuse(packed[:place] + bytes([packed[place] ^ 16]) + packed[place + 1:], "", name)
            damaged += 1
        refuse(packed[:len(packed) // 2], "", name)
    tar = others[0][1]
    refuse(tar[:-8] + b"\0\0\0\0" + tar[-4:], "checksum", "in.tar.gz")
    refuse(tar + b"garbage", "", "in.tar.gz")
    return f"65; in other packings {damaged} bytes changed, all noticed"


@row(39, "what expands too far; an archive in an archive", "65 at the limit, memory flat; not opened")
def bombs(bench):
    size = 64 << 20 if bench.quick else 2 << 30
    path = bench.path("bomb.csv.gz")
    with open(path, "wb") as file:
        line = gzip.compress((HEADER + "x" * 99 + "\n").encode())
        file.write(line)
        block = gzip.compress((b"r1,1,spreadsheet," + b"y" * 80 + b"\n") * (1 << 16))
        for _ in range(size // (98 << 16) + 1):
            file.write(block)
    options = ["--max-rejects", "100%", *(["--max-expanded-bytes", str(32 << 20)] if bench.quick else [])]
    result = bench.refused([path], 65, "grows beyond", options)
    bench.expect(result.peak < 150 << 20, "bomb", f"{result.peak >> 20} MiB")
    bench.refused([bench.write("nested.zip", zip_of(("in.csv.gz", gzip.compress(b"x"))))], 65, "no member")
    return f"65, {result.peak >> 20} MiB"
