"""Makes the exports that are measured, the same bytes on every machine.

A block of some 64 MB of distinct records is made once and repeated, record by whole record, up to the size
asked for: larger than any processor's cache, and made in seconds. What the compared job must find in the
file is worked out here, too, without any of the engines, and put beside the file as `.json`.

Runs as a program of its own (`data.py KIND BYTES PATH`), so that the benchmark need not hold the records.
"""
import hashlib
import importlib.machinery
import importlib.util
import json
import os
import random
import subprocess
import sys

import job

BLOCK_BYTES = 64_000_000
SEED = 71
EMPLOYEES = ["1-19", "20-99", "100-499", "500-1999", "2000 and more"]
PLACES = [("Africa", ["Egypt", "Ghana", "Kenya"]), ("Asia", ["India", "Japan", "Vietnam", "Turkey"]),
          ("Europe", ["Austria", "Denmark", "Italy", "Portugal"]), ("North America", ["Canada", "Mexico"]),
          ("South America", ["Bolivia", "Brazil", "Chile"])]
POSITIONS = ["Analyst", "Senior engineer", "Head of department", "Consultant", "Researcher", "Team lead",
             "Developer", "Chief technology officer"]
PRACTICES = ["Yes", "No", "Partly", "Don't know"]
WORDS = ("reports take far too long because every number is checked by hand and nobody owns the tables our "
         "models wait for review while dashboards multiply budgets shrink and good people leave").split()


class Chance:
    """random() alone is promised to be the same in every Python."""
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def pick(self, things):
        return things[int(self.random() * len(things))]


# ------------------------------------------------------------------------------- the compared exports

def respondents(chance):
    """Without end: the fields of a record but for the remarks, the words of the remarks, and who it is."""
    number = 0
    while True:
        number += 1
        level = chance.below(6)
        named = standing_on(chance, level) + [chance.pick(job.ROLES) for _ in range(chance.below(4))]
        named += [chance.pick(job.TOOLS) for _ in range(chance.below(5))]
        roles = shuffled(chance, [name for name in job.ROLES if name in named])
        tools = shuffled(chance, [name for name in job.TOOLS if name in named])
        industry = chance.below(len(job.INDUSTRIES))
        continent, countries = chance.pick(PLACES)
        moment = chance.below(28 * 24 * 60)
        fields = [f"P{number:07d}", f"2025-02-{1 + moment // 1440:02d} {moment // 60 % 24:02d}:{moment % 60:02d}:00+01:00",
                  job.INDUSTRIES[industry], chance.pick(EMPLOYEES), continent, chance.pick(countries),
                  chance.pick(POSITIONS), str(level), str(1 + chance.below(90)), f"{chance.below(101)}",
                  ";".join(roles), ";".join(tools)]
        fields += [chance.pick(job.AGREEMENT) for _ in range(8)]
        fields += [chance.pick(PRACTICES) for _ in range(4)]
        words = [chance.pick(WORDS) for _ in range(chance.below(21))]
        yield fields, words, (industry, roles, tools)


def standing_on(chance, level):
    """Mostly two names of every rung up to one."""
    names = []
    for rung in job.LADDER[:level]:
        if chance.random() < 0.9:
            names += [chance.pick(rung[:2]), chance.pick(rung[2:])]
    return names


def shuffled(chance, names):
    """In any order; one list in twelve is left empty."""
    if chance.below(12) == 0:
        return []
    for last in range(len(names) - 1, 0, -1):
        other = chance.below(last + 1)
        names[last], names[other] = names[other], names[last]
    return names


def plain_record(chance, fields, words):
    return ",".join(fields + [" ".join(words)]) + "\n"


def weighted_record(chance, fields, words):
    return ",".join(fields + [" ".join(words), str(1 + len(fields[11]) % 4)]) + "\n"


