"""The compared job in other engines; run as `peers.py ENGINE VARIANT FILE THREADS` by the benchmark.

Prints JSON: what was found, the engine's version, and the seconds that importing it took. Every engine is
told the columns and that all of them are text, so that none has to guess. Lists become bit sets ("masks")
or are searched for `;name;` ("search"); which is faster differs from engine to engine.
"""
import json
import sys
import time

import job

VARIANTS = {"duckdb": ["masks", "masks-unnest", "search"], "polars": ["masks", "enums", "search"],
            "chdb": ["masks", "search"]}
PACKAGES = {"duckdb": "DuckDB", "polars": "Polars", "chdb": "chDB"}


def sql_text(text):
    return "'" + text.replace("'", "''") + "'"


def sql_stage(holds):
    """The number of rungs that hold from the first one on; `holds` says in SQL whether one does."""
    cases = " ".join(f"when not ({holds(rung)}) then {rung - 1}" for rung in range(1, 6))
    return f"case {cases} else 5 end"


def sql_masks_hold(rung):
    roles, tools = job.masks(rung)
    return f"{{bits}}(role_bits & {roles}) + {{bits}}(tool_bits & {tools}) >= 2"


def sql_search_holds(contains):
    """`contains(list, name)` in SQL."""
    def holds(rung):
        tests = [contains("role_text" if name in job.ROLES else "tool_text", name)
                 for name in job.LADDER[rung - 1]]
        return "+".join(f"cast({test} as int)" for test in tests) + " >= 2"
    return holds


def from_groups(groups):
    """Rows of industry, stage, responses, then how many have each role and tool."""
    by_industry, having = {}, {}
    for industry, stage, count, *have in groups:
        stage = int(stage)
        by_industry[industry, stage] = int(count)
        for name, n in zip(job.ROLES + job.TOOLS, have):
            having[stage, name] = having.get((stage, name), 0) + int(n)
    return job.numbers(by_industry, having)


# -------------------------------------------------------------------------------------------- DuckDB

def duckdb_job(duckdb, variant, path, threads):
    base = duckdb.connect()
    base.execute(f"set threads={threads}")
    base.execute("set preserve_insertion_order=false")
    columns = ", ".join(f"{sql_text(name)}: 'VARCHAR'" for name in job.COLUMNS)
    source = (f"read_csv({sql_text(path)}, auto_detect=false, header=true, delim=',', quote='\"', "
              f"escape='\"', columns={{{columns}}})")
    for name, values in (("role", job.ROLES), ("tool", job.TOOLS)):
        base.execute(f"create type {name} as enum ({', '.join(map(sql_text, values))})")
    if variant == "search":
        return duckdb_search(base, source)
    lists = (f"select industry, string_split(nullif(roles, ''), ';')::role[] as role_list, "
             f"string_split(nullif(tools, ''), ';')::tool[] as tool_list from {source}")
    bits = ", ".join(
        f"coalesce(list_aggregate(list_transform({kind}_list, lambda name: "
        f"1::bigint << enum_code(name)::bigint), 'bit_or'), 0) as {kind}_bits" for kind in ("role", "tool"))
    stage = sql_stage(lambda rung: sql_masks_hold(rung).format(bits="bit_count"))
    if variant == "masks":
        sums = [f"sum((role_bits >> {i}) & 1)" for i in range(len(job.ROLES))]
        sums += [f"sum((tool_bits >> {i}) & 1)" for i in range(len(job.TOOLS))]
        return from_groups(base.execute(
            f"select industry, {stage} as stage, count(*), {', '.join(sums)} "
            f"from (select industry, {bits} from ({lists})) group by all").fetchall())
    base.execute(f"create temp table people as select industry, role_list, tool_list, ({stage})::utinyint "
                 f"as stage from (select *, {bits} from ({lists}))")
    by_industry = {(industry, stage): n for industry, stage, n in base.execute(
        "select industry, stage, count(*) from people group by all").fetchall()}
    having = {}
    for kind in ("role", "tool"):
        for stage, name, n in base.execute(f"select stage, name, count(*) from (select stage, "
                                           f"unnest({kind}_list) as name from people) group by all").fetchall():
            having[stage, name] = n
    return job.numbers(by_industry, having)


def duckdb_search(base, source):
    def contains(text, name):
        return f"contains({text}, {sql_text(';' + name + ';')})"
    sums = [f"count(*) filter ({contains('role_text', name)})" for name in job.ROLES]
    sums += [f"count(*) filter ({contains('tool_text', name)})" for name in job.TOOLS]
    return from_groups(base.execute(
        f"select industry, {sql_stage(sql_search_holds(contains))} as stage, count(*), {', '.join(sums)} "
        f"from (select industry, ';' || coalesce(roles, '') || ';' as role_text, "
        f"';' || coalesce(tools, '') || ';' as tool_text from {source}) group by all").fetchall())


