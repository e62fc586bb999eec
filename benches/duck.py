#!/usr/bin/env python3
"""DuckDB's side of the export: a file of its own with the store's rows, and the same query in its dialect.

Runs as a process of its own, with the Python of the virtual environment that has `duckdb`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

TABLES = (
    "customer", "contract", "schedule", "package", "entitlement", "workspace", "workspace_contract",
    "workspace_package", "support_case", "engagement", "learning", "contact", "assessment", "ledger", "ledger_total",
)  # fmt: skip
TYPES = {"INTEGER": "BIGINT", "TEXT": "VARCHAR"}


def shell(store: Path, *commands: str) -> str:
    """What the sqlite3 shell prints."""
    done = subprocess.run(["sqlite3", str(store), *commands], check=True, capture_output=True, text=True)
    return done.stdout


def prepare(store: Path, own: Path) -> None:
    """Copies the store's tables into a DuckDB file, column for column."""
    import duckdb

    own.unlink(missing_ok=True)
    with duckdb.connect(str(own)) as duck, tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            columns = shell(store, f"SELECT name || ' ' || type FROM pragma_table_info('{table}')").splitlines()
            typed = ", ".join(f"{name} {TYPES[kind]}" for name, kind in (column.split(" ") for column in columns))
            duck.execute(f"CREATE TABLE {table} ({typed})")
            rows = Path(folder) / f"{table}.csv"
            with rows.open("w") as out:
                select = f"SELECT * FROM {table}"
                subprocess.run(["sqlite3", "-csv", "-nullvalue", "\\N", str(store), select], check=True, stdout=out)
            form = "AUTO_DETECT false, DELIMITER ',', HEADER false, NULL '\\N', QUOTE '\"', ESCAPE '\"'"
            duck.execute(f"COPY {table} FROM '{rows}' ({form})")


def dialect(query: str) -> str:
    """The query of `cpod.sql` as DuckDB understands it."""
    query = re.sub(r"--.*", "", query)
    query = re.sub(
        r"date\(([\w.]+) \* 86400, 'unixepoch'\)", r"CAST(DATE '1970-01-01' + CAST(\1 AS INT) AS VARCHAR)", query
    )
    query = query.replace("group_concat(name, '; ')", "group_concat(name, '; ' ORDER BY name)")
    query = query.replace(" / ", " // ").replace("iif(", "if(")
    return query.strip().rstrip(";")


def export(own: Path, query: Path, as_of: int, out: Path) -> None:
    """Runs the query and writes its rows as CSV."""
    import duckdb

    sql = dialect(query.read_text(encoding="utf-8").replace("@as_of", str(as_of)))
    with duckdb.connect(str(own), read_only=True) as duck:
        duck.execute(f"COPY ({sql}) TO '{out}' (HEADER, DELIMITER ',')")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("prepare")
    one.add_argument("store", type=Path)
    one.add_argument("own", type=Path)
    two = commands.add_parser("export")
    two.add_argument("own", type=Path)
    two.add_argument("query", type=Path)
    two.add_argument("as_of", type=int)
    two.add_argument("out", type=Path)
    args = parser.parse_args()
    if args.command == "prepare":
        prepare(args.store, args.own)
    else:
        export(args.own, args.query, args.as_of, args.out)


if __name__ == "__main__":
    main()
