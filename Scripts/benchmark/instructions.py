"""Instructions a byte, counted by callgrind: the same on a busy machine and on a quiet one."""
import json
import os
import re
import shutil
import subprocess

import measure

THRESHOLDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "instructions.json")
# Of what is allowed; and instructions a byte that are never worth a word.
EXCESS, SLACK = 0.10, 0.02
KINDS = ["plain", "quoted", "wide"]
# What does not grow with the export (starting, looking at its beginning, publishing) costs as much with
# the small one, which has to be large enough to fill the same tables.
LARGE, SMALL = 4_000_000, 1_000_000

# The first that matches a function's name or library decides. Swift's names are mangled: a module is its
# length and its name.
STAGES = [
    ("scan", r"\b(scan_(avx2|sse2|neon|portable)|separator_scan_bytes)\b"),
    ("cut", r"\b(list_(ends|fields)|separated_(ends|fields))"),
    ("normalize", r"\badd_known_answers"),
    ("cut", r"^\$s6Ingest\d+(FieldCutter|RecordBatch|ByteCheck|LibcsvParser|FieldSink|ChunkParser)|libcsv|^csv_"),
    ("read", r"^\$s6Ingest|^\$s11Fingerprint|XXH|^\$s11SystemCalls"),
    ("normalize", r"^\$s9Normalize"),
    ("score", r"^\$s5Score"),
    ("aggregate", r"^\$s9Aggregate"),
    # What the compiler specialized or wrapped begins with another name.
    ("read", r"6Ingest"), ("normalize", r"9Normalize"), ("score", r"5Score"), ("aggregate", r"9Aggregate"),
]
NAMES = ["scan", "read", "cut", "normalize", "score", "aggregate", "rest", "all"]


def measure_all(bench):
    """instructions a byte by stage of the program, with one thread, against the thresholds in git"""
    if not shutil.which("valgrind"):
        bench.say("\nSkipped: valgrind is not installed (apt-get install valgrind).")
        return
    # valgrind 3.19 gives up at the newer DWARF that the compiler writes; names are all it needs.
    binary = os.path.join(bench.data, "stagecraft-without-debug-information")
    subprocess.run(["strip", "-g", "-o", binary, bench.binary], check=True)
    measured, kernels, rest = {}, set(), []
    for kind in KINDS:
        large, small = counted(bench, binary, kind, LARGE), counted(bench, binary, kind, SMALL)
        per_byte = difference(large, small)
        measured[kind] = by_stage(per_byte)
        kernels.update(kernels_in(large["functions"]))
        rest.append(largest_of_the_rest(kind, per_byte))
    bench.raw["instructions"] = measured
    kernel = ", ".join(sorted(kernels))
    bench.say(f"\nKernel under valgrind: {kernel}.")
    flags = measure.processor_flags()
    if flags and (kernel == "avx2") != {"avx2", "pclmulqdq", "popcnt", "bmi1"}.issubset(flags):
        bench.say("It is not the one this processor runs outside of valgrind.")
    if bench.options.update:
        save(measured, kernel)
    bench.say("\n".join(rest))
    compare(bench, measured, kernel)


def difference(large, small):
    """Instructions a byte by function: what the large export costs more than the small one."""
    size = large["bytes"] - small["bytes"]
    names = set(large["functions"]) | set(small["functions"])
    return {name: (large["functions"].get(name, 0) - small["functions"].get(name, 0)) / size for name in names}


def by_stage(per_byte):
    stages = dict.fromkeys(NAMES, 0)
    for name, count in per_byte.items():
        stages[stage_of(name)] += count
        stages["all"] += count
    return {name: round(max(0, count), 4) for name, count in stages.items()}


def kernels_in(functions):
    found = [re.search(r"\bscan_(avx2|sse2|neon|portable)\b", name) for name in functions]
    return {match.group(1) for match in found if match}


def largest_of_the_rest(kind, per_byte):
    """Mostly the Swift runtime: retaining, releasing, allocating, checking for exclusive access."""
    rest = sorted(((count, name) for name, count in per_byte.items() if stage_of(name) == "rest"), reverse=True)
    return f"- rest of {kind}: " + ", ".join(f"{short(name)} {count:.2f}" for count, name in rest[:6])


def short(name):
    name = re.sub(r" \[.*", "", name)
    return "`" + (name if len(name) <= 60 else name[:57] + "...") + "`"


def stage_of(name):
    return next((stage for stage, pattern in STAGES if re.search(pattern, name)), "rest")


def counted(bench, binary, kind, size):
    """Instructions by function of one run."""
    path, facts = bench.file(kind, size)
    profile = bench.out("callgrind.out")
    run = bench.stagecraft("callgrind", path, "wide" if kind == "wide" else "job", jobs=1)
    # Else hash tables are laid out differently in every process.
    environment = dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1")
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", binary, *run.command[1:]]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          env=environment)
    if done.returncode != 0:
        raise measure.Failure("valgrind: " + " / ".join(done.stdout.strip().splitlines()[-5:]))
    listing = subprocess.run(["callgrind_annotate", "--threshold=100", "--show-percs=no", profile],
                             stdout=subprocess.PIPE, text=True, errors="replace", check=True)
    functions = {}
    for line in listing.stdout.splitlines():
        # 1,234  file:function [library]
        match = re.match(r"\s*([\d,]+)\s+[^:]*:(.*)$", line)
        if match:
            name = match.group(2).strip()
            functions[name] = functions.get(name, 0) + int(match.group(1).replace(",", ""))
    if not functions:
        raise measure.Failure("callgrind_annotate lists no functions")
    return {"bytes": facts["bytes"], "functions": functions}


def save(measured, kernel):
    document = {"about": "instructions a byte; Scripts/bench instructions --update writes this",
                "swift": measure.first_line(["swift", "--version"]), "kernel": kernel, "thresholds": measured}
    with open(THRESHOLDS, "w") as file:
        json.dump(document, file, indent=1)
        file.write("\n")


def compare(bench, measured, kernel):
    try:
        with open(THRESHOLDS) as file:
            saved = json.load(file)
    except OSError:
        raise measure.Failure("no thresholds yet: --update writes them") from None
    swift = measure.first_line(["swift", "--version"])
    if (saved["kernel"], saved["swift"]) != (kernel, swift):
        bench.say(f"The thresholds were measured with {saved['swift']}, kernel {saved['kernel']}.")
    passed = []
    head = [""] + NAMES
    rows = []
    for kind, stages in measured.items():
        allowed = saved["thresholds"].get(kind, {})
        rows.append([kind] + [f"{stages[name]:.3f}" for name in NAMES])
        rows.append(["  threshold"] + [f"{allowed[name]:.3f}" if name in allowed else "-" for name in NAMES])
        passed += [f"{kind} {name}: {stages[name]:.3f} instructions a byte, {allowed[name]:.3f} and a tenth allowed"
                   for name in NAMES if name in allowed
                   and stages[name] > allowed[name] * (1 + EXCESS) + SLACK]
    from sections import markdown
    bench.say("\n" + markdown([head] + rows))
    if passed:
        raise measure.Failure("; ".join(passed))
