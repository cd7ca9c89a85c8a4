"""What is measured. Every section checks the numbers it gets before it says how fast they came."""
import functools
import json
import os
import subprocess

import data
import job
import measure
import peers
from measure import Contender, Failure


class Bench:
    """Settings, and what all sections share."""
    def __init__(self, options, binary):
        self.options, self.binary = options, binary
        self.size = int(options.size * 1e9)
        self.threads = options.threads
        self.rounds = options.rounds
        self.data = os.path.abspath(options.data)
        self.results = os.path.join(options.results, f"stagecraft-bench-{os.getpid()}")
        os.makedirs(self.data, exist_ok=True)
        os.makedirs(self.results, exist_ok=True)
        self.surveys = job.write_files(self.data)
        for name, survey in (("wide", data.wide_survey()), ("wide_one_column", data.wide_one_column_survey())):
            self.surveys[name] = os.path.join(self.data, f"{name}.yaml")
            with open(self.surveys[name], "w") as file:
                json.dump(survey, file, indent=1)
        self.raw = {}

    def say(self, text=""):
        print(text, flush=True)

    def file(self, kind, size=None):
        """A made file, in the page cache."""
        path, facts = data.ensure(self.data, kind, size or self.size)
        measure.warm(path)
        return path, facts

    def out(self, name):
        return os.path.join(self.results, name)

    def stagecraft(self, name, path, survey, *arguments, jobs=None, check=None, out=None):
        out = out or self.out("tables")
        command = [self.binary, "run", path, "--survey", self.surveys[survey], "--out", out, "--no-report",
                   "--jobs", str(jobs or self.threads), *arguments]
        return Contender(name, command, (lambda _: check(out)) if check else None)

    def lines(self, path):
        return Contender("wc -l", ["wc", "-l", path])

    def measure(self, title, contenders, size, against=(), count=None):
        """Rounds, a table of them, and the samples by name."""
        for contender in contenders:
            measure.run(contender)
        samples = measure.rounds(contenders, count or self.rounds)
        self.raw.setdefault(title, {}).update({"bytes": size, "runs": measure.as_numbers(samples)})
        against = [name for name in against if name in samples]
        head = ["", "seconds (least – most)", "MB/s", "peak MiB"] + [f"× {name}" for name in against]
        rows = []
        for name, runs in samples.items():
            seconds = [sample.seconds for sample in runs]
            median = measure.median_seconds(runs)
            rows.append([name, f"{median:.3f} ({min(seconds):.3f} – {max(seconds):.3f})",
                         f"{size / median / 1e6:,.0f}", f"{measure.peak_mebibytes(runs):,.0f}"]
                        + [f"{measure.ratio(runs, samples[other]):.2f}" for other in against])
        self.say(f"\n### {title}: {size / 1e6:,.1f} MB, {len(runs)} rounds\n")
        self.say(markdown([head] + rows))
        return samples

    def show_timings(self, contender):
        """Where stagecraft says its time went, once."""
        if not self.options.timings:
            return
        done = subprocess.run(contender.command + ["--timings"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, check=True)
        self.say("\n```\n" + done.stderr[max(0, done.stderr.find("\nseconds")):].strip() + "\n```")


def markdown(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(row, widths))) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 1) + ("-" if column == 0 else ":")
                                   for column, width in enumerate(widths)) + "|")
    return "\n".join(lines)


# -------------------------------------------------------------------------------------------- checks

def same_numbers(facts):
    def check(out):
        report = job.run_report(out)["accounting"]
        if report["read"] != facts["records"] or report["scored"] != facts["records"]:
            return f"{report} instead of {facts['records']} records, all scored"
        return job.differences(job.numbers_of_tables(out), facts["numbers"])
    return check


def all_read(facts, digests=None):
    """As many records as were made and, in whatever way they were read, the same tables."""
    digests = digests if digests is not None else set()

    def check(out):
        report = job.run_report(out)["accounting"]
        if report["read"] != facts["records"] or report["rejected"] != 0:
            return f"{report} instead of {facts['records']} records, none of them rejected"
        digests.add(job.digest_of_tables(out))
        return "" if len(digests) == 1 else "other tables than the runs before"
    return check


