#!/usr/bin/env python3
"""Compares every cell of the XLSX proof of delivery with the CSV, as two other programs read it.

    .venv/bin/python tests/check_xlsx.py [FOLDER]      (default: examples/hub; SERVHUB names another binary)

Needs openpyxl and LibreOffice's `soffice`. Days must be dates, figures numbers and all else text; nothing may
be a formula, whatever a text begins with. The sheets without a CSV of their own are compared between the readers.
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

from proof.program import NOW, REPOSITORY, Program
from proof.sheets import EMPTY, Cell, Sheets, by_libreoffice, by_openpyxl

AS_OF = NOW[:10]
SHOWN = 40
DAYS = {"contract_start", "contract_end", "package_end", "delivered_on", "started_on", "completed_on"}
FIGURES = {"consumed", "remaining", "percent_used", "quantity", "deliveries"}
SHEETS = ["Cover", "Summary", "Detail", "Contacts", "Education", "Assessments", "Other cases"]
#: The sheets that a CSV export has as well, and its command.
EXPORTS = {
    "Summary": ["export", "cpod", "--summary"],
    "Detail": ["export", "cpod"],
    "Education": ["export", "education"],
}
#: Notes that a spreadsheet would like to run, or to tidy up.
NASTY = (
    "=1+1",
    "+A1",
    "-2+3",
    "@SUM(A1:A9)",
    '=HYPERLINK("x","y")',
    "'=1",
    "007",
    "1e5",
    "TRUE",
    "two  spaces",
    "a\nb",
)


def folder_with_nasty_notes(examples: Path, to: Path) -> Path:
    """The examples, with deliveries whose notes are no formulas and must stay none."""
    shutil.copytree(examples, to)
    path = to / "deliveries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header = list(reader.fieldnames or ())
        model = next(row for row in reader if not row["late"] and not row["corrects"] and row["entitlement"])
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        for place, note in enumerate(NASTY):
            writer.writerow(model | {"source_key": f"NASTY-{place}", "reference": "", "note": note})
    return to


def expected(text: str, column: str, header: bool) -> Cell:
    """What the cell of a CSV must be in a workbook."""
    if not text:
        return EMPTY
    if header:
        return Cell("text", text)
    if column in DAYS:
        return Cell("date", text)
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    if column in FIGURES or (column == "allowance" and is_number):
        return Cell("number", text)
    return Cell("text", text)


def by_csv(made: bytes) -> list[list[Cell]]:
    """The cells that a CSV demands."""
    rows = list(csv.reader(io.StringIO(made.decode("utf-8"), newline="")))
    header = rows[0]
    return [[expected(text, header[n], row is header) for n, text in enumerate(row)] for row in rows]


def differences(name: str, want: list[list[Cell]], have: list[list[Cell]]) -> list[str]:
    """One sentence for each cell that differs."""
    told = []
    for line, (row, other) in enumerate(zip_longest(want, have, fillvalue=[]), 1):
        for place, (cell, found) in enumerate(zip_longest(row, other, fillvalue=EMPTY)):
            if cell != found:
                column = want[0][place].text if place < len(want[0]) else f"column {place + 1}"
                told.append(f"{name}, row {line}, {column}: expected {cell}, found {found}")
    return told


def formulas(reader: str, sheets: Sheets) -> list[str]:
    """Every formula; there must be none."""
    cells = ((name, cell) for name, rows in sheets.items() for row in rows for cell in row)
    return [f"{reader}, {name}: a formula: {cell.text}" for name, cell in cells if cell.kind == "formula"]


def check(program: Program, folder: Path) -> list[str]:
    """Everything that is wrong with the workbook."""
    book = program.folder / "cpod.xlsx"
    program.run("export", "cpod", "-o", "xlsx", "--as-of", AS_OF, "--out", book)
    readers = {"openpyxl": by_openpyxl(book), "LibreOffice": by_libreoffice(book, folder)}
    wrong = []
    for reader, sheets in readers.items():
        wrong += formulas(reader, sheets)
        if list(sheets) != SHEETS:
            wrong.append(f"{reader}: the sheets are {', '.join(sheets)}, and not {', '.join(SHEETS)}")
        for name, command in EXPORTS.items():
            want = by_csv(program.run(*command, "-o", "csv", "--as-of", AS_OF))
            have = sheets.get(name, [])
            wrong += differences(f"{reader}, {name}", want, have)
            print(f"{reader}, {name}: {sum(map(len, have)):,} cells compared with the CSV")
    one, other = readers.values()
    for name in one.keys() & other.keys():
        wrong += differences(f"LibreOffice against openpyxl, {name}", one[name], other[name])
    return wrong


def main() -> int:
    """Imports, exports, compares, and says what differs."""
    examples = Path(sys.argv[1] if len(sys.argv) > 1 else REPOSITORY / "examples" / "hub").resolve()
    with tempfile.TemporaryDirectory() as place:
        program = Program(Path(place))
        program.run("import", folder_with_nasty_notes(examples, Path(place) / "hub"), "--yes")
        wrong = check(program, Path(place))
    for text in wrong[:SHOWN]:
        print(f"  {text}")
    print(f"the workbook: {len(wrong) or 'no'} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
