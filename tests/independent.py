#!/usr/bin/env python3
"""Checks a proof of delivery that servhub wrote against a calculation of its own from the same input.

    tests/independent.py examples/hub --as-of 2026-06-30 --csv cpod.csv
    tests/independent.py examples/hub --as-of 2026-06-30 --csv summary.csv --summary
    tests/independent.py examples/hub --as-of 2026-06-30            (prints its own)

Every cell is compared; each difference is printed with its line and column, and any makes the exit code 1.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from proof.folder import Folder, Row
from proof.report import COLUMNS, SUMMARY_COLUMNS, Report

#: Differences printed for each column; the rest are counted.
SHOWN = 5


@dataclass(frozen=True)
class Difference:
    """A cell, or a whole line, that is not what it must be. Line 1 is the header."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.text}"


def differences(expected: list[list[str]], found: list[list[str]], header: list[str]) -> list[Difference]:
    """Every cell that differs."""
    told: list[Difference] = []
    for line, (want, have) in enumerate(zip_longest(expected, found), 1):
        if want is None or have is None:
            what = "is one too many" if want is None else "is missing"
            told.append(Difference(line, "all", f"{what}: {have or want}"))
            continue
        for place, (cell, other) in enumerate(zip_longest(want, have, fillvalue="(no cell)")):
            if cell != other:
                column = header[place] if place < len(header) else f"column {place + 1}"
                told.append(Difference(line, column, f"expected {cell!r}, found {other!r}"))
    return told


def digest(found: list[Difference]) -> list[str]:
    """The first few differences of each column, and how many more there are."""
    columns: dict[str, list[Difference]] = {}
    for difference in found:
        columns.setdefault(difference.column, []).append(difference)
    told: list[str] = []
    for column, all_of_it in columns.items():
        told += map(str, all_of_it[:SHOWN])
        if len(all_of_it) > SHOWN:
            told.append(f"{len(all_of_it) - SHOWN} more in column {column}")
    return told


def table(rows: list[Row], header: list[str]) -> list[list[str]]:
    """Header and cells."""
    return [header, *([row[column] for column in header] for row in rows)]


def calculated(folder: Path, as_of: date, today: date, summary: bool = False) -> tuple[list[list[str]], list[str]]:
    """The report by this calculation, and its columns."""
    report = Report(Folder(folder, today), as_of)
    header = SUMMARY_COLUMNS if summary else COLUMNS
    return table(report.summary() if summary else report.lines(), header), header


def compare(folder: Path, as_of: date, today: date, made: Path, summary: bool = False) -> list[Difference]:
    """What differs between this calculation and the file that the program made."""
    expected, header = calculated(folder, as_of, today, summary)
    with made.open(encoding="utf-8-sig", newline="") as file:
        return differences(expected, list(csv.reader(file)), header)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the import folder")
    parser.add_argument("--as-of", type=date.fromisoformat, required=True, help="the day of the report")
    parser.add_argument("--today", type=date.fromisoformat, help="the day of the import (default: the same)")
    parser.add_argument("--csv", type=Path, help="what `servhub export cpod -o csv` wrote")
    parser.add_argument("--summary", action="store_true", help="it was made with --summary")
    args = parser.parse_args()
    today = args.today or args.as_of
    if args.csv is None:
        csv.writer(sys.stdout).writerows(calculated(args.folder, args.as_of, today, args.summary)[0])
        return 0
    found = compare(args.folder, args.as_of, today, args.csv, args.summary)
    for text in digest(found):
        print(text)
    if found:
        print(f"{args.csv}: {len(found)} cells or lines differ from the calculation")
        return 1
    print(f"{args.csv}: agrees with the calculation, cell by cell")
    return 0


if __name__ == "__main__":
    sys.exit(main())
