"""The examples of BusinessIntelligence.md, run as they stand there, on a set called results."""
import os
import re
import shutil
import subprocess
import tempfile

import published

GUIDE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                     "Sources", "Publish", "Documentation", "BusinessIntelligence.md")
# The schema that the guide loads a set into.
SCHEMA = "survey_2026"


def blocks(language):
    with open(GUIDE, encoding="utf-8") as file:
        return re.findall(rf"^```{language}\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)


def queries(of_database):
    """Those of PostgreSQL name the schema, those of DuckDB files."""
    return [query for query in blocks("sql") if (SCHEMA in query) == of_database]


def check(directory, python):
    ask = "import duckdb, sys; assert duckdb.sql(sys.stdin.read()).fetchall()"
    jobs = [([python, "-c", ask], query) for query in queries(of_database=False)]
    jobs += [([python, "-"], block) for block in blocks("python")]
    if shutil.which("Rscript"):
        jobs += [(["Rscript", "--vanilla", "-"], block) for block in blocks("r")]
    with tempfile.TemporaryDirectory(prefix="guide-") as scratch:
        os.symlink(directory, os.path.join(scratch, "results"))
        for command, text in jobs:
            done = subprocess.run(command, input=text, cwd=scratch, capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                raise published.Wrong(f"{text}\n{done.stderr[-2000:]}")
    return f"{len(jobs)} examples of BusinessIntelligence.md"
