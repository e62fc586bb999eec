"""When a case is listed under *other cases* (O-1 to O-5)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from .folder import Folder, Row, day


def reason(folder: Folder, case: Row, workspace: str, as_of: date) -> str:
    """The first rule that holds, looked at from a workspace on a day; empty when none does."""
    if not (case["contract"] and case["package"] and case["entitlement"]):
        return "missing-link"
    contract = folder.contracts[case["contract"]]
    opened = datetime.fromisoformat(case["opened_at"].replace("Z", "+00:00"))
    opened_on = opened.astimezone(ZoneInfo(contract["time_zone"] or "UTC")).date()
    if max(opened_on, as_of) > day(contract["end"]):
        return "expired-contract"
    if (workspace, case["contract"]) not in folder.linked:
        return "contract-not-in-workspace"
    return f"class-{case['class']}" if case["class"] else ""
