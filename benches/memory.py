"""Whether memory stays as it is when the ledger is ten times as long."""

from __future__ import annotations

import exports
import imports
from harness import Result, in_turn, peaks
from hubs import Bench


def measure(bench: Bench) -> list[Result]:
    """Peak memory of import and export."""
    large, tenth = bench.large, bench.tenth
    runs = min(bench.runs, 3)
    name = f"peak memory of the {{}} of {large.entries:,} / of {tenth.entries:,}"
    imported = in_turn(
        runs, lambda: imports.ours(large, large.deliveries), lambda: imports.ours(tenth, tenth.deliveries)
    )
    exported = in_turn(runs, lambda: exports.ours(large), lambda: exports.ours(tenth))
    return [peaks(name.format("import"), imported, 1.1), peaks(name.format("export"), exported, 1.1)]
