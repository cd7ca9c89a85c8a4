"""Rows 65 to 70: model and survey files, options, upgrades, size, fuzzing."""
import os
import re
import shutil
import subprocess

from bench import HEADER, MODEL, SURVEY, Struck, joined, records, row


@row(65, "a model or survey file with faults, circles, alias bombs, deep nesting, 100 MB", "78 with place, all at once")
def wrong_definitions(bench):
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
    surveys = {
        "unknown key": SURVEY + "colour: red\n", "wrong type": SURVEY.replace("id: small", "id: [1]"),
        "no YAML": "{[", "empty": "", "bomb": SURVEY + bomb, "deep": SURVEY + "x: " + "[" * 5000 + "]" * 5000 + "\n",
        "large": SURVEY + "# " + "x" * (5 << 20 if bench.quick else 100 << 20) + "\n", "not UTF-8": b"schema: \xff\xfe\n",
        "unknown criterion": SURVEY.replace("[spreadsheet, language]", "[sheet, language]"),
    }
    for name, content in surveys.items():
        bench.refused(None, 78, "", survey=bench.write("wrong.yaml", content), place=name, lines=None)
    models = {
        "NaN": MODEL.replace("weight: 1}\n  - {id: language", "weight: NaN}\n  - {id: language"),
        "circle": MODEL.replace("weight: 1}", "weight: 1, absorbed_by: [spreadsheet]}"),
        "unknown key": MODEL + "colour: red\n", "two faults": MODEL.replace("stage: 2, label", "stage: 9, label")
        .replace("proves: [language]", "proves: [langu]"),
    }
    for name, content in models.items():
        result = bench.refused(None, 78, "wrong.yaml", ["--model", bench.write("wrong.yaml", content)], place=name,
                               lines=None)
        if name == "two faults":
            bench.expect(len(result.lines) >= 2, name, str(result))
    bench.refused(None, 78, "", survey="/dev/zero", place="a survey file without an end", lines=None)
    return joined([f"{len(surveys) + len(models) + 1} files: 78", bench.proved("ModelFaultTests/manyFaultsAreFoundAtOnceInFileOrder",
                                                                                "DocumentParserTests/aliasBombsAreRefused")])


@row(66, "unknown and conflicting options, impossible numbers", "64 with a hint")
def wrong_options(bench):
    wrong = [["--colour"], ["--jobs", "0"], ["--jobs", "-1"], ["--jobs", "1e9"], ["--max-rejects", "x"],
             ["--max-rejects", "101%"], ["--chunk-size", "0"], ["--max-record-bytes", "0"], ["--quiet", "--verbose"],
             ["--log-format", "xml"], ["--vendor", "nobody"]]
    for options in wrong:
        bench.refused(None, 64, "", options, place=" ".join(options), lines=None)
    return joined([f"{len(wrong)} times 64", bench.proved("UsageTests/wrongOptionsAre64")])


@row(67, "a library is missing", "nothing touched; the loader names it, Scripts/run installs it")
def missing_library(bench):
    done = subprocess.run(["ldd", bench.binary], stdout=subprocess.PIPE, text=True)
    path = next(iter(re.findall(r"libcsv\S* => (\S+)", done.stdout)), None)
    if path is None:
        raise Struck("libcsv is linked into the program")
    bench.need_strace()
    result = bench.run(["strace", "-f", "-qq", "-o", "/dev/null", "-P", path, "-P", "/usr" + path, "-e",
                        "inject=openat:error=ENOENT",
                        *bench.command()])
    bench.injected += 1
    bench.expect(result.code == 127 and "libcsv" in result.messages, "libcsv", str(result))
    bench.expect(bench.published() == bench.old and not bench.hidden(), "libcsv", "something was touched")
    return "127, the loader names libcsv; building without it: Scripts/install-dependencies"


@row(68, "leftovers of other versions; foreign files in the output or beside it", "only what is ours is removed; 73")
def foreign_files(bench):
    for name in ("notes.txt", ".hidden", "unlock.csv.bak"):
        with open(os.path.join(bench.out, name), "w") as file:
            file.write("mine")
        result = bench.run(bench.command())
        bench.expect(result.code == 73 and name in result.messages, name, str(result))
        bench.check_messages(result, name)
        os.remove(os.path.join(bench.out, name))
        bench.expect(bench.published() == bench.old, name, "the old set has changed")
    foreign = bench.write(".out.other-partial-1", "mine")
    leftover = bench.path(".out.stagecraft-partial-999999")
    shutil.copytree(bench.out, leftover)
    result = bench.run(bench.command())
    bench.expect(result.code == 0 and not os.path.exists(leftover), "leftover", str(result))
    bench.expect(os.path.exists(foreign), "foreign", "was removed")
    return joined(["73; ours goes, theirs stays", bench.proved("OutputTransactionTests/aDirectoryThatHoldsAForeignFileIsRefused")])


@row(69, "10 GB of data in an address space of 512 MiB", "read, in memory that does not grow")
def much_data(bench):
    size = 100 << 20 if bench.quick else 10_000_000_000
    block = records(40_000).encode()
    path = bench.path("much.csv")
    here = shutil.disk_usage(bench.folder).free > size + (4 << 30)
    command = ["prlimit", f"--as={512 << 20}", *bench.command([path if here else "-"])]
    count = size // len(block) + 1
    if here:
        with open(path, "wb") as file:
            file.write(HEADER.encode())
            for _ in range(count):
                file.write(block)
        result = bench.run(command)
        os.remove(path)
    else:
        reader, writer = os.pipe()
        running = bench.start(command, stdin=reader)
        os.close(reader)
        with open(writer, "wb") as feeder:
            feeder.write(HEADER.encode())
            for _ in range(count):
                feeder.write(block)
        result = running.wait()
    bench.expect(result.code == 0, "512 MiB", str(result))
    report = bench.check_accounting("512 MiB") if result.code == 0 else {"accounting": {"scored": 0}}
    bench.expect(report["accounting"]["scored"] == 40_000 * count, "512 MiB", str(report["accounting"]))
    return (f"{count * len(block) / 1e9:.1f} GB from a {'file' if here else 'pipe'}: {result.peak >> 20} MiB, "
            f"{result.seconds:.1f} s")


@row(70, "made-up bytes for the readers, the splitter, answers, survey and model files", "no crash, two ways agree")
def fuzzed(bench):
    if not os.access("Scripts/fuzz", os.X_OK):
        bench.fail("fuzz", "there is no Scripts/fuzz")
    bytes_of = bench.random.randbytes
    for number in range(20 if bench.quick else 300):
        content = HEADER.encode() + b"".join(
            bench.random.choice([b",", b'"', b"\n", b"\r", b"\0", b"a,1,language,x\n", b'""', b"\xff", bytes_of(3)])
            for _ in range(300))
        path = bench.write("soup.csv", content)
        sets = set()
        for options in (["--jobs", "1"], ["--jobs", "3", "--chunk-size", "17"], ["--reader", "libcsv"]):
            result = bench.run(bench.command([path], [*options, "--max-rejects", "100%", "--respondents"]))
            bench.expect(result.code == 0, f"soup {number}", str(result))
            sets.add(tuple(sorted((bench.published() or {}).items())))
        bench.expect(len(sets) == 1, f"soup {number}", "different sets")
    return f"{number + 1} random exports, three ways each, one set each; Scripts/fuzz --minutes 12 for the rest"
