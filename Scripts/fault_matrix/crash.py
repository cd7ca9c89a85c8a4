"""Rows 1 to 26: crashes, signals and resources."""
import os
import shutil
import signal
import subprocess
import time

from bench import HEADER, Skip, joined, records, remove, row, stopped

KILL = "signal=KILL"
NO_EXCHANGE = ["renameat2:error=ENOSYS"]


@row(1, "kill -9 at each write", "the old set or the new one; the next run cleans up and gives the same bytes")
def kill_at_writes(bench):
    return bench.each("write", KILL, {None})


@row(2, "kill -9 at each fsync, rename, unlink, mkdir, open, truncate, lock", "the same")
def kill_elsewhere(bench):
    calls = ["fsync", "renameat2", "unlinkat", "mkdirat", "openat", "ftruncate", "flock", "close"]
    return joined(bench.each(call, KILL, {None}) for call in calls)


@row(3, "kill -9 between two renames, where directories cannot be swapped", "the next run puts the old set back first")
def kill_between_renames(bench):
    seen = [bench.each(call, KILL, {None}, besides=NO_EXCHANGE) for call in ("renameat", "fsync")]
    return joined([*seen, bench.proved("OutputSafetyTests/aSetThatADeadRunPutAsideIsPutBack")])


def long_run(bench):
    """An export that takes a while, what it publishes, and how long that took."""
    long = bench.write("long.csv", HEADER + records(20_000 if bench.quick else 60_000))
    result = bench.run(bench.command([long]))
    new = bench.published()
    bench.expect(result.code == 0, "undisturbed", str(result))
    put_old_back(bench)
    return long, new, result.seconds


def put_old_back(bench):
    remove(bench.out)
    shutil.copytree(bench.path("saved"), bench.out)


@row(4, "SIGTERM at random moments", "143 within two seconds, or done; the old set, nothing left behind")
def terminate(bench):
    long, new, seconds = long_run(bench)
    seen = {"stopped": 0, "done": 0}
    trials = 20 if bench.quick else 200
    for trial in range(trials):
        place = f"SIGTERM {trial + 1}"
        running = bench.start(bench.command([long]))
        time.sleep(bench.random.uniform(0, 1.1 * seconds))
        sent = time.monotonic()
        running.send(signal.SIGTERM)
        result = running.wait()
        bench.injected += 1
        bench.expect(time.monotonic() - sent < 2, place, "took longer than two seconds")
        bench.expect(result.code in stopped(15) | {0}, place, str(result))
        found = bench.published()
        bench.expect(found == (new if result.code == 0 else bench.old), place, "neither old nor new")
        bench.expect(not bench.hidden() or result.code < 0, place, f"left behind: {bench.hidden()}")
        bench.expect(len(result.lines) <= 1 or result.code == 0, place, str(result))
        seen["done" if result.code == 0 else "stopped"] += 1
        put_old_back(bench)
    bench.check_next("after all of them")
    return f"{trials} signals: {seen['stopped']} stopped, {seen['done']} were done already"


def signalled(bench, numbers, code, place, **how):
    """A run that waits for a pipe gets signals."""
    with bench.held(**how) as (running, _):
        sent = time.monotonic()
        for number in numbers:
            running.send(number)
        result = running.wait()
    bench.injected += 1
    bench.expect(result.code == code, place, str(result))
    bench.expect(time.monotonic() - sent < 2, place, "took longer than two seconds")
    bench.expect(bench.published() == bench.old, place, "the old set has changed")
    bench.check_next(place)
    put_old_back(bench)
    return result


@row(5, "SIGINT once; twice", "130, stopped cleanly; 130 at once")
def interrupt(bench):
    signalled(bench, [signal.SIGINT], 130, "SIGINT")
    signalled(bench, [signal.SIGINT, signal.SIGINT], 130, "SIGINT twice")
    return joined(["130 both times", bench.proved("FaultTests/aSecondInterruptEndsTheRunAtOnce")])


