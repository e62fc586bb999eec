"""The proof of delivery as CSV, against the same lines from one SQL query."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack
from functools import partial
from itertools import zip_longest
from pathlib import Path

from harness import Command, Result, Sample, compared, in_turn, run
from hubs import AS_OF, AS_OF_NUMBER, HERE, Bench, Hub

QUERY = HERE / "cpod.sql"


def measure(bench: Bench) -> list[Result]:
    """Everything, against the sqlite3 shell and against DuckDB on a file of its own."""
    hub = bench.large
    same = _check(bench)
    sides = [partial(ours, hub), partial(sqlite, hub)]
    if bench.venv:
        sides.append(partial(duckdb, bench.venv, hub, _prepare_duckdb(bench.venv, hub)))
    mine, shell, *duck = in_turn(bench.runs, *sides)
    lines = hub.entries
    results = [compared(f"`export cpod -o csv` of {lines:,} deliveries / `sqlite3 -csv`", (mine, shell), 0.2), same]
    results.append(_within(mine, 64))
    results += [compared("the same / DuckDB on its own file", (mine, other), 1.0) for other in duck]
    return results


def _within(sample: Sample, mib: int) -> Result:
    used = f"{sample.peak_mib:.1f} MiB"
    return Result("its peak memory / 64 MiB", used, f"{mib} MiB", sample.peak_mib / mib, 1.0)


def ours(hub: Hub) -> Command:
    """The export to a file."""
    out = hub.folder / "ours.csv"
    return hub.program.on(hub.full, "export", "cpod", "-o", "csv", "--as-of", AS_OF, "--out", out)


def sqlite(hub: Hub) -> Command:
    """The shell with the query."""
    query = hub.folder / "cpod.sql"
    query.write_text(QUERY.read_text(encoding="utf-8").replace("@as_of", str(AS_OF_NUMBER)), encoding="utf-8")
    return Command(["sqlite3", "-csv", "-header", str(hub.full)], out=hub.folder / "sqlite.csv", stdin=query)


def duckdb(python: Path, hub: Hub, own: Path) -> Command:
    """DuckDB with the query in its dialect."""
    words = [str(python), str(HERE / "duck.py"), "export", str(own), str(QUERY), str(AS_OF_NUMBER)]
    return Command([*words, str(hub.folder / "duckdb.csv")], env={"HOME": os.environ.get("HOME", "/")})


def _prepare_duckdb(python: Path, hub: Hub) -> Path:
    own = hub.folder / "own.duckdb"
    words = [str(python), str(HERE / "duck.py"), "prepare", str(hub.full), str(own)]
    run(Command(words, env={"HOME": os.environ.get("HOME", "/")}))
    return own


def _check(bench: Bench) -> Result:
    """Compares all cells of the sides on a hub that is small enough for that."""
    hub = bench.hub("checked", 20_000, customers=20)
    commands = {"ours.csv": ours(hub), "sqlite.csv": sqlite(hub)}
    if bench.venv:
        commands["duckdb.csv"] = duckdb(bench.venv, hub, _prepare_duckdb(bench.venv, hub))
    for command in commands.values():
        run(command)
    lines, different = differing([hub.folder / name for name in commands])
    found = (f"{lines:,} lines", f"{different:,} of them differ")
    return Result("lines that differ between the sides, on a smaller hub, cell by cell", *found, different, 0)


def differing(paths: list[Path]) -> tuple[int, int]:
    """How many lines there are below the header, and how many are not the same everywhere.

    Quoting and line ends are a matter of taste; the cells and their order are not. Read line by line, so that
    this program stays small: what it uses itself would hide what a command uses.
    """
    lines = different = 0
    with ExitStack() as files:
        readers = [csv.reader(files.enter_context(path.open(encoding="utf-8", newline=""))) for path in paths]
        for rows in zip_longest(*readers):
            lines += 1
            different += any(row != rows[0] for row in rows)
    return lines - 1, different
