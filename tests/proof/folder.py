"""An import folder in memory, with the few questions that the rules ask of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

Row = dict[str, str]


def day(text: str) -> date:
    """A calendar date (T-1)."""
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Folder:
    """The rows of each file, and `today`: the day of the import, which decides what is activated (C-2)."""

    path: Path
    today: date

    def rows(self, kind: str) -> list[Row]:
        """The rows of one file in their order; none when it is missing."""
        path = self.path / f"{kind}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _by(self, kind: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in self.rows(kind)}

    @cached_property
    def customers(self) -> dict[str, Row]:
        """Customers by id."""
        return self._by("customers", "customer")

    @cached_property
    def contracts(self) -> dict[str, Row]:
        """Contracts by number."""
        return self._by("contracts", "contract")

    @cached_property
    def schedules(self) -> dict[str, Row]:
        """Schedules by id."""
        return self._by("schedules", "schedule")

    @cached_property
    def packages(self) -> dict[str, Row]:
        """Packages by id."""
        return self._by("packages", "package")

    @cached_property
    def entitlements(self) -> dict[str, Row]:
        """Entitlements by id, in the order of their file."""
        return self._by("entitlements", "entitlement")

    @cached_property
    def workspaces(self) -> dict[str, Row]:
        """Workspaces by id."""
        return self._by("workspaces", "workspace")

    @cached_property
    def cases(self) -> dict[str, Row]:
        """Cases by number; those of partners hang from no contract and are in no report."""
        return {number: case for number, case in self._by("cases", "case").items() if case["workspace"]}

    @cached_property
    def engagements(self) -> dict[str, Row]:
        """Engagements by id."""
        return self._by("engagements", "engagement")

    def contract_of(self, package: str) -> Row:
        """The contract that a package stands in."""
        return self.contracts[self.schedules[self.packages[package]["schedule"]]["contract"]]

    def package_of(self, entitlement: str) -> Row:
        """The package that an entitlement stands in."""
        return self.packages[self.entitlements[entitlement]["package"]]

    def default_workspace(self, customer: str) -> str:
        """The default workspace of a customer."""
        own = (code for code, row in self.workspaces.items() if row["customer"] == customer and row["default"] == "yes")
        return next(own)

    @cached_property
    def attached(self) -> dict[str, set[str]]:
        """By package, the workspaces it is attached to: as the folder says, and as C-2 does by itself."""
        found: dict[str, set[str]] = {package: set() for package in self.packages}
        for row in self.rows("attachments"):
            if row["package"]:
                found[row["package"]].add(row["workspace"])
        for code, package in self.packages.items():
            contract = self.contract_of(code)
            if self.schedules[package["schedule"]]["kind"] == "base" and day(contract["start"]) <= self.today:
                found[code].add(self.default_workspace(contract["customer"]))
        return found

    @cached_property
    def linked(self) -> set[tuple[str, str]]:
        """Workspaces and the contracts linked to them (O-3)."""
        found = {(row["workspace"], row["contract"]) for row in self.rows("attachments")}
        for number, contract in self.contracts.items():
            if day(contract["start"]) <= self.today:
                found.add((self.default_workspace(contract["customer"]), number))
        return found

    def is_tracked(self, entitlement: str) -> bool:
        """Whether usage is recorded (E-1, E-3)."""
        row = self.entitlements[entitlement]
        return row["category"] == "consumable" and row["allowance"] != "included"

    def in_force(self, package: str, on: date) -> bool:
        """Whether a package is active on a day (C-4)."""
        row = self.packages[package]
        stopped = bool(row["deactivated_on"]) and day(row["deactivated_on"]) <= on
        return day(row["start"]) <= on <= day(row["end"]) and not stopped

    def choices(self, service: str, on: date, workspace: str = "", contract: str = "") -> list[str]:
        """Tracked entitlements of a service, in force, of a workspace or a contract; what expires first is first."""

        def fits(code: str, row: Row) -> bool:
            package = row["package"]
            here = not workspace or workspace in self.attached[package]
            there = not contract or self.contract_of(package)["contract"] == contract
            return row["service"] == service and here and there and self.is_tracked(code) and self.in_force(package, on)

        found = [code for code, row in self.entitlements.items() if fits(code, row)]
        return sorted(found, key=lambda code: day(self.package_of(code)["end"]))

    def limit(self, entitlement: str) -> Decimal | None:
        """The ceiling of an entitlement, if it has one (E-3)."""
        row = self.entitlements[entitlement]
        return Decimal(row["quantity"]) if row["allowance"] == "limited" else None