@row(6, "SIGPIPE: whoever reads standard output is gone", "quiet, 141; what was published stays")
def broken_pipe(bench):
    for arguments in (["model", "mlops-maturity", "--format", "yaml"], ["clean", bench.export]):
        reader, writer = os.pipe()
        os.close(reader)
        result = bench.run([bench.binary, *arguments], stdout=writer)
        os.close(writer)
        bench.expect(result.code == 141 and not [line for line in result.lines if "record" not in line],
                     arguments[0], str(result))
    reader, writer = os.pipe()
    os.close(reader)
    result = bench.run(bench.command(), stdout=writer, stderr=writer)
    os.close(writer)
    bench.expect(bench.published() == bench.new, "run", f"not the new set: {result}")
    return f"141 and no word; run: {result.code}, new set"


@row(7, "SIGHUP; with nohup", "129, as SIGTERM; ignored")
def hang_up(bench):
    signalled(bench, [signal.SIGHUP], 129, "SIGHUP")
    with bench.held(before=["nohup"]) as (running, _):
        running.send(signal.SIGHUP)
        time.sleep(0.2)
    result = running.wait()
    bench.expect(result.code == 0, "nohup", str(result))
    return "129; with nohup 0"


@row(8, "SIGSTOP, then SIGCONT", "goes on, same bytes")
def stop_and_go_on(bench):
    with bench.held() as (running, feeder):
        running.send(signal.SIGSTOP)
        time.sleep(1 if bench.quick else 30)
        running.send(signal.SIGCONT)
        feeder.write(b"x,1\n")
    result = running.wait()
    tables = lambda found: {name: found[name] for name in found if name.endswith("distribution.csv")}
    bench.expect(result.code == 0 and tables(bench.published()) == tables(bench.new), "SIGCONT", str(result))
    return "0, same tables"


@row(9, "ENOSPC at each write; a small disk", "74, naming path and bytes; the old set, nothing left behind")
def full_disk(bench):
    seen = [bench.each("write", "error=ENOSPC", {74})]
    tried = 0
    try:
        for kilobytes in (8, 40, 80, 100) if bench.quick else range(4, 132, 4):
            with bench.disk(kilobytes) as place:
                target = os.path.join(place, "set")
                result = bench.run(bench.command(out=target))
                tried += 1
                bench.injected += 1
                bench.expect(result.code in (0, 74), f"{kilobytes} KB", str(result))
                if result.code == 74:
                    bench.check_messages(result, f"{kilobytes} KB")
                    bench.expect("No space left" in result.messages and "bytes" in result.messages,
                                 f"{kilobytes} KB", str(result))
                    bench.expect(not os.listdir(place), f"{kilobytes} KB", f"left behind {os.listdir(place)}")
                else:
                    bench.expect(bench.published(target) == bench.new, f"{kilobytes} KB", "not the new set")
        seen.append(f"{tried} small disks")
    except Skip as skipped:
        seen.append(f"small disks skipped: {skipped}")
    return joined([*seen, bench.proved("FaultTests/aFullDiskIsToldWithThePathAndTheBytesNeeded")])


@row(10, "ENOSPC and EIO at each fsync and close", "never 0 where an output is concerned")
def delayed_errors(bench):
    def judge(result, hits, place):
        of_output = any("stagecraft-partial" in hit for hit in hits)
        return bench.judge(result, {74} if of_output else {0, 73, 74, 66, 78}, place)
    seen = []
    for call in ("fsync", "close"):
        for error in ("ENOSPC", "EIO"):
            seen.append(error + " " + bench.each(call, f"error={error}", {0}, judge=judge))
    return joined(seen)


@row(11, "EDQUOT at each write; a limit on file sizes", "74; SIGXFSZ does not kill")
def quota(bench):
    seen = [bench.each("write", "error=EDQUOT", {74})]
    sizes = (1, 100, 500, 2000) if bench.quick else (*range(0, 40), *range(100, 8000, 100))
    codes = []
    for size in sizes:
        result = bench.run(["prlimit", f"--fsize={size}", *bench.command()])
        bench.injected += 1
        codes.append(result.code)
        # Too small a file for the lock is the directory's fault.
        bench.judge(result, {0, 73, 74}, f"files of {size} bytes")
    return joined([*seen, f"{len(codes)} limits: {sum(code != 0 for code in codes)} refused"])


