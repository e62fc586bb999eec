"""Licences for 10,000 people from one file, and the list of customers, at hubs of three sizes.

Everything that ends at some customer is asked for as well: of all customers, the first ones have something that ends soon.
A hub of size 10 has 1,000 customers with 100,000 people and 300,000 licences; the others have a tenth and ten times of that.
The rows that are touched are the same at each: cost must follow them, and not the hub.
"""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf
from pathlib import Path

from exports import differing
from harness import Command, Result, compared, in_turn, run
from hubs import HERE, Bench, Servhub, copy, settled, sql

#: Customers of the smallest hub; each has so many people, all of whom the file names.
CUSTOMERS, EACH = 100, 100
#: What everybody has, and what the file gives them.
HELD = ("Microsoft 365", "Exchange Online", "Microsoft Teams")
GIVEN = ("Microsoft Intune", "Dynamics 365")
WHO = "agent@partner.example"
NOW = int(time.time())
SERVED = "the agent's partner serves all customers of the hub: the set of those is made first, which takes 5 ms for 10,000"
#: The most that 10,000 people may cost beside plain SQL, the list beside the same, and either when the hub grows a hundredfold.
ASSIGN, LIST, GROWTH = 10, 3, 1.3


@dataclass(frozen=True)
class Partners:
    """A hub of one size."""

    program: Servhub
    folder: Path
    size: int

    @cached_property
    def store(self) -> Path:
        """The hub, made by the shell: the program makes the layout."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("hub.db*"):
            old.unlink()
        store = self.folder / "hub.db"
        run(self.program.on(store, "customer", "list"))
        names = ", ".join(f"'{name}'" for name in (*HELD, *GIVEN))
        held = ", ".join(f"'{name}'" for name in HELD)
        count = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CUSTOMERS * self.size})"
        within = f"WITH RECURSIVE m (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM m WHERE k < {EACH - 1})"
        sql(
            store,
            "PRAGMA synchronous = OFF; BEGIN",
            f"""{count} INSERT INTO customer (code, name, country, domain) SELECT printf('C%06d', i), printf('Odberateľ %06d', i), 'SK',
                printf('c%06d.example', i) FROM n""",
            "INSERT INTO partner (id, code, name, kind, domain) VALUES (1, 'P1', 'Partner', 'direct-bill', 'partner.example')",
            f"INSERT INTO partner_person (id, partner_id, account, name) VALUES (1, 1, '{WHO}', 'Agent')",
            "INSERT INTO partner_role (person_id, role) VALUES (1, 'admin-agent')",
            """INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on)
                SELECT 1, id, 'active', 1, 20000 FROM customer""",
            f"""INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, quantity, starts_on)
                SELECT 'S-' || u.id || '-' || o.id, u.id, 1, o.id, o.name, 'active', 120, 20000
                FROM customer u, product o WHERE o.name IN ({names})""",
            f"""{within} INSERT INTO customer_person (customer_id, account, name, usage_location)
                SELECT u.id, printf('person%03d@', k) || u.domain, printf('Žofia Nováková %03d', k), 'SK'
                FROM customer u, m ORDER BY u.id, k""",
            f"""INSERT INTO licence (customer_id, person_id, product_id)
                SELECT p.customer_id, p.id, o.id FROM customer_person p, product o WHERE o.name IN ({held}) ORDER BY p.id, o.id""",
            f"""INSERT INTO delegation (code, partner_id, customer_id, name, status, starts_at, ends_at, days, asked_at, approved_at)
                SELECT 'D-' || id, 1, id, 'Access ' || id, 'active', {NOW} - 86400,
                  {NOW} + 86400 * CASE WHEN id <= {CUSTOMERS} THEN 10 ELSE 600 END, 700, {NOW} - 86400, {NOW} - 86400 FROM customer""",
            f"""UPDATE subscription SET ends_on = {NOW} / 86400 + CASE WHEN customer_id <= {CUSTOMERS} THEN 10 ELSE 600 END
                WHERE code GLOB 'S-*' AND id % {len(HELD) + len(GIVEN)} = 0""",
            "COMMIT; ANALYZE",
        )
        return settled(store)

    @cached_property
    def sheet(self) -> Path:
        """Who is given what: everybody of the first customers."""
        path = self.folder / "licenses.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("customer", "account", "products"))
            for customer in range(1, CUSTOMERS + 1):
                for k in range(EACH):
                    account = f"person{k:03}@c{customer:06}.example"
                    writer.writerow((f"C{customer:06}", account, ";".join(GIVEN)))
        return path

    def assign(self, *more: str) -> Command:
        """The file, into a fresh copy of the store."""
        store = copy(self.store, self.folder / "assigned.db")
        return self.program.on(store, "license", "assign", "--from", self.sheet, "--yes", *more)

    def again(self) -> Command:
        """The file once more, which changes nothing."""
        return self.program.on(self.folder / "assigned.db", "license", "assign", "--from", self.sheet, "--yes")

    def insert(self) -> Command:
        """The same by the shell: names looked up, seats counted, in one transaction."""
        store, script = copy(self.store, self.folder / "inserted.db"), self.folder / "licences.sql"
        statements = (HERE / "partners.sql").read_text(encoding="utf-8")
        script.write_text(statements.replace("{sheet}", str(self.sheet)), encoding="utf-8")
        return Command(["sqlite3", str(store)], stdin=script)

    def customers(self, *more: str) -> Command:
        """The list of customers."""
        words = ("customer", "list", "-o", "csv", *more)
        return self.program.on(self.store, *words, out=self.folder / "customers.csv")

    def due(self, *more: str) -> Command:
        """Everything that ends within 30 days."""
        return self.program.on(self.store, "due", "--within", "30d", "-o", "csv", *more, out=self.folder / "due.csv")

    def query(self) -> Command:
        """The same by the shell."""
        words = ["sqlite3", "-csv", "-header", str(self.store)]
        return Command(words, self.folder / "sqlite.csv", HERE / "customers.sql")


def measure(bench: Bench) -> list[Result]:
    """Beside plain SQL at the hub of 1,000 customers, and beside itself at hubs of three sizes."""
    hubs = {size: Partners(bench.program, bench.work / f"partners-{size}", size) for size in (1, 10, 100)}
    turn, middle = partial(in_turn, bench.runs), hubs[10]
    rows, people = CUSTOMERS * EACH, f"{CUSTOMERS * EACH * 10:,}"
    same = _check(middle)
    bare = "the shell joins the file with the tables and counts the seats once; ours judges each row, and keeps an audit record of each person"
    results = [
        compared(
            f"`license assign --from` of {rows:,} people, of {people} / the same as SQL",
            turn(middle.assign, middle.insert),
            ASSIGN,
            bare,
        ),
        same,
        compared("`customer list --all` of 1,000 / `sqlite3 -csv`", turn(partial(middle.customers, "--all"), middle.query), LIST),
    ]
    agent = ("--as", WHO)
    what = [
        (f"`license assign --from` of {rows:,} people", Partners.assign, (), GROWTH, ""),
        ("the same by an admin agent of the partner", Partners.assign, agent, GROWTH, ""),
        ("`customer list` of 100", Partners.customers, ("--limit", "100"), GROWTH, ""),
        ("`customer list` of 100 by the agent", Partners.customers, ("--limit", "100", *agent), inf, SERVED),
        (f"`due` of {2 * CUSTOMERS}", Partners.due, (), GROWTH, ""),
        ("the same by the agent", Partners.due, agent, GROWTH, ""),
    ]
    for size in (10, 100):
        for name, command, words, bound, why in what:
            sides = [partial(command, hubs[s], *words) for s in (size, 1)]
            results.append(compared(f"{name} at {size} times the hub / at one", turn(*sides), bound, why if size == 100 else ""))
    return results


def _check(made: Partners) -> Result:
    """Both sides gave the same licences, and ours gives none again."""
    counts = []
    for command, name in ((made.assign(), "assigned"), (made.insert(), "inserted")):
        run(command)
        run(Command(["sqlite3", "-csv", str(made.folder / f"{name}.db"), "SELECT * FROM licence ORDER BY person_id, product_id"], made.folder / f"{name}.csv"))
    run(made.again())
    for name in ("assigned", "inserted"):
        counts.append(sql(made.folder / f"{name}.db", "SELECT count(*), sum(given_back) FROM licence").strip())
    lines, different = differing([made.folder / f"{name}.csv" for name in ("assigned", "inserted")])
    found = (f"{lines:,} licences ({counts[0]})", f"{different:,} of them differ")
    return Result("licences that differ between the two", *found, different + (counts[0] != counts[1]), 0)
