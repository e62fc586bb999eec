#!/usr/bin/env python3
"""Makes the import folder that the benchmarks use: a hub of constant size under a ledger of any length.

The same arguments give the same bytes on every machine. Customers, contracts, entitlements, cases and the
rest stay as they are while `--entries` grows, so that two folders differ by the ledger alone.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

#: The day after which nothing has happened yet; the benchmarks ask for the report as of this day.
AS_OF = date(2026, 11, 20)
FIRST = date(2024, 1, 1)
CUSTOMERS = 1_000
CONTRACTS_EACH = 5
CASES_EACH = 20
ENGAGEMENTS_EACH = 10
LEARNING_EACH = 5

#: Lines of the two packages that every contract has: service, allowance, quantity, unit.
LINES = (
    (
        ("reactive", "as-needed", "", "hours"),
        ("advisory", "limited", "120", "hours"),
        ("proactive", "limited", "80.5", "hours"),
        ("proactive-credits", "limited", "60", "credits"),
        ("dse", "limited", "400", "hours"),
    ),
    (
        ("reactive", "limited", "40", "hours"),
        ("advisory", "as-needed", "", "hours"),
        ("education", "as-needed", "", "count"),
        ("contacts", "limited", "3", "seats"),
        ("other", "included", "", ""),
    ),
)
WORDS = {
    "reactive": "Problem Resolution Hours",
    "advisory": "Advisory Services Hours",
    "proactive": "Proactive Services",
    "proactive-credits": "Proactive Credits",
    "dse": "Designated Support Engineering",
    "education": "On-Demand Education",
    "contacts": "Reactive Enabled Contacts",
    "other": "Escalation Management",
}
TITLES = (
    "Cluster fails over at night",
    'Replication lags behind, "queue full"',
    "Mail flow stops, certificate expired",
    "Prihlásenie používateľov trvá dlho",
    "Powolne zapytania w bazie danych",
    "Backup runs into the working day",
)
NOTES = (
    "",
    "",
    "",
    "",
    "Remote session",
    "Analysis of traces, part 2",
    "Konzultácia",
    "On site",
    "Nočný zásah",
    "Call",
)
CLASSES = ("", "", "", "", "", "", "SU", "DSA", "X85", "REC")
QUANTITIES = ("0.25", "0.5", "0.5", "0.75", "1", "1", "1.5", "2", "3.25", "4")

HEADERS = {
    "customers": "customer,name,country,domain",
    "contracts": "contract,customer,kind,plan,start,end,time_zone,csam,account_coordinator,incident_manager",
    "schedules": "schedule,contract,kind,start,end",
    "packages": "package,schedule,name,kind,start,end,deactivated_on",
    "entitlements": "entitlement,package,service,category,allowance,quantity,unit,description,action_link",
    "workspaces": "workspace,customer,name,default,administrator,allow_personal,archived_on",
    "attachments": "workspace,contract,package,attached_on",
    "contacts": "contract,account,name,role,workspace,account_kind,language,phone,since,until",
    "cases": "case,workspace,contract,package,entitlement,kind,class,severity,state,product,title,contact,"
    "opened_at,closed_at",
    "engagements": "engagement,workspace,entitlement,kind,title,status,planned_on,delivered_on,planned_quantity,"
    "contact",
    "learning": "learning,workspace,learner_account,learner_name,title,format,product,level,language,status,"
    "started_on,completed_on,entitlement",
    "deliveries": "source_key,source,entitlement,workspace,service,delivered_on,quantity,reference,note,late,"
    "corrects,reason",
}


@dataclass(slots=True)
class Target:
    """An entitlement that deliveries may name, with what they may say."""

    entitlement: str
    workspaces: tuple[str, ...]
    start: int
    days: int
    references: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Folder:
    """Rows by kind, and the entitlements that deliveries may be booked on."""

    rows: dict[str, list[tuple[str, ...]]]
    targets: list[Target]


def term(contract: int) -> tuple[date, date]:
    """First and last day: one contract of each customer is over, the others go on."""
    return (FIRST, date(2025, 12, 31)) if contract == 4 else (FIRST, date(2027, 3 * contract + 3, 28))


def hub(customers: int = CUSTOMERS) -> Folder:
    """Everything besides the deliveries."""
    folder = Folder({kind: [] for kind in HEADERS}, [])
    chance = random.Random(20_261_120)
    for customer in range(1, customers + 1):
        _customer(folder, customer, chance)
    return folder


def _customer(folder: Folder, number: int, chance: random.Random) -> None:
    rows, code = folder.rows, f"C{number:04}"
    rows["customers"].append((code, f"Zákazník {number:04}, a.s.", "SK", f"c{number:04}.example"))
    spaces = (f"W{number:04}-HOME", f"W{number:04}-FIELD")
    for place, space in enumerate(spaces):
        name = f"{code} {'Home' if place == 0 else 'Field'}"
        default = "yes" if place == 0 else "no"
        rows["workspaces"].append((space, code, name, default, f"admin@c{number:04}.example", "no", ""))
    mine: list[Target] = []
    for contract in range(CONTRACTS_EACH):
        mine += _contract(folder, number, contract, spaces)
    _cases(folder, number, spaces, mine, chance)
    _engagements(folder, number, mine, chance)
    _learning(folder, number, spaces[0], chance)
    folder.targets += [target for target in mine if not target.entitlement.endswith(("-23", "-24", "-25"))]


def _contract(folder: Folder, customer: int, contract: int, spaces: tuple[str, str]) -> list[Target]:
    rows, (start, end) = folder.rows, term(contract)
    code, number, days = f"C{customer:04}", f"{customer:06}{contract:03}", (str(start), str(end))
    kind = "unified" if contract % 2 == 0 else "premier"
    rows["contracts"].append((number, code, kind, "Performance", *days, "UTC", "csam@hub.example", "", ""))
    schedule, base = f"S{number}", contract == 0
    rows["schedules"].append((schedule, number, "base" if base else "add-on", *days))
    holders = spaces if contract < 2 else spaces[:1]
    targets = []
    for place, lines in enumerate(LINES, 1):
        package = f"P{number}-{place}"
        package_kind = "enterprise-wide" if base else "add-on"
        rows["packages"].append((package, schedule, f"Package {place} of {number}", package_kind, *days, ""))
        rows["attachments"] += [(space, number, package, str(start)) for space in holders]
        for n, (service, allowance, quantity, unit) in enumerate(lines, 1):
            entitlement = f"E{number}-{place}{n}"
            category = "additional-benefit" if allowance == "included" else "consumable"
            terms = (service, category, allowance, quantity, unit, WORDS[service], "")
            rows["entitlements"].append((entitlement, package, *terms))
            last = min(end, AS_OF)
            targets.append(Target(entitlement, holders, start.toordinal(), (last - start).days + 1))
    for n in range(2):
        account = f"contact{n}.{contract}@c{customer:04}.example"
        who = (number, account, f"Contact {n} of {number}", "support-contact", spaces[0], "work", "sk", "")
        rows["contacts"].append((*who, str(start + timedelta(days=30 * n)), ""))
    return targets


def _cases(folder: Folder, customer: int, spaces: tuple[str, str], mine: list[Target], chance: random.Random) -> None:
    wanted = [target for target in mine if target.entitlement[-2:] in ("11", "12", "21", "22")]
    for n in range(CASES_EACH):
        target = wanted[n % len(wanted)]
        number, contract = f"26{customer:05}{n:05}", target.entitlement[1:10]
        package = "P" + target.entitlement[1:12]
        advisory = target.entitlement.endswith("2")
        opened = date.fromordinal(target.start + chance.randrange(target.days))
        links = (contract, package, target.entitlement)
        if n == 7:
            links = (contract, "", "")
        space = chance.choice(target.workspaces)
        title = chance.choice(TITLES)
        what = ("advisory" if advisory else "problem-resolution", chance.choice(CLASSES), chance.choice("ABC"))
        contact = f"contact{n % 2}.0@c{customer:04}.example"
        when = (f"{opened}T{n:02}:15:00Z", "")
        folder.rows["cases"].append((number, space, *links, *what, "in-progress", "SQL Server", title, contact, *when))
        target.references.append((number, space))
    # A few deliveries in the second workspace name a case of a contract that is not linked to it (O-3).
    mine[0].references.append((f"26{customer:05}{8:05}", spaces[1]))


def _engagements(folder: Folder, customer: int, mine: list[Target], chance: random.Random) -> None:
    kinds = {"13": "workshop", "14": "credit-funded", "15": "dse"}
    wanted = [target for target in mine if target.entitlement[-2:] in kinds]
    for n in range(ENGAGEMENTS_EACH):
        target, code = wanted[n % len(wanted)], f"EG{customer:04}-{n:02}"
        space, day = chance.choice(target.workspaces), str(date.fromordinal(target.start + 40 * n))
        what = (kinds[target.entitlement[-2:]], f'Workshop {n}: revízia, "čo ak"', "delivered", day, day, "16")
        folder.rows["engagements"].append((code, space, target.entitlement, *what, f"admin@c{customer:04}.example"))
        target.references.append((code, space))


def _learning(folder: Folder, customer: int, space: str, chance: random.Random) -> None:
    for n in range(LEARNING_EACH):
        day = FIRST + timedelta(days=chance.randrange(900))
        who = (f"learner{n}@c{customer:04}.example", f"Learner {n}")
        what = ("Query Store, step by step", "course", "SQL Server", "advanced", "en", "started", str(day), "")
        entitlement = f"E{customer:06}000-23"
        folder.rows["learning"].append((f"L{customer:04}-{n:02}", space, *who, *what, entitlement))


def deliveries(targets: list[Target], entries: int, first: int = 0) -> Iterator[tuple[str, ...]]:
    """The lines of `deliveries.csv`, from the number `first` on, roughly in the order of their days."""
    chance = random.Random(first + 7).random
    iso = {day: str(date.fromordinal(day)) for day in range(FIRST.toordinal(), AS_OF.toordinal() + 1)}
    last: tuple[str, ...] = ()
    for n in range(entries):
        key = f"D{first + n:09}"
        if n % 250 == 249:
            yield (key, *last[1:6], "-" + last[6], *last[7:8], "", "", last[0], "Entered twice")
            continue
        target = targets[int(chance() * len(targets))]
        day = iso[target.start + target.days * n // entries]
        quantity = QUANTITIES[int(chance() * 10)]
        reference, space = "", target.workspaces[0]
        if target.references and n % 8:
            reference, space = target.references[int(chance() * len(target.references))]
        note = NOTES[int(chance() * 10)]
        last = (key, "", target.entitlement, space, "", day, quantity, reference, note, "", "", "")
        yield last


def write_rows(path: Path, kind: str, rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> None:
    """Writes one file of the folder."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADERS[kind] + "\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


def write(folder: Path, entries: int, more: int, customers: int = CUSTOMERS) -> None:
    """Writes the hub to `folder/hub`, its deliveries beside it, and `more` further ones to `more.csv`.

    They stand apart so that the deliveries can be imported, and timed, on their own.
    """
    made = hub(customers)
    (folder / "hub").mkdir(parents=True, exist_ok=True)
    for kind in HEADERS:
        if kind != "deliveries":
            write_rows(folder / "hub" / f"{kind}.csv", kind, made.rows[kind])
    write_rows(folder / "deliveries.csv", "deliveries", deliveries(made.targets, entries))
    if more:
        (folder / "more").mkdir(exist_ok=True)
        write_rows(folder / "more" / "deliveries.csv", "deliveries", deliveries(made.targets, more, entries))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=2_000_000, help="lines of deliveries.csv (default: 2000000)")
    parser.add_argument("--more", type=int, default=10_000, help="lines of more/deliveries.csv (default: 10000)")
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help=f"customers (default: {CUSTOMERS})")
    args = parser.parse_args()
    write(args.folder, args.entries, args.more, args.customers)


if __name__ == "__main__":
    main()