@row(12, "EIO at each write", "74, the old set")
def write_error(bench):
    return bench.each("write", "error=EIO", {74})


@row(13, "EIO at each fsync", "74; the same file is not tried again")
def fsync_error(bench):
    def judge(result, hits, place):
        return bench.judge(result, {74}, place)
    seen = bench.each("fsync", "error=EIO", {74}, judge=judge)
    _, hits, lines = bench.injected_run([f"fsync:error=EIO:when={bench.before_us('fsync') + 2}"])
    path = hits[0].split("<")[1].split(">")[0]
    bench.expect(sum(path in line for line in lines) == 1, "fsync", "was tried again")
    bench.restore()
    return seen


@row(14, "EIO at each read and pread", "74 with file and byte; nothing published")
def read_error(bench):
    def judge(result, hits, place):
        if any("export.csv" in hit for hit in hits) and result.code:
            bench.expect("at byte" in result.messages or "opened" in result.messages, place, str(result))
        # 0: one of them looks only for what a progress bar can show.
        return bench.judge(result, {0, 66, 73, 74, 78}, place)
    return joined(bench.each(call, "error=EIO", {0}, judge=judge) for call in ("read", "pread64"))


@row(15, "EINTR at each call", "tried again, same bytes")
def interrupted_calls(bench):
    calls = ["read", "pread64", "write", "openat", "fsync", "renameat2", "flock", "ftruncate", "poll"]
    return joined(bench.each(call, "error=EINTR", {0}, may_miss=call in ("poll", "flock")) for call in calls)


@row(16, "short reads and writes", "same bytes")
def short(bench):
    with open(bench.export, "rb") as file:
        content = file.read()
    reader, writer = os.pipe()
    running = bench.start([*bench.command(["-"])], stdin=reader)
    os.close(reader)
    with open(writer, "wb", buffering=0) as feeder:
        for byte in content:
            feeder.write(bytes([byte]))
    result = running.wait()
    bench.expect(result.code == 0, "a byte at a time", str(result))
    found = bench.published()
    bench.expect(found["tool_gaps.csv"] == bench.new["tool_gaps.csv"], "a byte at a time", "other tables")
    return joined([f"a pipe of {len(content)} single bytes: same tables",
                   bench.proved("FaultTests/aCallThatFailsLeavesTheOldSetOrTheNewOne")])


@row(17, "rename fails: EXDEV, EACCES, EROFS", "73 or 74, the old set; never a copy instead")
def rename_error(bench):
    seen = [f"{error} " + bench.each("renameat2", f"error={error}", {73, 74}) for error in ("EXDEV", "EACCES", "EROFS")]
    seen += [f"{error} without a swap " + bench.each("renameat", f"error={error}", {73, 74}, besides=NO_EXCHANGE)
             for error in ("EXDEV", "EACCES")]
    return joined(seen)


@row(18, "the output directory is removed or made read-only during the run", "73, nothing anywhere else")
def vanishing_directory(bench):
    with bench.held() as (running, _):
        remove(bench.out)
    result = running.wait()
    bench.expect(result.code == 73 and len(result.lines) == 1, "removed", str(result))
    bench.expect(not os.path.exists(bench.out) and not bench.hidden(), "removed", "something is left")
    parent = bench.path("parent")
    os.mkdir(parent)
    with bench.held(out=os.path.join(parent, "set")) as (running, _):
        os.rename(parent, bench.path("moved"))
    result = running.wait()
    bench.expect(result.code == 73 and len(result.lines) == 1, "parent moved", str(result))
    bench.expect(not os.listdir(bench.path("moved")), "parent moved", "something is left")
    seen = "73 where target or parent are gone"
    if os.geteuid() == 0:
        return seen + "; read-only: skipped as root"
    os.rename(bench.path("moved"), parent)
    with bench.held(out=os.path.join(parent, "set")) as (running, _):
        os.chmod(parent, 0o500)
    result = running.wait()
    os.chmod(parent, 0o700)
    bench.expect(result.code == 73 and len(result.lines) == 1, "read-only", str(result))
    return seen + "; 73 where it is read-only"


