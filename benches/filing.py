"""1,000 support requests from one file, filed at once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf
from pathlib import Path

from harness import Command, Result, compared, in_turn, run
from hubs import AS_OF_NUMBER, Bench, Hub, copy, settled, sql

REQUESTS = 1_000
#: One workspace with a few hundred members, one of whom files.
MEMBERS = 200
SPACE, DOMAIN = "W0001-HOME", "c0001.example"
WHO = f"contact@{DOMAIN}"
HEADER = ("title", "description", "product", "kind", "severity")
PRODUCTS = ("Azure IoT", "Exchange", "Teams", "Dynamics 365")


@dataclass(frozen=True)
class Filing:
    """The hub, and the file of requests."""

    hub: Hub

    @cached_property
    def store(self) -> Path:
        """The hub with the people who may file."""
        store, people = copy(self.hub.bare, self.hub.folder / "filing.db"), self.hub.folder / "people.csv"
        with people.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("workspace", "account", "name", "account_kind", "roles", "support_contact", "status"))
            writer.writerow((SPACE, f"admin@{DOMAIN}", "Admin", "work", "workspace-admin", "no", "registered"))
            writer.writerow((SPACE, WHO, "Contact", "work", "customer-activity", "yes", "registered"))
            for n in range(MEMBERS):
                writer.writerow((SPACE, f"person{n:03}@{DOMAIN}", f"Person {n}", "work", "", "no", "registered"))
        run(self.hub.program.on(store, "import", people, "--yes"))
        return settled(store)

    @cached_property
    def sheet(self) -> Path:
        """What is filed."""
        path = self.hub.folder / "requests.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(request(n) for n in range(REQUESTS))
        return path

    def file(self) -> Command:
        """All of them, into a fresh copy of the store."""
        store = copy(self.store, self.hub.folder / "filed.db")
        words = ("request", "create", "--workspace", SPACE, "--from", self.sheet, "--as", WHO, "--yes")
        return self.hub.program.on(store, *words, out=self.hub.folder / "filed.txt")

    def insert(self) -> Command:
        """The same rows by the shell, into the same table with the same indexes, in one transaction."""
        store, script = copy(self.store, self.hub.folder / "inserted.db"), self.hub.folder / "requests.sql"
        pragmas = ("PRAGMA foreign_keys = ON;", "PRAGMA synchronous = FULL;")
        inserts = (statement(n) for n in range(REQUESTS))
        script.write_text("\n".join([*pragmas, "BEGIN;", *inserts, "COMMIT;"]), encoding="utf-8")
        return Command(["sqlite3", str(store)], stdin=script)


def request(n: int) -> tuple[str, ...]:
    """The `n`th request."""
    text = f"Since {n % 24:02}:10 nothing arrives; restarted twice, žiadna zmena"
    return f"Line {n} reports nothing", text, PRODUCTS[n % len(PRODUCTS)], "problem-resolution", "ABC"[n % 3]


def statement(n: int) -> str:
    """SQL for the `n`th request: who, what and where are known already."""
    title, text, product, kind, severity = request(n)
    columns = "number, workspace_id, kind, severity, state, product, title, contact, named_contact, opened_at, filed_by, description"
    space = f"(SELECT id FROM workspace WHERE code = '{SPACE}')"
    texts = f"'{kind}', '{severity}', 'open', '{product}', '{title}', '{WHO}', '{WHO}'"
    opened = AS_OF_NUMBER * 86_400
    return f"INSERT INTO support_case ({columns}) VALUES ('N{n:09}', {space}, {texts}, {opened}, '{WHO}', '{text}');"


def measure(bench: Bench) -> list[Result]:
    """Filing against the bare inserts; then what is in the two stores."""
    made = Filing(bench.hub("filing", 1_000, customers=25))
    turn = partial(in_turn, bench.runs)
    note = "the shell is told the rows and checks nothing; ours asks the rules, gives numbers, keeps keys, history and audit"
    filed = compared(f"`request create --from` of {REQUESTS:,} rows / plain inserts", turn(made.file, made.insert), inf, note)
    return [filed, _check(made)]


def _check(made: Filing) -> Result:
    """Both have all of them, with the same words."""
    for command in (made.file(), made.insert()):
        run(command)
    query = "SELECT title, description, product, kind, severity, contact, filed_by FROM support_case WHERE filed_by IS NOT NULL ORDER BY 1"
    ours, theirs = (sql(made.hub.folder / f"{name}.db", query).splitlines() for name in ("filed", "inserted"))
    different = len(set(ours) ^ set(theirs)) + abs(len(ours) - REQUESTS) + abs(len(theirs) - REQUESTS)
    found = (f"{len(ours):,} requests", f"{different:,} of them differ")
    return Result("requests that differ between the two", *found, different, 0)
