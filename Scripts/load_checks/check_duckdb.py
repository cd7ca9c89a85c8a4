"""DuckDB reads every table with the types of its data package, and finds header and columns by itself."""
import sys

import duckdb

import published

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def name(text):
    return '"' + text.replace('"', '""') + '"'


def load(database, table):
    declared = ", ".join(f"'{column}': '{TYPES[table.types[column]]}'" for column in table.columns)
    path = table.path.replace("'", "''")
    database.execute(f"CREATE TABLE {name(table.name)} AS FROM read_csv('{path}', auto_detect = false, header = true, "
                     f"delim = ',', quote = '\"', escape = '\"', columns = {{{declared}}})")
    nulls = ", ".join(f"count(*) - count({name(column)})" for column in table.columns)
    rows, *empty = database.execute(f"SELECT count(*), {nulls} FROM {name(table.name)}").fetchone()
    table.expect("rows", rows, len(table.rows))
    table.expect("empty fields", dict(zip(table.columns, empty)), table.empty_fields())
    if table.rows:
        found = database.execute(f"DESCRIBE FROM '{path}'").fetchall()
        table.expect("columns found without help", [row[0] for row in found], table.columns)


def check_keys(database, table):
    for columns in table.unique:
        listed = ", ".join(map(name, columns))
        doubles = database.execute(f"SELECT count(*) FROM (SELECT {listed} FROM {name(table.name)} "
                                   f"GROUP BY ALL HAVING count(*) > 1)").fetchone()[0]
        table.expect(f"values of the key {columns} that occur twice", doubles, 0)
    for key in table.foreign_keys:
        pairs = zip(key["fields"], key["reference"]["fields"], strict=True)
        joined = " AND ".join(f"one.{name(own)} = other.{name(theirs)}" for own, theirs in pairs)
        given = " AND ".join(f"one.{name(own)} IS NOT NULL" for own in key["fields"])
        lost = database.execute(f"SELECT count(*) FROM {name(table.name)} one ANTI JOIN "
                                f"{name(key['reference']['resource'])} other ON {joined} WHERE {given}").fetchone()[0]
        table.expect(f"rows of {key['fields']} that refer to nothing", lost, 0)


def main():
    seen = 0
    for directory in sys.argv[2:]:
        with duckdb.connect() as database:
            tables = published.tables(directory)
            for table in tables:
                load(database, table)
            for table in tables:
                check_keys(database, table)
            seen += len(tables)
    print(f"DuckDB {duckdb.__version__}: {seen} tables, types, rows, empty fields, keys, references")


main()
