"""`docs/benchmarks.md`."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from harness import Result
from hubs import Bench

HEAD = """# Benchmarks

`{command}` made this page. Both sides of a line ran in turn (A, B, A, B, ...) on the same machine; the figures are
medians of {runs} runs (four times as many for `activity`, at least 100 for the start) and the largest resident set.
Only the ratios travel to another machine.

- machine: {cores} cores, {memory}, {system}
- {versions}
- data: `benches/synthetic.py`, 1,000 customers, 5,000 contracts, 50,000 entitlements, {entries:,} deliveries

| what | ours | other side | ratio | at most | |
|---|---|---|---|---|---|
"""

NOTES = """
## How to read it

- The shell's import is given rows whose names are looked up, with numbers for days and quantities; ours reads the
  folder's CSV with names, validates it, and keeps totals and the audit trail as well. `.import` knows no NULL, so
  that `corrects`, `reason` and `draw` are left out of its file and filled by it, and corrections are plain rows there.
- The query is `benches/cpod.sql`. It reads the kept totals instead of adding the entries up, which favours it. The
  same query without the index on entitlements, by a scan of the ledger, took the shell longer.
- DuckDB has the store's tables in a file of its own, without the store's constraints and indexes.
- For the growth of `activity` both hubs have 100 customers and the same entitlements; the ledger alone differs.
- The rates of the shared hub are of a person's token: the sets that decide what the person sees cost a part of each request, on
  both sides. Its SQL was listened to at one connection with nothing left to prepare.
- Memory below that of the program that measures (about 12 MiB) is not seen.
"""


def write(path: Path, bench: Bench, results: list[Result], command: str) -> None:
    """Writes the page."""
    head = HEAD.format(
        command=command,
        runs=bench.runs,
        cores=os.cpu_count(),
        memory=_memory(),
        system=f"{platform.system()} {platform.release()}",
        versions="; ".join(_versions(bench)),
        entries=bench.entries,
    )
    path.write_text(head + "".join(map(_line, results)) + _notes(results) + NOTES, encoding="utf-8")


def _line(result: Result) -> str:
    verdict = "" if result.reached else "**missed**"
    cells = (result.name, result.ours, result.reference, f"**{result.ratio:.3f}**", result.bound, verdict)
    return "| " + " | ".join(cells) + " |\n"


def _notes(results: list[Result]) -> str:
    noted = [f"- {result.name}: {result.note}\n" for result in results if result.note]
    return "\n" + "".join(noted) if noted else ""


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 2**30:.0f} GiB"


def _versions(bench: Bench) -> list[str]:
    commands = [["rustc", "--version"], [str(bench.program.binary), "--version"], ["sqlite3", "--version"]]
    if bench.venv:
        commands.append([str(bench.venv), "-c", "import duckdb; print('DuckDB', duckdb.__version__)"])
    found = []
    for words in commands:
        done = subprocess.run(words, capture_output=True, text=True)
        text = " ".join(done.stdout.split()[:2]) or f"{words[0]}: unknown"
        found.append(f"sqlite3 {text.split()[0]}" if words[0] == "sqlite3" else text)
    return [*found, f"Python {platform.python_version()}"]
