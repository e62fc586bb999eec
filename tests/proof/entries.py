"""What must stand in the ledger once the folder is imported (L-1 to L-6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .folder import Folder, Row, day


@dataclass(frozen=True)
class Entry:
    """One use of an entitlement, or the correction of one, with what the report says of it."""

    entitlement: str
    workspace: str
    delivered_on: date
    quantity: Decimal
    reference: str
    title: str
    contact: str = ""
    state: str = ""
    is_correction: bool = False


@dataclass
class Ledger:
    """Entries in the order in which they are recorded."""

    folder: Folder
    entries: list[Entry] = field(default_factory=list)
    by_key: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    consumed: dict[str, Decimal] = field(default_factory=dict)

    def append(self, entry: Entry) -> None:
        """Records an entry."""
        self.entries.append(entry)
        self.consumed[entry.entitlement] = self.consumed.get(entry.entitlement, Decimal(0)) + entry.quantity

    def left(self, entitlement: str) -> Decimal | None:
        """What is left of it at this point; none when there is no ceiling."""
        limit = self.folder.limit(entitlement)
        return None if limit is None else limit - self.consumed.get(entitlement, Decimal(0))


def ledger(folder: Folder) -> Ledger:
    """All entries: those that arise by themselves come first, as their files are applied first."""
    book = Ledger(folder)
    for entry in (*_contacts(folder), *_learning(folder), *_assessments(folder)):
        book.append(entry)
    for row in folder.rows("deliveries"):
        _delivery(book, row)
    return book


def _contacts(folder: Folder) -> Iterator[Entry]:
    """A support contact takes a seat of its contract, and gives it back when released."""
    for row in folder.rows("contacts"):
        since = day(row["since"])
        choices = folder.choices("contacts", since, contract=row["contract"])
        if row["role"] != "support-contact" or not choices:
            continue
        workspace = row["workspace"] or folder.default_workspace(folder.contracts[row["contract"]]["customer"])
        taken = Entry(choices[0], workspace, since, Decimal(1), row["account"], row["name"], row["account"])
        yield taken
        if row["until"]:
            yield replace(taken, delivered_on=day(row["until"]), quantity=Decimal(-1), is_correction=True)


def _learning(folder: Folder) -> Iterator[Entry]:
    """A started learning activity counts as one (L-4)."""
    for row in folder.rows("learning"):
        if row["started_on"]:
            what = (row["learning"], row["title"], row["learner_account"])
            yield from _one(folder, row, "education", day(row["started_on"]), what)


def _assessments(folder: Folder) -> Iterator[Entry]:
    """An assessment counts as one from its set-up on."""
    for row in folder.rows("assessments"):
        what = (row["assessment"], row["name"], "")
        yield from _one(folder, row, "assessment", day(row["set_up_on"]), what)


def _one(folder: Folder, row: Row, service: str, on: date, what: tuple[str, str, str]) -> Iterator[Entry]:
    """One unit of the entitlement named, else of the workspace's one that expires first.

    `what` is reference, title and contact.
    """
    named = [row["entitlement"]] if row["entitlement"] else folder.choices(service, on, workspace=row["workspace"])
    for entitlement in named[:1]:
        if folder.is_tracked(entitlement):
            yield Entry(entitlement, row["workspace"], on, Decimal(1), *what, state=row["status"])


def _delivery(book: Ledger, row: Row) -> None:
    """The entries of one line of `deliveries.csv`."""
    source = row.get("source") or "deliveries"
    if row.get("corrects"):
        made = [
            replace(original, quantity=-original.quantity, title=row["note"], is_correction=True)
            for original in book.by_key[source, row["corrects"]]
        ]
    else:
        made = [
            Entry(entitlement, _place(book.folder, row), day(row["delivered_on"]), part, row["reference"], row["note"])
            for entitlement, part in _split(book, row)
        ]
    book.by_key[source, row["source_key"]] = made
    for entry in made:
        book.append(entry)


def _place(folder: Folder, row: Row) -> str:
    """The workspace of a delivery: given, else the only one that has the package, else the default one."""
    if row["workspace"]:
        return row["workspace"]
    package = folder.package_of(row["entitlement"])["package"]
    holders = folder.attached[package]
    if len(holders) == 1:
        return next(iter(holders))
    return folder.default_workspace(folder.contract_of(package)["customer"])


def _split(book: Ledger, row: Row) -> list[tuple[str, Decimal]]:
    """A delivery that names no entitlement empties what expires first; the rest falls on the last (L-5)."""
    quantity = Decimal(row["quantity"])
    if row["entitlement"]:
        return [(row["entitlement"], quantity)]
    choices = book.folder.choices(row["service"], day(row["delivered_on"]), workspace=row["workspace"])
    parts = []
    for entitlement in choices:
        left = book.left(entitlement)
        part = quantity if entitlement == choices[-1] or left is None else min(quantity, max(left, Decimal(0)))
        if part > 0:
            parts.append((entitlement, part))
        quantity -= part
    return parts
