"""Importing deliveries, against `sqlite3 .import` of rows whose names are all looked up already."""

from __future__ import annotations

from pathlib import Path

from harness import Command, Result, compared, in_turn
from hubs import Bench, Hub, copy


def measure(bench: Bench) -> list[Result]:
    """All entries at once, then 10,000 more into a large and a small ledger."""
    return [_whole(bench), _some(bench)]


def _whole(bench: Bench) -> Result:
    hub = bench.large
    sides = (lambda: ours(hub, hub.deliveries), lambda: reference(hub))
    samples = in_turn(bench.runs, *sides)
    note = (
        "both into a store that has all but the deliveries, with every index, foreign key and WAL with "
        "`synchronous=FULL`; ours from names, with all validation, kept totals and audit"
    )
    return compared(f"import of {hub.entries:,} deliveries / `sqlite3 .import` of resolved rows", samples, 0.2, note)


def _some(bench: Bench) -> Result:
    large, small = bench.large, bench.tenth
    sides = (
        lambda: ours(large, large.more, large.full),
        lambda: ours(small, large.more, small.full),
    )
    samples = in_turn(bench.runs, *sides)
    name = f"import of 10,000 more into {large.entries:,} / into {small.entries:,}"
    why = "cost follows the 10,000: each touches a page of the index of its own at most; a cost that followed the ledger would be 10"
    return compared(name, samples, 2, why)


def ours(hub: Hub, lines: Path, into: Path | None = None) -> Command:
    """The import into a fresh copy of a store."""
    store = copy(into or hub.bare, hub.folder / "ours.db")
    return hub.program.on(store, "import", lines, "--yes")


def reference(hub: Hub) -> Command:
    """The shell's import of the same rows into a fresh copy."""
    rows, store = hub.resolved, copy(hub.ready, hub.folder / "reference.db")
    pragmas = ["PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL"]
    return Command(["sqlite3", str(store), *pragmas, f".import --csv {rows} ledger"])
