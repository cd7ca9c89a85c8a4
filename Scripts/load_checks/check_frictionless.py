"""The data packages are valid, and so is every row: types, constraints, keys, references, hashes, bytes."""
import os
import sys

import frictionless

import published


def main():
    seen = 0
    for directory in sys.argv[2:]:
        os.chdir(directory)
        report = frictionless.validate("datapackage.json")
        if not report.valid:
            raise published.Wrong(report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:10])
        seen += len(report.tasks)
    print(f"frictionless {frictionless.__version__}: {seen} tables of {len(sys.argv) - 2} packages valid")


main()
