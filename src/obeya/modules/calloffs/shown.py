"""Differences and zones in the words and tones of the page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from obeya.engines.calloffs.neutral import Slot
from obeya.modules.calloffs.words import TONES, WORDS, ZONES


def shown_differences(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Those that need a person, those that changed otherwise, and how many did not."""
    lines = [_shown(each) for each in found]
    exceptions = [each for each in lines if each["needs_a_person"]]
    others = [each for each in lines if not each["needs_a_person"] and each["harm"] != "none"]
    return {
        "groups": [each for each in (exceptions, others) if each],
        "exceptions": exceptions,
        "others": others,
        "parts": len(lines),
        "changed": len(exceptions) + len(others),
        "breaches": sum(each["harm"] == "firm_breach" for each in lines),
        "unexplained": sum(each["unexplained"] != 0 for each in lines),
    }


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    figures = ("quantity", "total", "mismatch", "rejected", "unexplained")
    return {
        **line,
        **{name: Decimal(line[name]) for name in figures},
        "on": date.fromisoformat(line["on"]) if line["on"] else None,
        "firm_until": date.fromisoformat(line["firm_until"]) if line["firm_until"] else None,
        "in_transit": [(document, Decimal(amount)) for document, amount in line["in_transit"]],
        "word": str(WORDS[line["harm"]]),
        "tone": TONES.get(line["harm"], "neutral"),
    }


def shown_zones(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    total = Decimal(0)
    rows = []
    for slot in slots:
        total += slot.quantity
        rows.append({"slot": slot, "zone": str(ZONES[slot.zone.value]), "total": total})
    return rows
