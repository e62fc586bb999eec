"""A workbook read by two programs that know nothing of each other: openpyxl and LibreOffice."""

from __future__ import annotations

import subprocess
import warnings
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True)
class Cell:
    """A cell as a reader understood it: `text`, `number`, `date`, `empty` or `formula`."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {self.text!r}"


EMPTY = Cell("empty", "")
Sheets = dict[str, list[list[Cell]]]


def number(value: float) -> str:
    """The shortest decimal that this binary fraction stands for, with all its places."""
    return f"{Decimal(repr(value)).normalize() + 0:f}"


def moment(value: datetime) -> str:
    """A day, with the time when there is one."""
    return str(value.date()) if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()


def by_openpyxl(path: Path) -> Sheets:
    """All cells as openpyxl reads them."""
    import openpyxl

    def cell(found: openpyxl.cell.Cell) -> Cell:
        value = found.value
        if value is None:
            return EMPTY
        if found.data_type == "f":
            return Cell("formula", str(value))
        if isinstance(value, datetime):
            return Cell("date", moment(value))
        if isinstance(value, date):
            return Cell("date", str(value))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return Cell("number", number(value))
        return Cell("text", str(value))

    with warnings.catch_warnings():
        # It has no use for bars and colours, and says so.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    return {sheet.title: [_trimmed(list(map(cell, row))) for row in sheet.iter_rows()] for sheet in book}


def by_libreoffice(path: Path, folder: Path) -> Sheets:
    """All cells as LibreOffice reads them: it is asked for its own format, in which each has its type."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    root = ElementTree.parse(folder / f"{path.stem}.fods").getroot()
    tables = root.iterfind(f".//{TABLE}table")
    return {table.get(f"{TABLE}name", ""): _rows(table) for table in tables}


def _rows(table: ElementTree.Element) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in table.iter(f"{TABLE}table-row"):
        cells = [cell for element in row for cell in _repeated(element)]
        rows += [_trimmed(cells)] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 1000)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _repeated(element: ElementTree.Element) -> list[Cell]:
    # Empty cells up to the edge of the sheet are one element that says how often it is repeated.
    return [_office_cell(element)] * min(int(element.get(f"{TABLE}number-columns-repeated", "1")), 100)


def _office_cell(element: ElementTree.Element) -> Cell:
    if element.get(f"{TABLE}formula"):
        return Cell("formula", element.get(f"{TABLE}formula", ""))
    kind = element.get(f"{OFFICE}value-type")
    if kind is None:
        return EMPTY
    if kind in ("float", "percentage", "currency"):
        return Cell("number", number(float(element.get(f"{OFFICE}value", ""))))
    if kind == "date":
        value = element.get(f"{OFFICE}date-value", "")
        return Cell("date", moment(datetime.fromisoformat(value)))
    return Cell("text", "\n".join(map(_paragraph, element.iterfind(f"{TEXT}p"))))


def _paragraph(element: ElementTree.Element) -> str:
    """The text of a paragraph; several spaces and tabs are elements of their own."""
    signs = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
    text = element.text or ""
    for part in element:
        sign = signs.get(part.tag)
        text += _paragraph(part) if sign is None else sign * int(part.get(f"{TEXT}c", "1"))
        text += part.tail or ""
    return text


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end of a row, of which each reader gives as many as it likes."""
    end = len(cells)
    while end and cells[end - 1] == EMPTY:
        end -= 1
    return cells[:end]
