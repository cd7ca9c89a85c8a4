"""Runs the built program under a fault, and looks at what is left behind after each run."""
import collections
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time

HEADER = "id,weight,tools,comment\n"
MODEL = """schema: stagecraft/model/1
id: ladder
version: 1.0.0
title: Ladder
stages:
  - {stage: 0, id: s0, name: Start}
  - {stage: 1, id: s1, name: One, coverage: 0.5, requires: [{id: one, any_of: [spreadsheet]}]}
  - {stage: 2, id: s2, name: Two, coverage: 0.5, requires: [{id: two, any_of: [language]}]}
criteria:
  - {id: spreadsheet, kind: tool, stage: 1, label: Spreadsheet, need: gate, weight: 1}
  - {id: language, kind: tool, stage: 2, label: Language, need: gate, weight: 1}
terms:
  - {id: a_spreadsheet, kind: tool, label: A, aliases: [spreadsheet], proves: [spreadsheet]}
  - {id: a_language, kind: tool, label: B, aliases: [language], proves: [language]}
"""
SURVEY = """schema: stagecraft/survey/1
id: small
model: model.yaml
respondent: {id: id, duplicates: keep, weight: weight}
questions:
  - {id: tools, column: tools, style: list, asks: [spreadsheet, language], none: [nothing]}
"""
TRACE = re.compile(r"Fatal error|Crash|Thread \d+ .*crashed|Stack dump|swift_|Traceback|0x[0-9a-f]{12,}")


def records(count, first=1):
    return "".join(f"r{first + n},1,spreadsheet;language,fine\n" for n in range(count))


class Skip(Exception):
    """A row that cannot be tried here, and why."""


class Struck(Exception):
    """A row that does not apply, and why."""


Row = collections.namedtuple("Row", "number fault expected try_it")
ROWS = {}


def row(number, fault, expected):
    def keep(function):
        ROWS[number] = Row(number, fault, expected, function)
        return function
    return keep


class Result:
    """What a run ended with. `code` is negative where a signal ended it, as subprocess has it."""
    def __init__(self, code, output, messages, seconds, peak):
        self.code, self.output, self.messages, self.seconds, self.peak = code, output, messages, seconds, peak
        self.lines = [line for line in messages.splitlines() if line]

    def __str__(self):
        return f"ended with {self.code}: {' / '.join(self.lines)[:300]}"