# ---------------------------------------------------------------------------------------- compared

def compared(bench):
    """the same job in stagecraft and in other engines"""
    for kind, title in (("plain", "A, nothing quoted"), ("quoted", "B, every field quoted")):
        path, facts = bench.file(kind)
        check = same_numbers(facts)
        contenders = [bench.lines(path)]
        several = f"stagecraft, {bench.threads} threads"
        contenders.append(bench.stagecraft(several, path, "job", check=check))
        contenders.append(bench.stagecraft("stagecraft, 1 thread", path, "job", jobs=1, check=check))
        best = [fastest_variant(bench, engine, path, facts) for engine in bench.options.engines]
        contenders += [contender for contender in best if contender]
        names = [contender.name for contender in contenders]
        samples = bench.measure(f"compared, {title}", contenders, facts["bytes"], ["wc -l"])
        bench.say()
        for name in names[2:]:
            bench.say(f"- {several}: {measure.ratio(samples[name], samples[several]):.2f} times as fast as {name}")
        bench.show_timings(contenders[1])


def fastest_variant(bench, engine, path, facts):
    """The engine's variant to measure: each is tried once, and its numbers are checked."""
    tried = []
    for variant in peers.VARIANTS[engine]:
        contender = peer(bench, engine, variant, path, facts)
        try:
            tried.append((measure.run(contender).seconds, variant, contender))
        except Failure as failure:
            if "instead of" in str(failure):
                raise
            bench.say(f"- {engine} {variant}: skipped: {failure}")
    if not tried:
        return None
    tried.sort(key=lambda attempt: attempt[0])
    text = ", ".join(f"{variant} {seconds:.2f} s" for seconds, variant, _ in tried)
    bench.say(f"- {peers.PACKAGES[engine]}: {text}; the first is measured")
    return tried[0][2]


def peer(bench, engine, variant, path, facts):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers.py")
    command = ["env", f"POLARS_MAX_THREADS={bench.threads}", bench.options.peer_python, "-B", script, engine,
               variant, path, str(bench.threads)]

    def check(output):
        return job.differences(json.loads(output.splitlines()[-1])["numbers"], facts["numbers"])
    return Contender(f"{peers.PACKAGES[engine]}, {bench.threads} threads", command, check)


# ------------------------------------------------------------------------------------- the others

def wide(bench):
    """the built-in model on an export of some 300 columns, most of them empty"""
    path, facts = bench.file("wide")
    check = all_read(facts)
    contenders = [bench.lines(path), bench.stagecraft("stagecraft", path, "wide", check=check),
                  bench.stagecraft("stagecraft, 1 thread", path, "wide", jobs=1, check=check)]
    bench.measure("wide", contenders, facts["bytes"], ["wc -l"])
    bench.show_timings(contenders[1])
    # Slow, and the same for every round: only the tables are looked at.
    measure.run(bench.stagecraft("stagecraft, libcsv", path, "wide", "--reader", "libcsv", check=check))
    bench.say("\nThe tables are the same with `--reader libcsv`.")


def readers(bench):
    """reading alone: a survey that maps one column, by the vector scan and by libcsv"""
    for kind in ("plain", "quoted", "wide"):
        # libcsv reads a byte at a time: less of it says as much.
        path, facts = bench.file(kind, min(bench.size, 250_000_000))
        survey = "wide_one_column" if kind == "wide" else "one_column"
        check = all_read(facts)
        contenders = [bench.lines(path)] + [
            bench.stagecraft(f"{reader}, {jobs} thread{'s' if jobs > 1 else ''}", path, survey, "--reader", reader,
                             jobs=jobs, check=check)
            for reader in ("hybrid", "libcsv") for jobs in sorted({1, bench.threads}, reverse=True)]
        bench.measure(f"readers, {kind}", contenders, facts["bytes"], ["wc -l"])
        bench.show_timings(contenders[1])


