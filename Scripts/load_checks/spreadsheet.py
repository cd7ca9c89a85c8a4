"""LibreOffice Calc opens the files of the Excel profile, and what it shows is what was published."""
import csv
import os
import subprocess
import tempfile

import published


def check(directory):
    seen = 0
    with tempfile.TemporaryDirectory(prefix="calc-") as scratch:
        tables = published.tables(directory)
        # 44 comma, 34 quote, 76 UTF-8, from line 1; texts in quotes stay texts, the rest is looked at.
        options = "44,34,76,1,,1033,true,true,false"
        subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless",
                        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,false",
                        f"--infilter=CSV:{options}", "--outdir", scratch, *[table.path for table in tables]],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=200)
        for table in tables:
            with open(os.path.join(scratch, os.path.basename(table.path)), encoding="utf-8-sig", newline="") as file:
                shown = list(csv.reader(file))
            table.expect("columns", shown[0], table.header)
            table.expect("rows", len(shown) - 1, len(table.rows))
            for row, found in zip(table.rows, shown[1:]):
                for place, column in enumerate(table.columns):
                    if not same(row[place], found[place], table.types[column]):
                        raise published.Wrong(f"{table.path}: {column}: {found[place]}, not {row[place]}")
            seen += 1
    return f"LibreOffice Calc: {seen} tables of the Excel profile"


def same(published_text, shown, type_):
    if type_ in ("integer", "number") and published_text:
        return float(shown) == float(published_text)
    if type_ == "boolean":
        return shown.lower() == published_text
    return shown == published_text
