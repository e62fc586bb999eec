"""A file of 10,000 people against a hub that has nearly all of them: planned, applied, and written out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf
from pathlib import Path

from exports import differing
from harness import Command, Result, compared, in_turn, run
from hubs import HERE, Bench, Hub, copy, settled

#: Two workspaces each.
CUSTOMERS = 25
EACH = 200
HEADER = (
    "workspace,account,name,account_kind,roles,support_contact,service_admin,status,language,groups,default_group,"
    "label,invited_at,expires_at,registered_at"
).split(",")
ROLES = (
    "learning",
    "learning;health",
    "customer-activity;view-all-requests",
    "health;programs;shared-files",
    "customer-activity;learning-manager;learning",
)
#: One row in so many differs: by its roles, or by being new.
CHANGED, NEW = 300, 1_000

Person = dict[str, str]


@dataclass(frozen=True)
class People:
    """The hub, and the two files: what it has, and what is wanted."""

    hub: Hub

    @cached_property
    def store(self) -> Path:
        """The hub with the people in it."""
        store = copy(self.hub.bare, self.hub.folder / "people.db")
        run(self.hub.program.on(store, "import", self._write("people.csv", people()), "--yes"))
        return settled(store)

    @cached_property
    def wanted(self) -> Path:
        """The file with a few dozen differences."""
        return self._write("wanted.csv", [other(n, person) for n, person in enumerate(people())])

    def plan(self) -> Command:
        """What would change."""
        out = self.hub.folder / "change.plan"
        out.unlink(missing_ok=True)
        return self.hub.program.on(self.store, "user", "plan", self.wanted, "--out", out)

    def apply(self) -> Command:
        """The changes, into a fresh copy of the store."""
        store = copy(self.store, self.hub.folder / "applied.db")
        return self.hub.program.on(store, "user", "apply", self.wanted, "--yes")

    def export(self) -> Command:
        """Everybody, as a file."""
        out = self.hub.folder / "users.csv"
        return self.hub.program.on(self.store, "export", "users", "-o", "csv", "--out", out)

    def shell(self, query: str) -> Command:
        """One of the queries beside this file, by the shell."""
        words = ["sqlite3", "-csv", "-header", str(self.store)]
        return Command(words, self.hub.folder / "sqlite.csv", HERE / f"{query}.sql")

    def insert(self) -> Command:
        """The same changes by the shell, which is told what they are."""
        store, script = copy(self.store, self.hub.folder / "inserted.db"), self.hub.folder / "changes.sql"
        pairs = zip(people(), map(other, range(len(people())), people()), strict=True)
        changes = [line for is_, wanted in pairs if is_ != wanted for line in statements(is_, wanted)]
        pragmas = ("PRAGMA foreign_keys = ON;", "PRAGMA synchronous = FULL;")
        script.write_text("\n".join([*pragmas, "BEGIN;", *changes, "COMMIT;"]), encoding="utf-8")
        return Command(["sqlite3", str(store)], stdin=script)

    def _write(self, name: str, rows: list[Person]) -> Path:
        path = self.hub.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path


def people() -> list[Person]:
    """The people that the hub has."""
    spaces = [f"W{customer:04}-{part}" for customer in range(1, CUSTOMERS + 1) for part in ("HOME", "FIELD")]
    return [person(space, place, n) for place, space in enumerate(spaces) for n in range(EACH)]


def person(space: str, place: int, n: int) -> Person:
    """One of them; the first of each workspace administers it."""
    domain = f"c{place // 2 + 1:04}.example"
    account = f"admin@{domain}" if n == 0 else f"person{n:03}@{domain}"
    cells = {"workspace": space, "account": account, "name": f"Žofia Nováková {n:03}", "account_kind": "work"}
    roles = "workspace-admin" if n == 0 else ROLES[(place + n) % len(ROLES)]
    marks = {"support_contact": "no", "service_admin": "no", "status": "registered", "language": "sk"}
    when = {"invited_at": "2026-02-01T08:00:00Z", "registered_at": "2026-02-03T09:30:00Z"}
    return {**dict.fromkeys(HEADER, ""), **cells, "roles": roles, **marks, "label": "staff", **when}


def other(n: int, is_: Person) -> Person:
    """What the file wants of the `n`th person: mostly what is."""
    if n % NEW == NEW - 1:
        new = {"account": is_["account"].replace("person", "new"), "name": f"Nový Človek {n}", "status": "invited"}
        return {**is_, **new, "invited_at": "", "registered_at": ""}
    if n % CHANGED == CHANGED - 1:
        return {**is_, "roles": "view-all-requests;learning-manager"}
    return is_


def statements(is_: Person, wanted: Person) -> Iterator[str]:
    """SQL for one difference."""
    space = f"(SELECT id FROM workspace WHERE code = '{wanted['workspace']}')"
    member = f"(SELECT id FROM member WHERE workspace_id = {space} AND account = '{wanted['account']}')"
    if is_["account"] != wanted["account"]:
        columns = "workspace_id, account, name, account_kind, status, language, label, invited_at, expires_at, code_hash"
        texts = ", ".join(f"'{wanted[name]}'" for name in ("account", "name", "account_kind", "status", "language"))
        values = f"{space}, {texts}, 'staff', unixepoch(), unixepoch() + 2592000, randomblob(32)"
        yield f"INSERT INTO member ({columns}) VALUES ({values});"
    else:
        yield f"DELETE FROM member_role WHERE member_id = {member};"
    for role in wanted["roles"].split(";"):
        yield f"INSERT INTO member_role VALUES ({member}, '{role}');"


def measure(bench: Bench) -> list[Result]:
    """Plan and export against reading the rows, apply against the bare changes."""
    made = People(bench.hub("people", 1_000, customers=CUSTOMERS))
    total, same = CUSTOMERS * 2 * EACH, _check(made)
    turn = partial(in_turn, bench.runs)
    reads = "the shell only reads them, with roles and groups; ours reads the file as well and compares"
    bare = "the shell is told the changes and checks nothing; ours finds them in 10,000 rows, with rules, codes and audit"
    return [
        compared(f"`user plan` of {total:,} rows / `sqlite3 -csv`", turn(made.plan, partial(made.shell, "people")), 3, reads),
        compared("`export users -o csv` / `sqlite3 -csv`", turn(made.export, partial(made.shell, "users")), 3),
        same,
        compared(f"`user apply` of {total:,} rows / the changes as SQL", turn(made.apply, made.insert), inf, bare),
    ]


def _check(made: People) -> Result:
    """The export and the query tell the same of everybody."""
    for command in (made.export(), made.shell("users")):
        run(command)
    lines, different = differing([made.hub.folder / name for name in ("users.csv", "sqlite.csv")])
    found = (f"{lines:,} lines", f"{different:,} of them differ")
    return Result("people that differ between the two, cell by cell", *found, different, 0)
