"""How long it takes to begin: help, and a short list."""

from __future__ import annotations

from harness import Command, Result, compared, in_turn
from hubs import Bench

LIST = """
SELECT w.code, w.name, u.name, w.is_default, w.administrator, w.archived_on
FROM workspace w JOIN customer u ON u.id = w.customer_id ORDER BY u.name, w.name
"""


def measure(bench: Bench) -> list[Result]:
    """`--help`, which touches no store, and `workspace list` of a small one, each many times."""
    hub = bench.hub("few", 1_000, customers=10)
    runs = max(100, bench.runs)

    def shell() -> Command:
        return Command(["sqlite3", str(hub.full), LIST])

    helped = in_turn(runs, lambda: hub.program.on(hub.full, "--help"), shell)
    listed = in_turn(runs, lambda: hub.program.on(hub.full, "workspace", "list", "-o", "csv"), shell)
    return [
        compared("`servhub --help` / `sqlite3` listing 20 workspaces", helped, 1.5),
        compared("`workspace list` of 20 / `sqlite3` listing the same", listed, 1.5),
    ]
