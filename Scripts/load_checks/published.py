"""Published sets: made from the samples, and read the way their data package declares them."""
import csv
import json
import os
import subprocess


class Wrong(Exception):
    """Something does not arrive as it was published."""


class PublishedTable:
    """A resource of a data package, with its fields as texts."""

    def __init__(self, directory, resource):
        self.name = resource["name"]
        self.path = os.path.join(directory, resource["path"])
        schema = resource["schema"]
        self.fields = schema["fields"]
        self.columns = [field["name"] for field in self.fields]
        self.types = {field["name"]: field["type"] for field in self.fields}
        self.key = schema.get("primaryKey", [])
        self.unique = [self.key] if self.key else schema.get("uniqueKeys", [])
        self.foreign_keys = schema.get("foreignKeys", [])
        # What strips a byte order mark leaves files without one as they are.
        with open(self.path, encoding="utf-8-sig", newline="") as file:
            records = list(csv.reader(file, strict=True))
        self.header, self.rows = records[0], records[1:]

    def empty_fields(self):
        return {name: sum(row[place] == "" for row in self.rows) for place, name in enumerate(self.columns)}

    def expect(self, what, found, expected):
        if found != expected:
            raise Wrong(f"{self.path}: {what}: {found}, not {expected}")


def tables(directory):
    with open(os.path.join(directory, "datapackage.json"), encoding="utf-8") as file:
        package = json.load(file)
    return [PublishedTable(directory, resource) for resource in package["resources"]]


def publish(stagecraft, samples, scratch):
    """The tidy sample in both profiles, and the messy one, which has rejects."""
    sets = {}
    for name, export, options in (("bi", "responses", []), ("excel", "responses", ["--profile", "excel"]),
                                  ("messy", "responses-messy", ["--max-rejects", "100%", "--rejects-raw"])):
        sets[name] = os.path.join(scratch, name)
        subprocess.run([stagecraft, "run", os.path.join(samples, export + ".csv"), "--survey",
                        os.path.join(samples, "responses.survey.yaml"), "--out", sets[name], "--respondents",
                        "--analyses", "all", "--quiet", *options], check=True)
    return sets


def compare_profiles(plain, excel):
    """The same values, and the bytes that each profile promises."""
    seen = 0
    for one, other in zip(tables(plain), tables(excel), strict=True):
        other.expect("name", other.name, one.name)
        other.expect("header", other.header, one.header)
        other.expect("values", other.rows == one.rows, True)
        with open(one.path, "rb") as file:
            plain_bytes = file.read()
        with open(other.path, "rb") as file:
            bytes_ = file.read()
        one.expect("a byte order mark or CR", plain_bytes.startswith(b"\xef\xbb\xbf") or b"\r" in plain_bytes, False)
        other.expect("a byte order mark", bytes_.startswith(b"\xef\xbb\xbf"), True)
        other.expect("lines with CRLF", bytes_.count(b"\r\n"), plain_bytes.count(b"\n"))
        seen += 1
    for name in ("results.json",):
        with open(os.path.join(plain, name), "rb") as first, open(os.path.join(excel, name), "rb") as second:
            if first.read() != second.read():
                raise Wrong(f"{name} differs between the profiles")
    return f"{seen} tables with the same values in both"


R_TYPES = {"string": "character", "integer": "numeric", "number": "numeric", "boolean": "logical"}


def write_r_declarations(directories):
    """A file a set, with a line a column: path, rows, column, class, empty fields, sum."""
    paths = []
    for directory in directories:
        path = directory + ".columns.tsv"
        with open(path, "w", encoding="utf-8") as file:
            for table in tables(directory):
                for place, name in enumerate(table.columns):
                    values = [row[place] for row in table.rows if row[place] != ""]
                    numeric = table.types[name] in ("integer", "number")
                    total = sum(map(float, values)) if numeric else len(set(values))
                    file.write("\t".join([table.path, str(len(table.rows)), name, R_TYPES[table.types[name]],
                                          str(table.empty_fields()[name]), repr(float(total))]) + "\n")
        paths.append(path)
    return paths
