"""results.json is valid by the schema that stagecraft prints, and what it must not be is not."""
import copy
import json
import os
import subprocess
import sys
from importlib.metadata import version

import jsonschema

import published


def main():
    printed = subprocess.run([sys.argv[1], "schema", "results"], check=True, stdout=subprocess.PIPE).stdout
    schema = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for directory in sys.argv[2:]:
        with open(os.path.join(directory, "results.json"), encoding="utf-8") as file:
            results = json.load(file)
        for error in validator.iter_errors(results):
            raise published.Wrong(f"{directory}/results.json: {error.json_path}: {error.message}")
        unknown = set(results["tables"]) - set(schema["properties"]["tables"]["properties"])
        if unknown:
            raise published.Wrong(f"tables that the schema does not know: {unknown}")
        for column, value in (("share", 1.5), ("n", "7"), ("segment", None)):
            broken = copy.deepcopy(results)
            broken["tables"]["stage_distribution"][0][column] = value
            if validator.is_valid(broken):
                raise published.Wrong(f"a {column} of {value!r} is taken for valid")
    print(f"jsonschema {version('jsonschema')}: results.json of {len(sys.argv) - 2} sets")


main()
