"""The compared job: a small ladder over two list questions, as stagecraft's two files and as numbers.

A stage is reached when at least two of its four roles and tools are named and all stages below it are
reached. Counted are responses by industry and stage, and for every role and tool the responses at each
stage that lack it. An empty list is an answer: "none of these".
"""
import csv
import hashlib
import json
import os
import re

ROLES = ["Data Analyst", "Data Engineer", "Data Scientist", "BI Developer", "Analytics Engineer",
         "ML Engineer", "MLOps Engineer", "Data Architect", "Database Administrator", "Platform Engineer",
         "Backend Developer", "Product Owner", "Project Lead", "Domain Expert", "Statistician",
         "Research Engineer", "Security Officer", "Data Steward", "Annotation Lead", "Head of Data"]
TOOLS = ["Excel", "SQL", "Python", "R", "Power BI", "Tableau", "Looker", "Metabase", "dbt", "Airflow",
         "Dagster", "Prefect", "Kafka", "Spark", "Flink", "Snowflake", "BigQuery", "Redshift", "Databricks",
         "PostgreSQL", "DuckDB", "Git", "Jenkins", "GitLab CI", "Docker", "Kubernetes", "Terraform",
         "MLflow", "DVC", "Kubeflow", "SageMaker", "Vertex AI", "Feast", "Great Expectations", "Evidently",
         "Grafana", "PyTorch", "TensorFlow", "scikit-learn", "XGBoost"]
LADDER = [["Data Analyst", "SQL", "Excel", "Power BI"],
          ["Data Engineer", "dbt", "Airflow", "Snowflake"],
          ["Data Scientist", "Python", "Git", "scikit-learn"],
          ["ML Engineer", "MLflow", "Docker", "Kubernetes"],
          ["MLOps Engineer", "Kubeflow", "Evidently", "Feast"]]
INDUSTRIES = ["Agriculture", "Banking", "Chemistry", "Construction", "Education", "Energy", "Health",
              "Insurance", "Public sector", "Retail", "Software", "Transport"]
COLUMNS = ["respondent", "finished_at", "industry", "employees", "continent", "country", "position",
           "self_rating", "team", "coordination", "roles", "tools", "s1", "s2", "s3", "s4", "s5", "s6", "s7",
           "s8", "p1", "p2", "p3", "p4", "remarks"]
AGREEMENT = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
STAGES = range(6)


def masks(stage):
    """The roles and the tools of a rung as bit sets, in the order of ROLES and TOOLS."""
    return tuple(sum(1 << i for i, name in enumerate(names) if name in LADDER[stage - 1])
                 for names in (ROLES, TOOLS))


def key(name):
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


# ----------------------------------------------------------------------------- stagecraft's two files

def write_files(directory):
    """The model, and the surveys by name: the job, the job with weights, one column. JSON is YAML."""
    documents = {"model": model(), "job": survey(), "weighted": survey(weight="weight"),
                 "one_column": one_column_survey()}
    paths = {}
    for name, document in documents.items():
        paths[name] = os.path.join(directory, f"{name}.yaml")
        with open(paths[name], "w") as file:
            json.dump(document, file, indent=1)
    return paths


def model():
    rung_of = {name: rung for rung, names in enumerate(LADDER, 1) for name in names}
    criteria, terms = [], []
    for kind, names in (("role", ROLES), ("tool", TOOLS)):
        for name in names:
            criteria.append({"id": key(name), "kind": kind, "label": name, "stage": rung_of.get(name, 1),
                             "need": "gate" if name in rung_of else "context"})
            terms.append({"id": key(name), "kind": kind, "label": name, "proves": [key(name)]})
    stages = [{"stage": 0, "id": "start", "name": "Start"}]
    for rung, names in enumerate(LADDER, 1):
        stages.append({"stage": rung, "id": f"rung_{rung}", "name": f"Rung {rung}", "coverage": 0.5,
                       "requires": [{"id": f"two_of_rung_{rung}", "any_of": [key(name) for name in names],
                                     "at_least": 2}]})
    return {"schema": "stagecraft/model/1", "id": "two-of-four", "version": "1.0.0",
            "title": "Two of four", "stages": stages, "criteria": criteria, "terms": terms}


def survey(weight=None):
    questions = [{"id": kind, "columns": [kind], "style": "list", "separator": ";", "none": [""],
                  "asks": [key(name) for name in names]}
                 for kind, names in (("roles", ROLES), ("tools", TOOLS))]
    respondent = {"duplicates": "keep"}
    if weight:
        respondent["weight"] = weight
    return {"schema": "stagecraft/survey/1", "id": "compared-job", "title": "The compared job",
            "model": "model.yaml", "source": {"header_records": 1, "missing": [""]},
            "respondent": respondent, "segments": [{"id": "industry", "column": "industry"}],
            "questions": questions,
            # Nobody is to be unscored: the other engines know no such thing.
            "thresholds": {"min_answered": 0.0, "min_observable": 0.0, "unobservable": "waive"}}


def one_column_survey():
    """As little work behind the reader as possible."""
    document = survey()
    document["segments"] = []
    document["questions"] = [{"id": "s1", "columns": ["s1"], "style": "scale", "criterion": key("SQL"),
                              "yes": AGREEMENT[3:], "no": AGREEMENT[:2]}]
    return document


# ---------------------------------------------------------------------------------------- the numbers

def numbers(by_industry, having):
    """What every engine has to agree on, as text -> number.

    by_industry: (industry, stage) -> responses; having: (stage, role or tool) -> responses that have it.
    """
    totals = [sum(n for (_, at), n in by_industry.items() if at == stage) for stage in STAGES]
    found = {f"{industry} | {stage}": by_industry.get((industry, stage), 0)
             for industry in INDUSTRIES for stage in STAGES}
    for name in ROLES + TOOLS:
        for stage in STAGES:
            found[f"lacks {name} | {stage}"] = totals[stage] - having.get((stage, name), 0)
    return found


def numbers_of_tables(directory):
    """The same from the tables that stagecraft published."""
    found = dict.fromkeys(numbers({}, {}), 0)
    for row in rows(directory, "stage_distribution.csv"):
        if row["segment"] == "industry":
            found[f"{row['segment_value']} | {row['stage']}"] = int(row["n"])
    for table in ("role_gaps.csv", "tool_gaps.csv"):
        for row in rows(directory, table):
            if row["segment"] == "all" and row["stage"] != "all":
                found[f"lacks {row['criterion_label']} | {row['stage']}"] = int(row["lacking"])
    return found


def weights_of_tables(directory):
    return {f"{row['segment_value']} | {row['stage']}": float(row["weighted"])
            for row in rows(directory, "stage_distribution.csv") if row["segment"] == "industry"}


def rows(directory, table):
    with open(os.path.join(directory, table), newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def differences(found, expected):
    """At most three of them, in words."""
    names = [name for name in sorted(set(found) | set(expected)) if found.get(name) != expected.get(name)]
    text = [f"{name}: {found.get(name)} instead of {expected.get(name)}" for name in names[:3]]
    return "; ".join(text + ([f"and {len(names) - 3} more"] if len(names) > 3 else []))


def digest_of_tables(directory):
    """One digest of all published tables; run.json, which holds times, is left out."""
    digest = hashlib.sha256()
    for name in sorted(os.listdir(directory)):
        if name.endswith(".csv"):
            digest.update(name.encode())
            with open(os.path.join(directory, name), "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def run_report(directory):
    with open(os.path.join(directory, "run.json"), encoding="utf-8") as file:
        return json.load(file)