class Running:
    """A program that has been started. Its output goes to files: nobody waits for a pipe to be read."""
    def __init__(self, command, environment=None, stdin=subprocess.DEVNULL, stdout=None, stderr=None, timeout=300,
                 cwd=None):
        self.output, self.errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=stdin, stdout=stdout if stdout is not None else self.output, stderr=stderr or self.errors,
            cwd=cwd, env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})})
        self.hangs = threading.Timer(timeout, self.process.kill)
        self.hangs.start()

    def send(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, number)

    def wait(self):
        try:
            _, status, usage = os.wait4(self.process.pid, 0)
            self.process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            self.hangs.cancel()
        texts = []
        for file in (self.output, self.errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
            file.close()
        return Result(self.process.returncode, *texts, time.monotonic() - self.started, usage.ru_maxrss * 1024)


class Bench:
    """The program, a small survey, and the sets it publishes: an old one, and a new one to come."""
    def __init__(self, binary, scratch, quick, seed):
        self.binary, self.folder, self.quick = binary, scratch, quick
        self.random = random.Random(seed)
        self.runs = self.injected = 0
        self.failures = []
        self.tests = None
        self.prepare()

    # The scene.

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def prepare(self):
        self.write("model.yaml", MODEL)
        self.survey = self.write("survey.yaml", SURVEY)
        self.export = self.write("export.csv", HEADER + records(3) + "x,1\n")
        less = self.write("less.csv", HEADER + records(2))
        self.out = self.path("out")
        self.must(self.command())
        self.new = self.published()
        self.must(self.command([less]))
        self.old = self.published()
        assert self.old != self.new
        shutil.copytree(self.out, self.path("saved"))
        self.usual = set(os.listdir(self.folder))

    def must(self, command):
        result = self.run(command)
        if result.code != 0:
            raise SystemExit(f"faults: a run without a fault {result}")

    def command(self, inputs=None, options=(), survey=None, out=None):
        return [self.binary, "run", *(inputs or [self.export]), "--survey", survey or self.survey, "--out",
                out or self.out, *options]

    def run(self, command, **how):
        return self.start(command, **how).wait()

    def start(self, command, **how):
        self.runs += 1
        return Running(command, **how)

    def published(self, folder=None):
        """Name and hash of each file; None where there is no set. run.json has a clock: it has to be whole."""
        folder = folder or self.out
        if not os.path.isdir(folder):
            return None
        found = {}
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            found[name] = "whole" if name == "run.json" and content.endswith(b"}\n") \
                else hashlib.sha256(content).hexdigest()
        return found

    def restore(self):
        """Puts the old set back, and removes what a row has made."""
        remove(self.out)
        for name in set(os.listdir(self.folder)) - self.usual:
            remove(self.path(name))
        shutil.copytree(self.path("saved"), self.out)

    def hidden(self):
        return [name for name in os.listdir(self.folder) if name.startswith(".")]

    # What has to hold.

    def fail(self, place, what):
        self.failures.append(f"{place}: {what}")

    def expect(self, condition, place, what):
        if not condition:
            self.fail(place, what)
        return condition

    def check_accounting(self, place, folder=None):
        with open(os.path.join(folder or self.out, "run.json")) as file:
            report = json.load(file)
        for books in [report["accounting"], *(one["accounting"] for one in report["inputs"])]:
            fates = sum(books[fate] for fate in ("scored", "unscored", "filtered", "duplicate", "rejected"))
            self.expect(books["read"] == fates, place, f"accounting: read {books['read']}, told {fates}")
        return report

    def check_messages(self, result, place, lines=1):
        self.expect(lines is None or len(result.lines) == lines, place, f"not {lines} line: {result}")
        self.expect(not TRACE.search(result.messages), place, f"a trace: {result}")

    def judge(self, result, codes, place, new=None, may_be_gone=False, lines=1):
        """Checks (a) to (e) of a run that had a fault, and has the next run clean up."""
        new = new or self.new
        died = result.code < 0
        self.expect(died and None in codes or result.code in codes, place, str(result))
        found = self.published()
        # The summary is written last: what is published stays.
        lost_summary = result.code == 74 and not result.lines
        if died:
            whole = found in (self.old, new) or (may_be_gone and found is None)
        elif result.code == 0 or lost_summary:
            whole = found == new
        else:
            whole = found == self.old
            self.expect(lost_summary or not self.hidden(), place, f"left behind: {self.hidden()}")
        self.expect(whole, place, f"neither old nor new as it should be; {result}")
        if result.code == 0:
            self.check_accounting(place)
        elif not died and not lost_summary:
            self.check_messages(result, place, lines)
        self.check_next(place)
        self.restore()
        return "new" if found == new else "old" if found == self.old else "gone"

    def check_next(self, place):
        """The next run needs nobody's help, gives the same bytes and leaves nothing else."""
        after = self.run(self.command())
        self.expect(after.code == 0 and self.published() == self.new, place, f"the next run {after}")
        if after.code == 0:
            self.check_accounting(place)
        self.expect(not self.hidden(), place, f"left behind: {self.hidden()}")

    # Inputs that are read or refused.

    def refused(self, inputs, code, words, options=(), survey=None, out=None, place=None, lines=1, **how):
        """A run that must end with `code`, say `words` and leave the old set as it is."""
        place = place or f"{code} {words}"
        result = self.run(self.command(inputs, options, survey, out), **how)
        self.expect(result.code == code, place, str(result))
        self.expect(words.lower() in result.messages.lower(), place, f"does not say '{words}': {result}")
        self.check_messages(result, place, lines)
        self.expect(self.published() == self.old, place, "the old set has changed")
        self.expect(not self.hidden(), place, f"left behind: {self.hidden()}")
        return result

    def read(self, inputs, options=(), survey=None, place="", **how):
        """A run that must publish; the report, the rows of rejects.csv and the result."""
        result = self.run(self.command(inputs, options, survey), **how)
        rejects = []
        report = None
        if self.expect(result.code == 0, place, str(result)):
            report = self.check_accounting(place)
            with open(os.path.join(self.out, "rejects.csv"), encoding="utf-8") as file:
                rejects = [line.split(",") for line in file.read().splitlines()[1:]]
        self.expect(not self.hidden(), place, f"left behind: {self.hidden()}")
        self.expect(not TRACE.search(result.messages), place, f"a trace: {result}")
        return report, rejects, result

    def reasons(self, content, name="in.csv", options=(), place="", survey=None):
        """The reasons of the rejects of a made-up export."""
        report, rejects, _ = self.read([self.write(name, content)], ["--max-rejects", "100%", *options], survey, place)
        return [reject[5] for reject in rejects] if report else None

    # Tests of the package that prove more than a script can.

    def proved(self, *names):
        if self.tests is None:
            self.tests = {}
            for folder, _, files in os.walk("Tests"):
                for name in files:
                    if name.endswith(".swift"):
                        with open(os.path.join(folder, name), encoding="utf-8") as file:
                            self.tests[name[:-6]] = file.read()
        for name in names:
            suite, _, function = name.partition("/")
            there = suite in self.tests and f"func {function}(" in self.tests[suite] if function else suite in self.tests
            self.expect(there, name, "there is no such test")
        return "also proved by " + ", ".join(names)

    # System calls that fail, by strace.

    def need_strace(self):
        if not hasattr(self, "strace_problem"):
            self.strace_problem = None
            if shutil.which("strace") is None:
                self.strace_problem = "no strace"
            elif subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode:
                self.strace_problem = "strace may not trace here"
        if self.strace_problem:
            raise Skip(self.strace_problem)

    def injected_run(self, injections, command=None, **how):
        """A run with faults, and the lines of strace's log that tell of them."""
        self.need_strace()
        log = self.path("strace.log")
        calls = sorted({injection.split(":")[0] for injection in injections})
        result = self.run(
            ["strace", "-f", "-y", "-qq", "-o", log, "-e", "trace=" + ",".join(calls), "-e", "signal=none",
             *[part for injection in injections for part in ("-e", "inject=" + injection)],
             *(command or self.command())], **how)
        with open(log, errors="replace") as file:
            lines = file.read().splitlines()
        os.remove(log)
        if result.messages.startswith("strace: "):
            raise Skip(result.lines[0])
        hits = [line for line in lines if "INJECTED" in line or "killed by" in line]
        return result, hits, lines

    def before_us(self, call):
        """How often the loader makes the call before the program reads its first file."""
        _, _, lines = self.injected_run([f"{call}:when=65535:delay_enter=1", "openat:when=65535:delay_enter=1"])
        self.restore()
        count = 0
        for line in lines:
            if self.folder in line and ".so" not in line:
                break
            if f" {call}(" in line:
                count += 1
        return count

    def each(self, call, action, codes, besides=(), judge=None, may_miss=False, command=None, new=None):
        """Makes the first call fail, then the second, until a run makes fewer; how many faults that were."""
        self.need_strace()
        number = first = self.before_us(call) + 1
        seen = collections.Counter()
        tried = 0
        while True:
            result, hits, _ = self.injected_run([*besides, f"{call}:{action}:when={number}"], command)
            # strace does not always log the call it kills in.
            hits = [hit for hit in hits if f" {call}(" in hit or "killed by" in hit]
            if not hits and result.code >= 0:
                self.restore()
                break
            tried += 1
            self.injected += 1
            place = f"{call} {number - first + 1} {action}"
            if judge:
                seen[judge(result, hits, place)] += 1
            else:
                seen[self.judge(result, codes, place, may_be_gone=bool(besides), new=new)] += 1
            done = number - first + 1
            number = number + 1 if not self.quick or done < 3 else first + 2 * done
        self.expect(tried > 0 or may_miss, call, "the call was never made")
        return f"{call}: {tried} ({', '.join(f'{n} {what}' for what, n in seen.most_common())})" if tried else ""

    # Runs that are held up, so that something can happen meanwhile.

    @contextlib.contextmanager
    def held(self, options=(), out=None, before=()):
        """A run that waits for a pipe, its hidden directory already made; and the pipe."""
        pipe = self.path("held.fifo")
        remove(pipe)
        os.mkfifo(pipe)
        running = self.start([*before, *self.command([pipe], options, out=out)], timeout=60)
        with open(pipe, "wb", buffering=0) as feeder:
            feeder.write((HEADER + records(3)).encode())
            parent = os.path.dirname(out or self.out)
            wait_for(lambda: any("stagecraft-partial" in name for name in os.listdir(parent)))
            yield running, feeder
        remove(pipe)

    def need_root(self):
        if os.geteuid() != 0:
            raise Skip("needs root")

    @contextlib.contextmanager
    def disk(self, kilobytes):
        """A file system of its own, of so many kilobytes."""
        self.need_root()
        place = self.path("disk")
        os.makedirs(place, exist_ok=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "stagecraft-faults", place],
                              stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise Skip("mount is not allowed: " + done.stderr.strip())
        try:
            yield place
        finally:
            subprocess.run(["umount", place], check=False)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(0.005)


def joined(parts):
    return "; ".join(part for part in parts if part)


# Codes: stopped by a signal, whether the handler was there already or not.
def stopped(number):
    return {128 + number, -number}
