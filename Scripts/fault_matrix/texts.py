"""Rows 40 to 64: bytes and records."""
import os

from bench import HEADER, SURVEY, joined, records, row

MEMORY = 160 << 20


def large_input(bench, make, place):
    """A large input that a function writes; what comes of it, in bounded memory."""
    path = bench.path("large.csv")
    with open(path, "wb") as file:
        make(file)
    report, rejects, result = bench.read([path], ["--max-rejects", "100%"], place=place)
    bench.expect(result.peak < MEMORY, place, f"{result.peak >> 20} MiB")
    os.remove(path)
    return report, [(reject[2], reject[5]) for reject in rejects], f"{result.peak >> 20} MiB, {result.seconds:.1f} s"


def fill(file, piece, size):
    block = piece * (1 + (1 << 20) // len(piece))
    for _ in range(size // len(block) + 1):
        file.write(block)


def one_record(bench, begin, piece, end, reason):
    """A record of 1 GB between two good ones."""
    def make(file):
        file.write((HEADER + records(1)).encode() + begin)
        fill(file, piece, 16 << 20 if bench.quick else 1 << 30)
        file.write(end + records(2, 5).encode())
    report, rejects, cost = large_input(bench, make, reason)
    bench.expect(rejects == [("3", reason)], reason, f"rejects {rejects[:3]}")
    bench.expect(report and report["accounting"]["scored"] == 3, reason, "the others are not scored")
    return f"one {reason}, {cost}"


@row(40, "a quoted field of 1 GB", "one record_too_large with its line, the rest scored, memory bounded")
def large_field(bench):
    return one_record(bench, b'a,1,"', b"x", b'",y\n', "record_too_large")


@row(41, "1 GB without a line end or a quote", "the same")
def large_line(bench):
    return one_record(bench, b"a,1,", b"y", b"\n", "record_too_large")


@row(42, "50 million commas in a record", "one reject, memory bounded")
def many_fields(bench):
    few = bench.reasons(HEADER + "a," * 30_000 + "\n" + records(2), place="30,000 fields")
    bench.expect(few == ["too_many_fields"], "30,000 fields", str(few))
    return one_record(bench, b"", b",", b"\n", "record_too_large")


@row(43, "a quote that is never closed, 5 million records behind it", "one reject at its line, the rest survives")
def open_quote(bench):
    count = 100_000 if bench.quick else 5_000_000

    def make(file):
        file.write((HEADER + records(9) + 'a,1,"spreadsheet,x\n').encode())
        fill(file, b"r,1,language,x\n", 15 * count)
    report, rejects, cost = large_input(bench, make, "an open quote")
    # Over so many lines that the limit on lines strikes first.
    bench.expect(rejects in ([("11", "quote_too_long")], [("11", "unterminated_quote")]), "an open quote", str(rejects[:3]))
    bench.expect(report and report["accounting"]["scored"] >= count, "an open quote", "records are lost")
    return f"{rejects[0][1] if rejects else None} at line 11, {cost}"


@row(44, "quotes inside of fields and after closing quotes", "read leniently and counted; --strict: a reject")
def stray_quotes(bench):
    content = HEADER + 'a,1,12" disk,x\nb,1,"x"y",z\n' + records(200)
    report, rejects, _ = bench.read([bench.write("in.csv", content)], place="lenient")
    repaired = report["inputs"][0]["repaired_quotes"] if report else 0
    bench.expect(not rejects and repaired > 0, "lenient", f"{rejects}, {repaired}")
    strict = bench.reasons(content, options=["--strict"], place="strict")
    bench.expect(strict == ["malformed_quote"] * 2, "strict", str(strict))
    ended = bench.reasons(HEADER + records(2) + 'a,1,"a""', place="at the end")
    bench.expect(ended == ["unterminated_quote"], "at the end", str(ended))
    return f"{repaired} counted; --strict rejects them"


@row(45, "too few and too many fields", "field_count; one empty extra field is tolerated")
def field_counts(bench):
    found = bench.reasons(HEADER + "a,1\nb,1,x,y,z\nc,1,x,y,\n\n" + records(2))
    bench.expect(found == ["field_count"] * 2, "fields", str(found))
    return "two rejects of three"


def scored(bench, content, place, options=(), survey=None):
    report, rejects, _ = bench.read([bench.write("in.csv", content)], options, survey, place)
    return (report["accounting"]["scored"] if report else None, len(rejects))


@row(46, "CRLF, LF, CR, mixed, inside of quotes", "same records, the lines of the file")
def line_ends(bench):
    for end in ("\n", "\r\n", "\r", "\n\r", "\r\r\n"):
        text = (HEADER + records(5) + 'q,1,"language","a\nb"\n').replace("\n", end)
        found = scored(bench, text, repr(end))
        bench.expect(found == (6, 0), repr(end), str(found))
    mixed = scored(bench, "id,weight,tools,comment\r\na,1,language,x\rb,1,language,x\nc,1,language,x", "mixed")
    bench.expect(mixed == (3, 0), "mixed", str(mixed))
    return joined(["six records each", bench.proved("LineTests")])


@row(47, "line ends, quotes, characters and byte order marks across chunks", "as if read whole")
def across_chunks(bench):
    text = "\ufeff" + HEADER.replace("\n", "\r\n") + 'a,1,"x""y","ä€😀\r\n"\r\n' * 20
    sets = set()
    sizes = (1, 2, 3, 5, 64) if bench.quick else range(1, 201)
    for size in sizes:
        scored(bench, text, f"chunks of {size}", ["--chunk-size", str(size), "--jobs", "2"])
        sets.add(tuple(sorted((bench.published() or {}).items())))
    bench.expect(len(sets) == 1, "chunks", f"{len(sets)} different sets")
    return joined([f"{len(sizes)} sizes, one set", bench.proved("ReaderAgreementTests")])


@row(48, "no final line end, many, a closing quote at the end", "the last record counts, blank lines are counted")
def endings(bench):
    for content, blank in ((HEADER + records(2)[:-1], 0), (HEADER + records(2) + "\n\n \n", 3),
                           (HEADER + records(1) + 'b,1,language,"x"', 0)):
        report, _, _ = bench.read([bench.write("in.csv", content)], place=repr(content[-9:]))
        bench.expect(report and (report["accounting"]["scored"], report["inputs"][0]["blank_lines"]) == (2, blank),
                     repr(content[-9:]), "other numbers")
    return "two records each"


@row(49, "UTF-8, UTF-16 and UTF-32 with their marks", "read, or 65 with the command that converts it")
def encodings(bench):
    text = "\ufeff" + HEADER + records(4)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        found = scored(bench, text.encode(encoding), encoding)
        bench.expect(found == (4, 0), encoding, str(found))
        bench.restore()
    for encoding in ("utf-32-le", "utf-32-be"):
        bench.refused([bench.write("in.csv", text.encode(encoding))], 65, "iconv", place=encoding)
    return "read; UTF-32: 65, iconv"


@row(50, "bytes that are not UTF-8", "invalid_encoding with the byte; outputs are UTF-8")
def not_utf8(bench):
    bad = [b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x82", b"Gr\xfc\xdfe", b"\xf5\x80\x80\x80", b"\xff"]
    found = bench.reasons(HEADER.encode() + b"".join(b"a,1,language," + text + b"\n" for text in bad) + records(3).encode())
    bench.expect(found == ["invalid_encoding"] * len(bad), "bytes", str(found))
    for name in os.listdir(bench.out):
        with open(os.path.join(bench.out, name), encoding="utf-8") as file:
            file.read()
    bench.restore()
    declared = bench.write("latin.yaml", SURVEY + "source: {encoding: iso-8859-1}\n")
    latin = scored(bench, HEADER.encode() + b"a,1,language,Gr\xfc\xdfe\n", "declared", survey=declared)
    bench.expect(latin == (1, 0), "declared", str(latin))
    return f"{len(bad)} rejects; declared as what they are: read"


@row(51, "zero bytes in a field; nothing but zero bytes", "nul_byte; 65")
def zero_bytes(bench):
    found = bench.reasons(HEADER.encode() + b"a,1,langu\0age,x\n" + records(3).encode())
    bench.expect(found == ["nul_byte"], "zero byte", str(found))
    bench.restore()
    bench.refused([bench.write("zeros.csv", b"\0" * 5000)], 65, "", place="zeros")
    return "one reject; 65"


@row(52, "control characters and marks in names that messages show", "escaped on standard error, kept in CSV")
def marks(bench):
    name = "a\x1b[31m\u202e\x07.csv"
    result = bench.refused([bench.path(name)], 66, "\\u{1B}", place="escapes")
    bench.expect(not set("\x1b\u202e\x07") & set(result.messages), "escapes", repr(result.messages))
    return joined(["escaped", bench.proved("MessageTests/aNameWithALineEndStaysOnItsLine")])


@row(53, "columns that are ambiguous, missing, written another way; an empty header", "78 naming the closest, or the columns that share a name")
def headers(bench):
    bench.refused([bench.write("in.csv", "id,weight,Toolz,comment\na,1,language,x\n")], 78, "tools", lines=None)
    bench.refused([bench.write("in.csv", ",,,\na,1,language,x\n")], 78, "tools", lines=None)
    found = scored(bench, "id,weight,tools,x,x\na,1,language,1,2\n", "others twice")
    bench.expect(found == (1, 0), "others twice", str(found))
    bench.restore()
    bench.refused([bench.write("in.csv", "id,weight,tools,tools\na,1,language,spreadsheet\n")], 78, "all called 'tools'", lines=None)
    return joined(["78", bench.proved("ColumnBindingTests/aNameThatTwoColumnsShareIsNoGuess")])


@row(54, "the header again inside the data; a second table; a row of totals", "rejects, not scored")
def second_tables(bench):
    found = bench.reasons(HEADER + records(3) + HEADER + "other,table\n1,2\n" + "Total,,\n" + records(3))
    bench.expect(found == ["repeated_header", "field_count", "field_count", "field_count"], "tables", str(found))
    return "four rejects"


@row(55, "numbers: 1e309, NaN, -0, other digits, 1,5, 0x10, +5", "a weight or a reject; never NaN in a table")
def numbers(bench):
    bad = ["1e309", "NaN", "inf", "-1", "٣", '"1,5"', "0x10", "9" * 400, ""]
    good = ["+5", " 5 ", "5.0", "05", "-0", "1e3", "0." + "3" * 400]
    found = bench.reasons(HEADER + "".join(f"a,{text},language,x\n" for text in bad + good))
    bench.expect(found == ["weight"] * len(bad), "weights", str(found))
    for name, content in tables(bench):
        bench.expect("nan" not in content.lower().split(","), name, "NaN")
    return joined([f"{len(bad)} rejects, {len(good)} weights",
                   bench.proved("InputFaultTests/aWeightIsADecimalOrTheRecordIsAReject")])


def tables(bench):
    for name in sorted(os.listdir(bench.out)):
        if name.endswith(".csv"):
            with open(os.path.join(bench.out, name), encoding="utf-8") as file:
                yield name, file.read()


def table(bench, name):
    with open(os.path.join(bench.out, name), encoding="utf-8") as file:
        return file.read().splitlines()


@row(56, "answers in other cases, with odd spaces, unknown", "matched when folded, or counted as unmapped")
def answers(bench):
    scored(bench, HEADER + "a,1,LANGUAGE\u00a0,x\nb,1,ｌａｎｇｕａｇｅ,x\nc,1,kobol,x\nd,1,Kobol,x\n", "answers")
    rows = table(bench, "unmapped_answers.csv")[1:]
    bench.expect(len(rows) == 1 and "obol" in rows[0], "answers", str(rows))
    return "one unmapped answer"


@row(57, "nobody answered", "unscored, in no share")
def no_answers(bench):
    report, _, _ = bench.read([bench.write("in.csv", HEADER + "a,1,,\nb,1,,\n")])
    bench.expect(report and report["accounting"]["unscored"] == 2, "unscored", "other numbers")
    return joined(["2 unscored", bench.proved("InputFaultTests/aRunInWhichNobodyAnsweredHasUnscoredResponsesAlone")])


@row(58, "one id several times, across files and chunks", "first, last or all, whatever the threads")
def duplicates(bench):
    first = bench.write("one.csv", HEADER + records(500) + records(500))
    second = bench.write("two.csv", HEADER + records(700, 300))
    for policy, read in (("first", 999), ("last", 999), ("keep", 1700)):
        survey = bench.write(f"{policy}.yaml", SURVEY.replace("duplicates: keep", f"duplicates: {policy}"))
        sets = set()
        for jobs, chunk in ((1, 1 << 18), (2, 100), (7, 999)):
            report, _, _ = bench.read([first, second], ["--jobs", str(jobs), "--chunk-size", str(chunk), "--respondents"],
                                      survey, policy)
            sets.add(tuple(sorted((bench.published() or {}).items())))
            bench.expect(report and report["accounting"]["scored"] == read, policy, str(report and report["accounting"]))
        bench.expect(len(sets) == 1, policy, f"{len(sets)} different sets")
    return joined(["one set each", bench.proved("DuplicateRunTests/theSameRecordWinsWhateverTheThreadsAndChunks")])


@row(59, "texts that a spreadsheet takes for formulas", "guarded; numbers untouched")
def formulas(bench):
    texts = ["=HYPERLINK(1)", "@SUM(1)", "-2+3", "+1", "＝1", "\t=1"]
    survey = bench.write("segments.yaml", SURVEY + "segments: [{id: place, column: comment}]\n")
    scored(bench, HEADER + "".join(f"a,1,{text};language,{text}\n" for text in texts), "formulas", survey=survey)
    bare = [name for name, content in tables(bench) for line in content.splitlines() for cell in line.split(",")
            if cell.strip('"')[:1] in tuple("=@+＝＠＋\t") and cell]
    bench.expect(not bare, "formulas", f"unguarded in {bare}")
    return joined([f"{len(texts)} texts guarded", bench.proved("CSVRecordTests/aNumberInAnAnswerIsGuardedAndInANumericColumnIsNot")])


@row(60, "10 million values of a segment; as many unmapped answers", "65 naming the column; one row; memory bounded")
def many_keys(bench):
    count = 200_000 if bench.quick else 10_000_000
    path = bench.path("keys.csv")
    with open(path, "w") as file:
        file.write(HEADER)
        for start in range(0, count, 10_000):
            file.write("".join(f"r{n},1,text{n},s{n * 2654435761 % (1 << 32)}\n" for n in range(start, start + 10_000)))
    survey = bench.write("segments.yaml", SURVEY + "segments: [{id: place, column: comment}]\n")
    result = bench.refused([path], 65, "'comment'", survey=survey)
    bench.expect(result.peak < MEMORY, "segments", f"{result.peak >> 20} MiB")
    _, _, result = bench.read([path], place="unmapped")
    bench.expect(result.peak < MEMORY, "unmapped", f"{result.peak >> 20} MiB")
    rows = table(bench, "unmapped_answers.csv")
    bench.expect(len(rows) == 2 and "(more than 10000 texts)" in rows[1], "unmapped", f"{len(rows)} rows")
    return joined([f"65; one row, {result.peak >> 20} MiB", bench.proved("BoundedTextTests")])


@row(61, "sums that overflow or cancel", "exact, in any order")
def sums(bench):
    content = HEADER + "".join(f"a,{weight},language,x\n" for weight in ["1000000000", "0.000000001"] * 1000)
    sets = set()
    for jobs in (1, 7):
        scored(bench, content, "sums", ["--jobs", str(jobs), "--chunk-size", "100"])
        sets.add(tuple(sorted((bench.published() or {}).items())))
    bench.expect(len(sets) == 1, "sums", "different sets")
    bench.expect(any("1000000000000.000001" in line for line in table(bench, "stage_distribution.csv")), "sums",
                 "not exact")
    return joined(["exact", bench.proved("MergeTests", "SumTests")])


@row(62, "no response, one, two; zero weight", "empty cells, never NaN")
def small_groups(bench):
    for content in ("", "a,1,language,x\n", "a,0,language,x\n", "a,0,,\nb,0,x,x\n"):
        scored(bench, HEADER + content, repr(content))
        for name, text in tables(bench):
            cells = text.lower().replace("\n", ",").split(",")
            bench.expect(not {"nan", "inf", "-inf", "-nan"} & set(cells), name, "no number")
    return joined(["empty cells", bench.proved("ShareTests/shareOfNothingIsNoNumber")])


@row(63, "more rejects than allowed", "65, nothing published, the rejects kept beside the target")
def too_many_rejects(bench):
    kept = bench.out + ".rejects.csv"
    for count in (6, 100):
        content = HEADER + records(100 - count) + "x,1\n" * count
        bench.refused([bench.write("in.csv", content)], 65, "rejects", place=f"{count} %")
        with open(kept) as file:
            rows = len(file.read().splitlines()) - 1
        bench.expect(rows == count, f"{count} %", f"{rows} rejects kept")
    bench.check_next("rejects")
    bench.expect(not os.path.exists(kept), "rejects", "the next good run leaves them")
    return "65 and the rejects"


@row(64, "rejects that cannot be written", "74: a lost reject is a lost record")
def lost_rejects(bench):
    of_rejects = []

    def judge(result, hits, place):
        if any("/rejects.csv" in hit for hit in hits):
            of_rejects.append(place)
            bench.expect("rejects.csv" in result.messages, place, str(result))
        return bench.judge(result, {74}, place)
    quick, bench.quick = bench.quick, False
    try:
        bench.each("write", "error=ENOSPC", {74}, judge=judge)
    finally:
        bench.quick = quick
    bench.expect(len(of_rejects) == 1, "rejects", f"{len(of_rejects)} writes of rejects")
    return joined(["74", bench.proved("FaultTests/rejectsThatCannotBeWrittenFailTheWholeRun")])