@row(19, "out of memory: a small address space, each mmap fails", "a clear end or a death; the old set either way")
def no_memory(bench):
    seen = {}
    sizes = (40, 60, 80, 120) if bench.quick else range(8, 200, 4)
    for size in sizes:
        # The loader says it in lines of its own, as Swift's runtime does.
        result = bench.run(["prlimit", f"--as={size << 20}", *bench.command()])
        bench.injected += 1
        seen[result.code] = seen.get(result.code, 0) + 1
        if result.code > 0:
            bench.expect(bench.published() == bench.old, f"{size} MiB", f"the old set has changed; {result}")
        elif result.code == 0:
            bench.expect(bench.published() == bench.new, f"{size} MiB", "not the new set")
        bench.check_next(f"{size} MiB")
        bench.restore()

    def judge(result, hits, place):
        whole = bench.published() in ([bench.new] if result.code == 0 else [bench.old, bench.new])
        bench.expect(whole, place, f"neither old nor new; {result}")
        bench.check_next(place)
        bench.restore()
        return "whole"
    try:
        mapped = bench.each("mmap", "error=ENOMEM", {0}, judge=judge)
    except Skip as skipped:
        mapped = f"mmap skipped: {skipped}"
    return joined([f"{len(sizes)} sizes, exit codes {dict(sorted(seen.items()))}", mapped])


@row(20, "few open files, 1,000 inputs", "works, or 74 saying the limit")
def few_descriptors(bench):
    inputs = [bench.write(f"part{number}.csv", HEADER + records(1)) for number in range(100 if bench.quick else 1000)]
    result = bench.run(["prlimit", "--nofile=24", *bench.command(inputs, ["--jobs", "2", "--quiet"])])
    bench.expect(result.code == 0, "24 files", str(result))
    put_old_back(bench)
    codes = []
    for limit in (4, 8, 12, 17) if bench.quick else range(4, 30):
        result = bench.run(["prlimit", f"--nofile={limit}", *bench.command(options=["--jobs", "2"])])
        bench.injected += 1
        codes.append(result.code)
        # With fewer than 5 the loader finds no library.
        bench.expect(result.code in (0, 73, 74) or limit < 6, f"{limit} files", str(result))
        whole = bench.new if result.code == 0 else bench.old
        bench.expect(bench.published() == whole, f"{limit} files", "neither old nor new as it should be")
        if result.code and limit >= 6:
            bench.check_messages(result, f"{limit} files")
        bench.check_next(f"{limit} files")
        put_old_back(bench)
    return f"{len(inputs)} inputs with 24 files: 0; limits tried: {len(codes)}, {codes.count(0)} of them enough"


@row(21, "threads cannot be made", "waits for one or goes on with fewer; never a half set")
def no_threads(bench):
    bench.need_root()
    if shutil.which("setpriv") is None:
        raise Skip("no setpriv")
    os.chmod(bench.folder, 0o777)
    seen = []
    for limit in (1, 2, 3, 64):
        target = bench.path(f"threads{limit}")
        result = bench.run(["setpriv", "--reuid=61234", "--regid=61234", "--clear-groups", "prlimit",
                            f"--nproc={limit}", *bench.command(out=target, options=["--jobs", "4"])],
                           timeout=5 if bench.quick else 20)
        bench.injected += 1
        seen.append("waits" if result.code == -9 else str(result.code))
        bench.expect(result.code in (0, 74, -9) and (limit < 64 or result.code == 0), f"{limit} threads", str(result))
        bench.expect(bench.published(target) == (bench.new if result.code == 0 else None), f"{limit} threads",
                     f"half a set: {result}")
    return f"limits of 1, 2, 3, 64: {', '.join(seen)}"


