"""The lines of the proof of delivery (K-13)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .entries import Entry, ledger
from .folder import Folder, Row
from .other_case import reason

COLUMNS = (
    "customer contract contract_kind contract_start contract_end workspace package package_name package_kind "
    "package_status package_end entitlement service category unit allowance consumed remaining percent_used "
    "delivered_on reference title quantity contact severity state entry_kind other_case_reason"
).split()
SUMMARY_COLUMNS = [*COLUMNS[:19], "deliveries", "flags"]


def decimal(value: Decimal) -> str:
    """The shortest exact form: 12.5 and not 12.50."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(consumed: Decimal, limit: Decimal) -> Decimal | None:
    """Percent used with two places, half away from zero; none of a limit of nothing."""
    if limit <= 0:
        return None
    return (consumed * 100 / limit).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Report:
    """The report of a folder as of a day."""

    def __init__(self, folder: Folder, as_of: date) -> None:
        self.folder = folder
        self.as_of = as_of
        self.book = ledger(folder)
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.book.entries:
            if entry.delivered_on <= as_of:
                self.entries[entry.entitlement].append(entry)

    def consumed(self, entitlement: str) -> Decimal:
        """The sum of the entries up to the day asked about (E-5)."""
        return sum((entry.quantity for entry in self.entries[entitlement]), Decimal(0))

    def lines(self) -> list[Row]:
        """One line per delivery, and one for each entitlement without any."""
        made: list[tuple[Row, int]] = []
        for entitlement in self.folder.entitlements:
            head = self._head(entitlement)
            entries = self.entries[entitlement]
            made += [(self._delivery(head, entry), place) for place, entry in enumerate(entries)]
            if not entries:
                made.append((head, 0))
        keys = ("customer", "contract", "package", "entitlement", "delivered_on", "reference")
        made.sort(key=lambda line: (*(line[0][key].encode() for key in keys), line[1]))
        return [line for line, _ in made]

    def summary(self) -> list[Row]:
        """One line per entitlement (`--summary`)."""
        made = []
        for entitlement in self.folder.entitlements:
            extra = {"deliveries": str(len(self.entries[entitlement])), "flags": ";".join(self._flags(entitlement))}
            made.append(self._head(entitlement) | extra)
        keys = ("customer", "contract", "package", "entitlement")
        made.sort(key=lambda line: [line[key].encode() for key in keys])
        return [{column: line[column] for column in SUMMARY_COLUMNS} for line in made]

    def _flags(self, entitlement: str) -> list[str]:
        """What deserves a second look (E-7)."""
        limit, consumed = self.folder.limit(entitlement), self.consumed(entitlement)
        share = percent(consumed, limit) if limit is not None else None
        days = (date.fromisoformat(self.folder.package_of(entitlement)["end"]) - self.as_of).days
        reached = [flag for flag, least in (("used-100", 100), ("used-80", 80)) if share is not None and share >= least]
        return reached[:1] + (["expiring"] if 0 <= days <= 90 else [])

    def _head(self, entitlement: str) -> Row:
        """The columns that all lines of an entitlement share; the others are empty."""
        folder, row = self.folder, self.folder.entitlements[entitlement]
        package = folder.packages[row["package"]]
        contract = folder.contract_of(row["package"])
        names = sorted((folder.workspaces[code]["name"] for code in folder.attached[row["package"]]), key=str.encode)
        limit, consumed = folder.limit(entitlement), self.consumed(entitlement)
        share = None if limit is None else percent(consumed, limit)
        known = {
            "customer": folder.customers[contract["customer"]]["name"],
            "contract": contract["contract"],
            "contract_kind": contract["kind"],
            "contract_start": contract["start"],
            "contract_end": contract["end"],
            "workspace": "; ".join(names),
            "package": row["package"],
            "package_name": package["name"],
            "package_kind": package["kind"],
            "package_status": "active" if folder.in_force(row["package"], self.as_of) else "inactive",
            "package_end": package["end"],
            "entitlement": entitlement,
            "service": row["service"],
            "category": row["category"],
            "unit": row["unit"],
            "allowance": row["allowance"] if limit is None else decimal(limit),
            "consumed": decimal(consumed),
            "remaining": "" if limit is None else decimal(limit - consumed),
            "percent_used": "" if share is None else decimal(share),
        }
        return dict.fromkeys(COLUMNS, "") | known

    def _delivery(self, head: Row, entry: Entry) -> Row:
        line = head | {
            "workspace": self.folder.workspaces[entry.workspace]["name"],
            "delivered_on": str(entry.delivered_on),
            "reference": entry.reference,
            "title": entry.title,
            "quantity": decimal(entry.quantity),
            "contact": entry.contact,
            "state": entry.state,
            "entry_kind": "correction" if entry.is_correction else "use",
        }
        return line | self._named(head["service"], entry)

    def _named(self, service: str, entry: Entry) -> Row:
        """What the case or engagement that the reference names has to say."""
        case = self.folder.cases.get(entry.reference) if service in ("reactive", "advisory") else None
        if case:
            why = reason(self.folder, case, entry.workspace, self.as_of)
            same = {column: case[column] for column in ("title", "contact", "severity", "state")}
            return same | {"other_case_reason": why}
        proactive = service in ("proactive", "proactive-credits", "dse")
        engagement = self.folder.engagements.get(entry.reference) if proactive else None
        if engagement:
            return {"title": engagement["title"], "contact": engagement["contact"], "state": engagement["status"]}
        return {}
