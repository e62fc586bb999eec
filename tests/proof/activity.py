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

#: Status of the package, tile and unit: what is counted together.
Key = tuple[str, str, str]
#: Consumed, and of the limited ones allowance and remaining; texts as the report prints them.
Figures = tuple[str, str, str]


def tiles(report: Report) -> dict[Key, Figures]:
    """Figures of each tile over all workspaces, of packages attached to any (C-3)."""
    folder = report.folder
    together: dict[Key, list[str]] = defaultdict(list)
    for code, row in folder.entitlements.items():
        package = row["package"]
        if folder.packages[package]["kind"] == "enterprise-wide" and folder.attached[package]:
            status = "active" if folder.in_force(package, report.as_of) else "inactive"
            together[status, TILES[row["service"]], row["unit"]].append(code)
    return {key: _figures(report, codes) for key, codes in together.items()}


def _figures(report: Report, codes: list[str]) -> Figures:
    rows = [(report.folder.entitlements[code], report.folder.limit(code), report.consumed(code)) for code in codes]
    consumed = sum((used for *_, used in rows), Decimal(0))
    limits = [(limit, used) for _, limit, used in rows if limit is not None]
    if not any(row["unit"] for row, *_ in rows):
        return ("", "included", "")
    if not limits:
        return (decimal(consumed), "as-needed", "")
    allowance = sum((limit for limit, _ in limits), Decimal(0))
    return (decimal(consumed), decimal(allowance), decimal(allowance - sum(used for _, used in limits)))
