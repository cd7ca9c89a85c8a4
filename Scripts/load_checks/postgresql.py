"""A PostgreSQL server of its own, in a temporary directory and behind a socket there, that sets are loaded into."""
import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile

import guide
import published


def binaries():
    """Where the server's programs are; Debian keeps them off the PATH. None: there is none."""
    found = [os.path.dirname(shutil.which("pg_ctl"))] if shutil.which("pg_ctl") else []
    found += sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    return next((place for place in found if os.path.exists(os.path.join(place, "initdb"))), None)


def account():
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise published.Wrong("there is no account that the server could run as")


def run(command, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=120, **options)
    if done.returncode != 0:
        raise published.Wrong(f"{command[0]}: {done.stdout.strip()[-2000:]}")
    return done.stdout


@contextlib.contextmanager
def server():
    """Yields the environment in which psql talks to it."""
    programs, user = binaries(), account()
    # Not /tmp/…/very/long: a socket's path has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as home:
        owner = {}
        if user:
            os.chown(home, user.pw_uid, user.pw_gid)
            owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = os.path.join(home, "data")
        run([os.path.join(programs, "initdb"), "-D", data, "-U", "loader", "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync"], cwd=home, **owner)
        control = [os.path.join(programs, "pg_ctl"), "-D", data, "-l", os.path.join(home, "log"), "-w"]
        run([*control, "-o", f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off", "start"],
            cwd=home, **owner)
        try:
            yield {**os.environ, "PGHOST": home, "PGUSER": "loader", "PGDATABASE": "postgres"}
        finally:
            run([*control, "-m", "immediate", "stop"], cwd=home, **owner)


def check(stagecraft, loader, sets):
    seen = 0
    with server() as environment:
        ask = lambda query: run(["psql", "-XAtc", query], env=environment).strip()  # noqa: E731
        load = lambda directory, schema: run(  # noqa: E731
            [loader, directory, "--schema", schema, "--replace"], env={**environment, "STAGECRAFT": stagecraft})
        for name, directory in sets.items():
            schema = "set_" + name
            load(directory, schema)
            # Once more, so that one is replaced.
            load(directory, schema)
            for table in published.tables(directory):
                table_name = f'{schema}."{table.name}"'
                nulls = ", ".join(f'count(*) - count("{column}")' for column in table.columns)
                rows, *empty = map(int, ask(f"SELECT count(*), {nulls} FROM {table_name}").split("|"))
                table.expect("rows", rows, len(table.rows))
                table.expect("empty fields", dict(zip(table.columns, empty)), table.empty_fields())
                commented = int(ask("SELECT count(*) FROM pg_description WHERE objoid = "
                                    f"'{table_name}'::regclass"))
                table.expect("comments", commented, len(table.columns) + 1)
                seen += 1
            references = int(ask("SELECT count(*) FROM information_schema.table_constraints WHERE "
                                 f"constraint_schema = '{schema}' AND constraint_type = 'FOREIGN KEY'"))
            declared = sum(len(table.foreign_keys) for table in published.tables(directory))
            if references != declared:
                raise published.Wrong(f"{schema}: {references} references, not {declared}")
        load(sets["bi"], guide.SCHEMA)
        for query in guide.queries(of_database=True):
            if not ask(query):
                raise published.Wrong(f"no rows: {query}")
        version = ask("SHOW server_version").split()[0]
    return f"PostgreSQL {version}: {seen} tables, types, rows, empty fields, keys, references, comments"
