"""Runs programs in turn and measures each: wall clock, and peak resident memory from wait4."""
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time


class Failure(Exception):
    """A measured program failed, or found other numbers than it should."""


class Contender:
    """A program to be measured, and a check of what it found (returns a difference in words, or '')."""
    def __init__(self, name, command, check=None):
        self.name, self.command, self.check = name, command, check


class Sample:
    def __init__(self, seconds, peak_bytes):
        self.seconds, self.peak_bytes = seconds, peak_bytes


# A process begins as a copy of the one that starts it, and its peak is never less than that one's memory:
# so a process with next to nothing in it does the starting and the waiting. What remains is some 9 MiB.
LAUNCHER = """
import os, sys, time
begin = time.monotonic()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
seconds = time.monotonic() - begin
with open(sys.argv[1], "w") as file:
    file.write(f"{seconds} {usage.ru_maxrss} {os.waitstatus_to_exitcode(status)}")
"""


def run(contender):
    """Once. Output goes to files, so that nobody waits for a pipe to be read."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, \
            tempfile.NamedTemporaryFile("r") as result:
        subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, result.name, *contender.command], check=True,
                       stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        seconds, peak, exit_code = map(float, result.read().split())
        output.seek(0)
        text = output.read().decode(errors="replace")
        if exit_code != 0:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().splitlines()[-5:]
            raise Failure(f"{contender.name}: exit code {exit_code:.0f}: " + " / ".join(last))
    difference = contender.check(text) if contender.check else ""
    if difference:
        raise Failure(f"{contender.name}: {difference}")
    # Kilobytes on Linux, bytes on macOS.
    return Sample(seconds, peak * (1 if sys.platform == "darwin" else 1024))


def rounds(contenders, count):
    """Everybody once per round, so that what slows the machine down slows all of them down."""
    samples = {contender.name: [] for contender in contenders}
    for number in range(count):
        # Every other round backwards: nobody is always behind the same one.
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            samples[contender.name].append(run(contender))
    return samples


def median_seconds(samples):
    return statistics.median(sample.seconds for sample in samples)


def ratio(samples, others):
    """The median of the ratios of runs of the same round."""
    return statistics.median(one.seconds / other.seconds for one, other in zip(samples, others))


def peak_mebibytes(samples):
    return max(sample.peak_bytes for sample in samples) / (1 << 20)


def as_numbers(samples):
    return {name: [{"seconds": sample.seconds, "peak_bytes": sample.peak_bytes} for sample in runs]
            for name, runs in samples.items()}


def warm(path):
    """Into the page cache."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


# --------------------------------------------------------------------------------------- the machine

def first_line(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip().splitlines()[0] if done.stdout.strip() else "?"
    except OSError:
        return "not there"


def machine(binary):
    """What the numbers depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {"processor": processor(), "cores": cores, "memory": f"{memory:.1f} GiB",
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "load": " ".join(f"{load:.2f}" for load in os.getloadavg()),
            "stagecraft": first_line([binary, "--version"]),
            "commit": first_line(["git", "describe", "--always", "--dirty"]),
            "swift": first_line(["swift", "--version"]), "python": platform.python_version(),
            "wc": first_line(["wc", "--version"])}


def processor():
    if sys.platform == "darwin":
        return first_line(["sysctl", "-n", "machdep.cpu.brand_string"])
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.lower().startswith(("model name", "hardware")):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def processor_flags():
    """Names of the processor's abilities; empty where the system does not say."""
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("flags"):
                    return set(line.split(":", 1)[1].split())
    except OSError:
        pass
    return set()
