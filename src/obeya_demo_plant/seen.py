"""What the plant sees: its machines, their hours, and the published plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from obeya_demo_plant.hours import NEVER, ROUND_THE_CLOCK, Hours, hours_of

Row = Mapping[str, Any]
BEFORE, AHEAD = 2, 400  # days of hours around the first look


@dataclass(frozen=True)
class Place:
    """A machine, as it stands in the hall."""

    code: str
    center: str
    calendar: str
    places: int  # lots at once
    family: str  # set up for it


@dataclass(frozen=True)
class Order:
    """A job as the dispatch list shows it."""

    code: str
    order: str
    operation: int
    status: str
    equipment: str  # empty: at a subcontractor
    material: str
    family: str
    run_s: float
    fixed_s: float
    quantity: int
    made: int  # good and scrap, as reported
    good: int
    planned: int  # start, seconds since 1970


@dataclass(frozen=True)
class Sight:
    """One look around."""

    places: Sequence[Place]
    hours: Mapping[str, Hours]  # by calendar
    stores: frozenset[str] = frozenset()
    zone: tzinfo = UTC


def look(lists: Mapping[str, Sequence[Row]], at: int) -> Sight:
    """From the lists "equipment", "calendars" and "calendar-…" of the REST door."""
    nodes = {row["code"]: row for row in lists["equipment"]}
    places = [
        Place(
            code=code,
            center=row["parent"] or "",
            calendar=_calendar(code, nodes),
            places=max(int(row["capacity"]), int(row["batch_places"] or 1)),
            family=row["setup_family"],
        )
        for code, row in sorted(nodes.items())
        if row["level"] == "work_unit"
    ]
    hours = {row["code"]: _hours(row, lists, at) for row in lists["calendars"]}
    stores = frozenset(code for code, row in nodes.items() if row["level"] == "storage")
    zones = [row["time_zone"] for row in lists["calendar-shifts"]]
    return Sight(places, hours, stores, ZoneInfo(zones[0]) if zones else UTC)


def orders(rows: Sequence[Row]) -> list[Order]:
    """From the list "jobs"; those that make nothing, or have no time yet, are left out."""
    return [
        Order(
            code=row["code"],
            order=row["order"],
            operation=int(row["operation"] or 0),
            status=row["status"],
            equipment=row["equipment"] or "",
            material=row["material"],
            family=row["setup_family"] or "",
            run_s=float(row["run_s"] or 0),
            fixed_s=float(row["fixed_run_s"] or 0),
            quantity=int(float(row["quantity"])),
            made=int(float(row["good"] or 0) + float(row["scrap"] or 0)),
            good=int(float(row["good"] or 0)),
            planned=int(datetime.fromisoformat(row["planned_start"]).timestamp()),
        )
        for row in rows
        if row["order"] and row["planned_start"]
    ]


def _calendar(code: str | None, nodes: Mapping[str, Row]) -> str:
    """Its own, or that of the nearest node above it."""
    while code is not None and code in nodes:
        if nodes[code]["calendar"]:
            return str(nodes[code]["calendar"])
        code = nodes[code]["parent"]
    return ""


def _hours(calendar: Row, lists: Mapping[str, Sequence[Row]], at: int) -> Hours:
    if calendar["is_always_open"]:
        return ROUND_THE_CLOCK
    shifts, breaks, closed = (
        [row for row in lists[name] if row["calendar"] == calendar["code"]]
        for name in ("calendar-shifts", "calendar-breaks", "calendar-exceptions")
    )
    if not shifts:
        return NEVER
    first = datetime.fromtimestamp(at - BEFORE * 86_400, UTC).date()
    return hours_of(shifts, breaks, closed, first=first, days=BEFORE + AHEAD)