def quoted_record(chance, fields, words):
    """Free text as people write it: commas, line breaks, something in quotes."""
    text = []
    for word in words:
        kind = chance.below(12)
        text.append('""' + word + '""' if kind == 0 else word + "," if kind < 3 else word)
        text.append("\n" if kind == 11 else " ")
    return '"' + '","'.join(fields + ["".join(text[:-1])]) + '"\n'


def header(kind):
    columns = job.COLUMNS + (["weight"] if kind == "weighted" else [])
    return ('"' + '","'.join(columns) + '"' if kind == "quoted" else ",".join(columns)) + "\n"


def compared_block(kind, limit):
    """The records of a block, and who wrote each."""
    record = {"plain": plain_record, "quoted": quoted_record, "weighted": weighted_record}[kind]
    # The free text has chance of its own, so that the other columns are the same in every kind.
    people, text = respondents(Chance(SEED)), Chance(SEED + 1)
    records, who, total = [], [], 0
    while total < limit:
        fields, words, person = next(people)
        records.append(record(text, fields, words).encode())
        who.append(person + ((1 + len(fields[11]) % 4) if kind == "weighted" else 1,))
        total += len(records[-1])
    return records, who


class Truth:
    """What the job must find, counted the plain way."""
    def __init__(self):
        self.by_industry, self.weights, self.having = {}, {}, {}

    def add(self, people, times):
        if times == 0:
            return
        for industry, roles, tools, weight in people:
            has = set(roles + tools)
            stage = 0
            while stage < len(job.LADDER) and len(has.intersection(job.LADDER[stage])) >= 2:
                stage += 1
            place = (job.INDUSTRIES[industry], stage)
            self.by_industry[place] = self.by_industry.get(place, 0) + times
            self.weights[place] = self.weights.get(place, 0) + times * weight
            for name in has:
                self.having[stage, name] = self.having.get((stage, name), 0) + times

    def facts(self):
        return {"numbers": job.numbers(self.by_industry, self.having),
                "weights": {f"{industry} | {stage}": n for (industry, stage), n in self.weights.items()}}


# ------------------------------------------------------------------------------------- the wide export

