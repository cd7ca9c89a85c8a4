"""pandas reads every table with the types of its data package."""
import sys

import pandas

import published

TYPES = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def main():
    seen = 0
    for directory in sys.argv[2:]:
        frames = {}
        for table in published.tables(directory):
            frame = pandas.read_csv(table.path, dtype={name: TYPES[type_] for name, type_ in table.types.items()},
                                    keep_default_na=False, na_values=[""], encoding="utf-8")
            table.expect("columns", list(frame.columns), table.columns)
            table.expect("rows", len(frame), len(table.rows))
            table.expect("empty fields", {name: int(n) for name, n in frame.isna().sum().items()},
                         table.empty_fields())
            for columns in table.unique:
                table.expect(f"values of the key {columns} twice", int(frame.duplicated(columns).sum()), 0)
            frames[table.name] = (table, frame)
        for table, frame in frames.values():
            for key in table.foreign_keys:
                theirs = frames[key["reference"]["resource"]][1][key["reference"]["fields"]]
                own = frame[key["fields"]].dropna()
                joined = own.merge(theirs, left_on=key["fields"], right_on=key["reference"]["fields"])
                table.expect(f"rows after joining {key['fields']} one to many", len(joined), len(own))
        seen += len(frames)
    print(f"pandas {pandas.__version__}: {seen} tables, types, rows, empty fields, keys, references")


main()
