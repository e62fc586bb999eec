"""The activity report, against the sqlite3 shell adding up totals that are kept already."""

from __future__ import annotations

from functools import partial

from harness import Command, Result, Samples, compared, in_turn
from hubs import Bench, Hub

WORKSPACE = "W0050-HOME"
TOTALS = """
SELECT p.kind, e.service, e.unit, e.allowance, count(*), sum(e.quantity), sum(t.consumed)
FROM ledger_total t JOIN entitlement e ON e.id = t.entitlement_id JOIN package p ON p.id = e.package_id
{where} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
ONE = f"WHERE t.workspace_id = (SELECT id FROM workspace WHERE code = '{WORKSPACE}')"


def measure(bench: Bench) -> list[Result]:
    """One workspace and all, then the same under a ledger a hundred times as long."""
    hub = bench.large
    runs = bench.runs * 4
    return [
        compared("`activity` of one workspace / `sqlite3`", _against_shell(hub, "one", runs), 2.0),
        compared("`activity --all-workspaces` / `sqlite3`", _against_shell(hub, "all", runs), 2.0),
        *_growth(bench, runs),
    ]


def _against_shell(hub: Hub, places: str, runs: int) -> Samples:
    query = TOTALS.format(where=ONE if places == "one" else "")
    return in_turn(runs, lambda: ours(hub, places), lambda: Command(["sqlite3", str(hub.full), query]))


def ours(hub: Hub, places: str) -> Command:
    """The report of one workspace or of all."""
    which = ["--workspace", WORKSPACE] if places == "one" else ["--all-workspaces"]
    return hub.program.on(hub.full, "activity", *which, "-o", "csv")


def _growth(bench: Bench, runs: int) -> list[Result]:
    # A hub of which even the short ledger has used nearly every entitlement, so that only the ledger grows.
    long = bench.hub("long", bench.entries, customers=100)
    short = bench.hub("short", bench.entries // 100, customers=100)
    name = f"`activity` of {{}} with {long.entries:,} entries / with {short.entries:,}"
    return [
        compared(name.format(words), in_turn(runs, partial(ours, long, places), partial(ours, short, places)), 1.3)
        for places, words in (("one", "one workspace"), ("all", "all workspaces"))
    ]
