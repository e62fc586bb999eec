"""The enterprise-wide part of the activity report (A-1), from the same entries as the proof of delivery."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from .report import Report, decimal

TILES = {
    "proactive": "built-in-proactive",
    "proactive-credits": "built-in-proactive",
    "dse": "built-in-proactive",
    "advisory": "as-needed-support",
    "reactive": "as-needed-support",
    "education": "on-demand-education",
    "contacts": "support-contacts",
    "assessment": "on-demand-assessments",
    "other": "other-services",
}

#: Status of the package, tile, unit and kind of allowance: what can be added up.
Key = tuple[str, str, str, str]
#: Consumed, allowance and remaining, as the report prints them.
Figures = tuple[str, str, str]


def tiles(report: Report) -> dict[Key, Figures]:
    """Figures of each tile over all workspaces, of packages attached to any (C-3)."""
    folder = report.folder
    together: dict[Key, list[str]] = defaultdict(list)
    for code, row in folder.entitlements.items():
        package = row["package"]
        if folder.packages[package]["kind"] == "enterprise-wide" and folder.attached[package]:
            status = "active" if folder.in_force(package, report.as_of) else "inactive"
            together[status, TILES[row["service"]], row["unit"], row["allowance"]].append(code)
    return {key: _figures(report, key[3], codes) for key, codes in together.items()}


def _figures(report: Report, allowance: str, codes: list[str]) -> Figures:
    consumed = sum(map(report.consumed, codes), Decimal(0))
    if allowance != "limited":
        return ("" if allowance == "included" else decimal(consumed), allowance, "")
    allowed = sum((report.folder.limit(code) or Decimal(0) for code in codes), Decimal(0))
    return (decimal(consumed), decimal(allowed), decimal(allowed - consumed))