def growth(bench):
    """whether time grows with the bytes, and memory does not"""
    rows = [["", "seconds", "seconds per GB", "peak MiB"]]
    factors = [0.1, 1, 10] if bench.options.large else [0.1, 1]
    for factor in factors:
        path, facts = bench.file("plain", int(bench.size * factor))
        contender = bench.stagecraft("stagecraft", path, "job", check=same_numbers(facts))
        samples = bench.measure(f"growth, {factor} × size", [bench.lines(path), contender], facts["bytes"], ["wc -l"],
                                count=3 if factor > 1 else None)
        runs = samples["stagecraft"]
        seconds = measure.median_seconds(runs)
        rows.append([f"{facts['bytes'] / 1e9:.2f} GB", f"{seconds:.3f}", f"{seconds * 1e9 / facts['bytes']:.3f}",
                     f"{measure.peak_mebibytes(runs):.0f}"])
    bench.say("\n" + markdown(rows))
    if not bench.options.large:
        bench.say("\nTen times the size: skipped, asked for with `--large`.")


def respondents(bench):
    """with every response written out"""
    path, facts = bench.file("plain")
    same = same_numbers(facts)

    def check(out):
        with open(os.path.join(out, "respondents.csv"), "rb") as file:
            found = sum(block.count(b"\n") for block in iter(functools.partial(file.read, 1 << 20), b"")) - 1
        return same(out) or ("" if found == facts["records"] else f"{found} respondents.csv records instead of "
                             f"{facts['records']}")
    contenders = [bench.lines(path), bench.stagecraft("stagecraft", path, "job", check=same),
                  bench.stagecraft("stagecraft --respondents", path, "job", "--respondents", check=check)]
    bench.measure("respondents", contenders, facts["bytes"], ["wc -l", "stagecraft"])
    bench.show_timings(contenders[2])


def packed(bench):
    """a .gz export against unpacking it"""
    path, facts = bench.file("plain")
    archive = path + ".gz"
    if not os.path.exists(archive) or os.path.getmtime(archive) < os.path.getmtime(path):
        bench.say(f"making {archive}")
        with open(archive, "wb") as file:
            subprocess.run(["gzip", "-6", "-n", "-c", path], stdout=file, check=True)
    measure.warm(archive)
    unpack = Contender("gzip -dc to wc -l", ["sh", "-c", 'gzip -dc "$0" | wc -l', archive])
    contenders = [unpack, bench.stagecraft("stagecraft", archive, "job", check=same_numbers(facts))]
    bench.measure("packed", contenders, facts["bytes"], [unpack.name])
    bench.say(f"\nMB/s are of the unpacked bytes; packed it is {os.path.getsize(archive) / 1e6:,.1f} MB.")


def startup(bench):
    """an export of 1 KB, where nothing but starting and publishing takes time"""
    path, facts = bench.file("plain", 1500)
    check = same_numbers(facts)
    contenders = [Contender("true", ["true"]),
                  Contender("stagecraft --version", [bench.binary, "--version"]),
                  bench.stagecraft("stagecraft, results in memory", path, "job", check=check),
                  bench.stagecraft("stagecraft, results on disk", path, "job", check=check,
                                   out=os.path.join(bench.data, "startup-tables"))]
    if not os.path.realpath(bench.results).startswith("/dev/shm/"):
        bench.say("Results in memory: skipped, --results is not in /dev/shm.")
        del contenders[2]
    samples = bench.measure("startup", contenders, facts["bytes"], count=20)
    for name, runs in samples.items():
        bench.say(f"- {name}: {1000 * measure.median_seconds(runs):.1f} ms")


def weights(bench):
    """the compared job with a column of weights"""
    path, facts = bench.file("weighted")
    same = same_numbers(facts)

    def check(out):
        found = {place: weight for place, weight in job.weights_of_tables(out).items() if weight}
        return same(out) or job.differences(found, {place: float(n) for place, n in facts["weights"].items()})
    contenders = [bench.stagecraft("without weights", path, "job", check=same),
                  bench.stagecraft("with weights", path, "weighted", check=check)]
    bench.measure("weights", contenders, facts["bytes"], ["without weights"])
    bench.show_timings(contenders[1])


ALL = {section.__name__: section
       for section in (compared, wide, readers, growth, respondents, packed, startup, weights)}