# -------------------------------------------------------------------------------------------- Polars

def polars_job(polars, variant, path, threads):
    assert polars.thread_pool_size() == threads, "set by whoever starts this process"
    frame = polars.scan_csv(path, schema={name: polars.String for name in job.COLUMNS})
    kinds = {"role": ("roles", job.ROLES), "tool": ("tools", job.TOOLS)}
    if variant == "search":
        frame = frame.select("industry", *[
            polars.concat_str(polars.lit(";"), polars.col(column).fill_null(""), polars.lit(";")).alias(kind)
            for kind, (column, _) in kinds.items()])

        def has(kind, number):
            return polars.col(kind).str.contains(f";{kinds[kind][1][number]};", literal=True)
    else:
        frame = frame.select("industry", *[
            polars_bits(polars, variant, column, names).alias(kind) for kind, (column, names) in kinds.items()])

        def has(kind, number):
            return (polars.col(kind) & (1 << number)) != 0
    holds = []
    for names in job.LADDER:
        tests = [has(kind, values.index(name)) for name in names
                 for kind, (_, values) in kinds.items() if name in values]
        holds.append(polars.sum_horizontal(test.cast(polars.UInt8) for test in tests) >= 2)
    stage = polars.lit(5, polars.UInt8)
    for rung in range(5, 0, -1):
        stage = polars.when(holds[rung - 1]).then(stage).otherwise(polars.lit(rung - 1, polars.UInt8))
    sums = [has(kind, number).sum().alias(f"{kind}{number}")
            for kind, (_, names) in kinds.items() for number in range(len(names))]
    grouped = frame.with_columns(stage=stage).group_by("industry", "stage").agg(polars.len(), *sums)
    return from_groups(grouped.collect(engine="streaming").rows())


def polars_bits(polars, variant, column, names):
    powers = [1 << number for number in range(len(names))]
    name = polars.element()
    if variant == "enums":
        code = name.cast(polars.Enum(names), strict=False).to_physical().cast(polars.Int64)
        bit = polars.lit(2, polars.Int64).pow(code)
    else:
        bit = name.replace_strict(names, powers, default=0, return_dtype=polars.Int64)
    return polars.col(column).str.split(";").list.eval(bit).list.sum().fill_null(0)


# ---------------------------------------------------------------------------------------------- chDB

def chdb_job(chdb, variant, path, threads):
    columns = ", ".join(f"{name} String" for name in job.COLUMNS)
    source = f"file({sql_text(path)}, 'CSVWithNames', {sql_text(columns)})"
    if variant == "search":
        def contains(text, name):
            return f"has({text}, {sql_text(name)})"
        stage = sql_stage(sql_search_holds(contains))
        sums = [f"countIf({contains('role_text', name)})" for name in job.ROLES]
        sums += [f"countIf({contains('tool_text', name)})" for name in job.TOOLS]
        inner = "splitByChar(';', roles) as role_text, splitByChar(';', tools) as tool_text"
    else:
        stage = sql_stage(lambda rung: chdb_masks_hold(*job.masks(rung)))
        sums = [f"sum(bitTest({kind}_bits, {number}))" for kind, names in (("role", job.ROLES), ("tool", job.TOOLS))
                for number in range(len(names))]
        inner = ", ".join(f"{chdb_bits(column, names)} as {kind}_bits" for kind, column, names in (
            ("role", "roles", job.ROLES), ("tool", "tools", job.TOOLS)))
    text = str(chdb.query(
        f"select industry, {stage} as stage, count(), {', '.join(sums)} from (select industry, {inner} "
        f"from {source}) group by industry, stage settings max_threads={threads}", "TabSeparated"))
    return from_groups(line.split("\t") for line in text.splitlines())


def chdb_masks_hold(roles, tools):
    return f"bitCount(bitAnd(role_bits, {roles})) + bitCount(bitAnd(tool_bits, {tools})) >= 2"


def chdb_bits(column, names):
    known = ", ".join(map(sql_text, names))
    powers = ", ".join(f"toUInt64({1 << number})" for number in range(len(names)))
    return (f"arraySum(arrayMap(name -> transform(name, [{known}], [{powers}], toUInt64(0)), "
            f"splitByChar(';', {column})))")


def main():
    engine, variant, path, threads = sys.argv[1:]
    begin = time.monotonic()
    module = __import__(engine)
    imported = time.monotonic() - begin
    jobs = {"duckdb": duckdb_job, "polars": polars_job, "chdb": chdb_job}
    found = jobs[engine](module, variant, path, int(threads))
    print(json.dumps({"numbers": found, "import": imported, "version": module.__version__}))


if __name__ == "__main__":
    main()