def sample_maker():
    """Scripts/make-samples: its questionnaire covers the built-in model."""
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "make-samples")
    loader = importlib.machinery.SourceFileLoader("make_samples", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_samples", loader))
    loader.exec_module(module)
    return module


LISTED = ["roles", "use_cases", "versioning"]
FILLERS = 21


def wide_questions():
    """(name, question text, style, answers, criteria proved); half of them are none of the survey's."""
    samples = sample_maker()
    questions = []
    for name, text, options in samples.BLOCKS:
        proved = sorted({criterion for option in options for criterion in option["proves"]})
        labels = [option["label"] for option in options] + [samples.NONE, samples.OTHER]
        questions.append((name, text, "list" if name in LISTED else "options", labels, proved))
    for column, criterion, text in samples.STATEMENTS:
        yes_no = (job.AGREEMENT[:2], job.AGREEMENT[3:])
        questions.append((column, text, "scale", job.AGREEMENT,
                          (criterion, yes_no[column in samples.REVERSED], yes_no[column not in samples.REVERSED])))
    for number in range(1, FILLERS + 1):
        labels = [f"Something else that was asked, answer {number}.{i}" for i in range(1, 10)]
        questions.append((f"other_{number}", "Which of these applies to you?", "options", labels, None))
    return questions


def wide_survey():
    questions = []
    for name, _, style, answers, proved in wide_questions():
        if proved is None:
            continue
        question = {"id": name, "columns": [f"{name}_*" if style == "options" else name], "style": style}
        if style == "scale":
            question.update({"criterion": proved[0], "no": proved[1], "yes": proved[2]})
        else:
            question.update({"asks": proved, "none": answers[-2:-1], "other": answers[-1:]})
            if style == "list":
                question["separator"] = ";"
        questions.append(question)
    return {"schema": "stagecraft/survey/1", "id": "wide", "title": "A wide export",
            "model": "mlops-maturity", "source": {"header_records": 2, "label_record": 2, "missing": [""]},
            "respondent": {"id": "respondent", "duplicates": "keep"},
            "segments": [{"id": name, "column": name} for name in ("industry", "country", "employees")],
            "metrics": [{"id": "team_size", "column": "team"}],
            "questions": questions}


def wide_one_column_survey():
    """As little work behind the reader as possible."""
    survey = wide_survey()
    questions = [question for question in survey["questions"] if question["style"] == "scale"]
    survey.update({"segments": [], "metrics": [], "questions": questions[:1]})
    return survey


def wide_header():
    names = ["respondent", "seconds", "industry", "country", "employees", "team"]
    texts = ["Respondent", "Duration (in seconds)", "In which industry do you work?",
             "In which country,\nif you want to say so?", "How many people work there?", "How many in your team?"]
    for name, text, style, answers, _ in wide_questions():
        options = answers if style == "options" else [None]
        names += [f"{name}_{i}" for i in range(1, len(options) + 1)] if style == "options" else [name]
        texts += [f"{text} (Select all that apply) - Selected choice - {option}" if option else text
                  for option in options]
    doubled = [text.replace('"', '""') for text in texts]
    return ",".join(names) + "\n" + '"' + '","'.join(doubled) + '"\n'


def wide_block(limit):
    chance, questions = Chance(SEED), wide_questions()
    records, total, number = [], 0, 0
    while total < limit:
        number += 1
        _, countries = chance.pick(PLACES)
        fields = [f"P{number:07d}", str(60 + chance.below(3000)), chance.pick(job.INDUSTRIES),
                  chance.pick(countries), chance.pick(EMPLOYEES), str(1 + chance.below(40))]
        for _, _, style, answers, proved in questions:
            if style == "scale":
                fields.append(chance.pick(answers) if chance.random() < 0.6 else "")
                continue
            share = chance.random() * (0.35 if proved else 0.1)
            chosen = [answer if chance.random() < share else "" for answer in answers]
            fields += chosen if style == "options" else [";".join(filter(None, chosen))]
        records.append((",".join('"' + field + '"' if "," in field else field for field in fields) + "\n").encode())
        total += len(records[-1])
    return records


# --------------------------------------------------------------------------------------------- files

def write(kind, size, path):
    """Writes the file, then what is known of it."""
    head = (wide_header() if kind == "wide" else header(kind)).encode()
    block_limit = min(BLOCK_BYTES, max(1, size - len(head)))
    if kind == "wide":
        records, who = wide_block(block_limit), None
    else:
        records, who = compared_block(kind, block_limit)
    block = b"".join(records)
    times, rest = divmod(max(0, size - len(head)), len(block))
    tail = 0
    while tail < len(records) and rest >= len(records[tail]):
        rest -= len(records[tail])
        tail += 1
    with open(path, "wb") as file:
        file.write(head)
        for _ in range(times):
            file.write(block)
        file.write(b"".join(records[:tail]))
    facts = {"made_by": version(), "bytes": os.path.getsize(path), "records": times * len(records) + tail}
    if who:
        truth = Truth()
        truth.add(who, times)
        truth.add(who[:tail], 1)
        facts.update(truth.facts())
    with open(path + ".json", "w") as file:
        json.dump(facts, file)


def version():
    """Files made by other code are made again."""
    digest = hashlib.sha256()
    for name in ("data.py", "job.py", "../make-samples"):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]


def ensure(directory, kind, size):
    """The path of a file of about `size` bytes and what is known of it; made only once."""
    path = os.path.join(directory, f"{kind}-{size // 1000}k.csv")
    facts = known(path)
    if not facts:
        print(f"making {path}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, os.path.abspath(__file__), kind, str(size), path], check=True)
        facts = known(path)
    return path, facts


def known(path):
    try:
        with open(path + ".json") as file:
            facts = json.load(file)
        return facts if facts["made_by"] == version() and facts["bytes"] == os.path.getsize(path) else None
    except (OSError, ValueError, KeyError):
        return None


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
