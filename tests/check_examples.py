#!/usr/bin/env python3
"""Imports the example hub and compares the proof of delivery and the activity report, figure by figure,
with the calculation in `proof/`.

    tests/check_examples.py [FOLDER]        (default: examples/hub; SERVHUB names another binary)
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import independent
from independent import Difference
from proof.activity import Figures, Key, tiles
from proof.folder import Folder
from proof.program import NOW, REPOSITORY, Program
from proof.report import Report

TODAY = date.fromisoformat(NOW[:10])
DAYS = (TODAY, date(2026, 6, 30))


def proof_differs(program: Program, folder: Path, as_of: date, summary: bool) -> list[Difference]:
    """What differs in the proof of delivery, or in its summary."""
    made = program.folder / "made.csv"
    options = ["--summary"] if summary else []
    made.write_bytes(program.run("export", "cpod", "-o", "csv", "--as-of", str(as_of), *options))
    return independent.compare(folder, as_of, TODAY, made, summary)


def activity_differs(program: Program, folder: Path, as_of: date) -> list[Difference]:
    """What differs in the tiles of the activity report over all workspaces: consumed, allowance, remaining."""
    command = ["activity", "--all-workspaces", "--all", "-o", "json", "--as-of", str(as_of)]
    rows = json.loads(program.run(*command), parse_float=str, parse_int=str)["rows"]
    found = {_key(row): _figures(row) for row in rows if row["part"] == "enterprise-wide"}
    expected = tiles(Report(Folder(folder, TODAY), as_of))
    keys = sorted({*expected, *found})
    return [
        Difference(place, " ".join(key), f"expected {expected.get(key)}, found {found.get(key)}")
        for place, key in enumerate(keys, 2)
        if expected.get(key) != found.get(key)
    ]


def _key(row: dict[str, str | None]) -> Key:
    allowance = row["allowance"] if row["allowance"] in ("as-needed", "included") else "limited"
    return (row["package_status"] or "", row["tile"] or "", row["unit"] or "", allowance)


def _figures(row: dict[str, str | None]) -> Figures:
    return (row["consumed"] or "", row["allowance"] or "", row["remaining"] or "")


def main() -> int:
    """Imports once, compares everything, and says what agrees."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else REPOSITORY / "examples" / "hub").resolve()
    wrong = 0
    with tempfile.TemporaryDirectory() as place:
        program = Program(Path(place))
        program.run("import", folder, "--yes")
        for as_of in DAYS:
            checks = {
                "export cpod": proof_differs(program, folder, as_of, summary=False),
                "export cpod --summary": proof_differs(program, folder, as_of, summary=True),
                "activity": activity_differs(program, folder, as_of),
            }
            for name, differences in checks.items():
                print(f"{name} --as-of {as_of}: {len(differences) or 'no'} differences")
                for text in independent.digest(differences):
                    print(f"  {text}")
                wrong += len(differences)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