@row(22, "two runs to one output; the first is killed", "75 at once, naming the process; the lock is taken over")
def two_runs(bench):
    with bench.held() as (running, _):
        second = bench.run(bench.command())
        bench.expect(second.code == 75 and second.seconds < 2, "second", str(second))
        bench.expect(str(running.process.pid) in second.messages, "second", str(second))
        bench.check_messages(second, "second")
        running.send(signal.SIGKILL)
        running.wait()
        bench.expect(bench.published() == bench.old, "killed", "the old set has changed")
        bench.check_next("third")
    return "75, then taken over"


@row(23, "standard output and error on a full device", "74; only a whole set is published")
def full_output(bench):
    with open("/dev/full", "wb") as full:
        for arguments in (["model", "mlops-maturity"], ["clean", bench.export], ["inspect", bench.export]):
            result = bench.run([bench.binary, *arguments], stdout=full)
            bench.expect(result.code == 74, arguments[0], str(result))
        for how in ({"stdout": full}, {"stderr": full}, {"stdout": full, "stderr": full}):
            result = bench.run(bench.command(), **how)
            # A run says everything on standard error.
            bench.expect(result.code == (74 if "stderr" in how else 0), str(sorted(how)), str(result))
            bench.expect(bench.published() in (bench.old, bench.new), str(sorted(how)), "neither old nor new")
            bench.check_next(str(sorted(how)))
            put_old_back(bench)
    return joined(["74, whole sets", bench.proved("SignalTests/anOutputThatIsFullIs74")])


@row(24, "time zone, language, hash seed", "same bytes")
def surroundings(bench):
    settings = [{"TZ": "Pacific/Chatham"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LANG": "de_DE"}, {"LC_ALL": "C"},
                {"SWIFT_DETERMINISTIC_HASHING": "1"}, {"HOME": "/nonexistent"}]
    for setting in settings:
        bench.judge(bench.run(bench.command(), environment=setting), {0}, str(setting))
    return joined([f"{len(settings)} settings; the clock is in run.json alone",
                   bench.proved("SurroundingsTests")])


@row(25, "1, 2, 7, 64 threads by chunks of 1 byte to 64 MiB", "same bytes")
def threads_and_chunks(bench):
    messy = HEADER + "".join(
        f'r{n},1,"spreadsheet;\n""x""{n % 7}",ä\r\nx,1\n' for n in range(40 if bench.quick else 300))
    export = bench.write("messy.csv", messy)
    chunks = (1, 7, 4096, 64 << 20) if bench.quick else (1, 2, 3, 5, 7, 64, 1000, 4096, 1 << 18, 64 << 20)
    digests = set()
    for jobs in (1, 2, 7, 64):
        for chunk in chunks:
            options = ["--jobs", str(jobs), "--chunk-size", str(chunk), "--max-rejects", "100%", "--respondents"]
            result = bench.run(bench.command([export], options))
            bench.expect(result.code == 0, f"{jobs} by {chunk}", str(result))
            digests.add(tuple(sorted((bench.published() or {}).items())))
    bench.expect(len(digests) == 1, "threads", f"{len(digests)} different sets")
    return joined([f"{4 * len(chunks)} runs, one set", bench.proved("SameBytesTests")])


@row(26, "slow workers", "same bytes; no races")
def slow_workers(bench):
    export = bench.write("slow.csv", HEADER + records(2000))
    sets = set()
    for delay in (0, 1000, 20000):
        options = ["--jobs", "4", "--chunk-size", "4096"]
        result, _, _ = bench.injected_run([f"pread64:delay_exit={delay}", f"futex:delay_enter={delay // 100}"],
                                          bench.command([export], options))
        bench.injected += 1
        bench.expect(result.code == 0, f"{delay} µs", str(result))
        sets.add(tuple(sorted((bench.published() or {}).items())))
    bench.expect(len(sets) == 1, "delays", f"{len(sets)} different sets")
    return "one set; races: Scripts/sanitize thread"
