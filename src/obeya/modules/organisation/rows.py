"""What a row of each sheet of this room says. Field names are the columns of the import.

A row is the whole statement about its noun: a field left out means its default, not "leave it
as it is" (the import fills absent columns from the rows as they stand, `queries.*_rows`).
References are codes. Each field is annotated with its meaning and unit, which the empty
workbook shows as a hint. ``KEY`` names the columns that say *which* noun is meant.

Types used in all rooms' rows: str, int, bool, Decimal, date, time, datetime (without a zone:
the site's wall clock), ``Literal`` (one of), ``X | None`` (may be empty), ``tuple[str, ...]``
(codes separated by commas), ``translations`` (columns ``name_de``, ``name_es`` …) and ``extra``
(custom fields).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

EquipmentLevel = Literal["area", "work_center", "work_unit", "storage"]
ReasonKind = Literal["down", "idle", "scrap", "rework", "stock", "absence", "issue", "override"]


@dataclass(frozen=True)
class CalendarRow:
    """One shift of a calendar, or (with ``on_date``) one exception to it such as a holiday."""

    SHEET: ClassVar[str] = "Calendars"
    KEY: ClassVar[tuple[str, ...]] = ("calendar", "days", "starts_at", "valid_from", "on_date")
    TOLD_ONCE: ClassVar[tuple[str, ...]] = ("is_always_open", "name")

    calendar: Annotated[str, "code of the calendar; unique in the site"]
    shift: Annotated[str, "name of the shift, or of the exception (Christmas)"] = ""
    days: Annotated[str, "weekdays on which it starts: Mon-Fri or Mon,Wed,Sat"] = ""
    starts_at: Annotated[time | None, "wall clock of the site"] = None
    ends_at: Annotated[time | None, "wall clock; at or before the start means the next day"] = None
    breaks: Annotated[str, "pauses in the shift: 10:00-10:30, 13:00-13:15"] = ""
    valid_from: Annotated[date | None, "first day of the pattern; empty: always was"] = None
    valid_to: Annotated[date | None, "last day of the pattern; empty: for good"] = None
    on_date: Annotated[date | None, "an exception instead of a shift: its first day"] = None
    ends_on: Annotated[date | None, "last day of the exception; empty: one day"] = None
    is_working: Annotated[bool, "the exception is extra work, not a day off"] = False
    is_always_open: Annotated[bool, "round the clock; then no shifts are needed"] = False
    name: Annotated[str, "name of the calendar; empty: its code"] = ""


@dataclass(frozen=True)
class EquipmentRow:
    """One node of the equipment tree: an area, a work center, a machine or a storage."""

    SHEET: ClassVar[str] = "Equipment"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "as painted on the machine; unique in the site"]
    name: Annotated[str, "what people call it; empty: its code"] = ""
    level: Annotated[EquipmentLevel, "area, work center, work unit (machine) or storage"] = (
        "work_unit"
    )
    parent: Annotated[str, "code of the area or work center that it stands in"] = ""
    calendar: Annotated[str, "code of its calendar; empty: that of its parent"] = ""
    classes: Annotated[tuple[str, ...], "classes of like machines, made if new: CNC, 5-AXIS"] = ()
    capacity: Annotated[int, "jobs that it runs at the same time"] = 1
    batch_places: Annotated[int | None, "places of a furnace or oven; empty: no batches"] = None
    is_virtual: Annotated[bool, "a place that exists only in the books"] = False
    setup_family: Annotated[str, "setup family that it is set up for now"] = ""
    translations: Annotated[Mapping[str, str], "name by language"] = field(default_factory=dict)
    extra: Annotated[Mapping[str, object], "custom fields"] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonRow:
    """One person with one skill; a person with three skills takes three rows."""

    SHEET: ClassVar[str] = "People"
    KEY: ClassVar[tuple[str, ...]] = ("code", "skill", "valid_from")
    TOLD_ONCE: ClassVar[tuple[str, ...]] = ("name", "calendar", "language", "extra")

    code: Annotated[str, "staff number; unique in the enterprise"]
    name: Annotated[str, "may be empty from the person's second row on"] = ""
    skill: Annotated[str, "code of the skill, made if new; empty: none"] = ""
    level: Annotated[int, "0 none, 1 learning, 2 under guidance, 3 alone, 4 teaches"] = 3
    valid_from: Annotated[date | None, "first day on which the skill counts"] = None
    valid_until: Annotated[date | None, "last day on which it counts; empty: for good"] = None
    calendar: Annotated[str, "code of the calendar that the person works by"] = ""
    language: Annotated[str, "language code of the person's screens: en, de"] = ""
    extra: Annotated[Mapping[str, object], "custom fields"] = field(default_factory=dict)


@dataclass(frozen=True)
class PartyRow:
    """A customer, a supplier, or both."""

    SHEET: ClassVar[str] = "Parties"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "unique in the enterprise"]
    name: Annotated[str, "empty: its code"] = ""
    is_customer: Annotated[bool, "buys from us"] = False
    is_supplier: Annotated[bool, "we buy from it, or it works for us outside"] = False
    language: Annotated[str, "language code of what we send it: en, de"] = ""
    lead_time_days: Annotated[Decimal | None, "its usual lead time [calendar days]"] = None
    extra: Annotated[Mapping[str, object], "custom fields"] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitRow:
    """A unit of measure."""

    SHEET: ClassVar[str] = "Units"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "UN/ECE recommendation 20: H87 piece, KGM kilogram, MTR metre"]
    name: Annotated[str, "as shown: pcs, kg, m"]
    dimension: Annotated[str, "count, mass, length, area, volume, time or energy"] = "count"
    decimals: Annotated[int, "decimals shown, 0 to 6"] = 0


@dataclass(frozen=True)
class ReasonRow:
    """Why something stopped, was scrapped or was put right; a tree for each kind."""

    SHEET: ClassVar[str] = "Reasons"
    KEY: ClassVar[tuple[str, ...]] = ("kind", "code")

    kind: Annotated[ReasonKind, "what it explains"]
    code: Annotated[str, "unique in its kind"]
    name: Annotated[str, "as shown on the terminal; empty: its code"] = ""
    parent: Annotated[str, "code of the wider reason of the same kind"] = ""


@dataclass(frozen=True)
class AbsenceRow:
    """Somebody was not there in hours that his shift had for him; a row for each shift."""

    KEY: ClassVar[tuple[str, ...]] = ("person", "began_at")

    person: Annotated[str, "code of the person"]
    began_at: Annotated[datetime, "start of the missed hours"]
    ended_at: Annotated[datetime, "end of the missed hours, not later than now"]
    reason: Annotated[str, "code of a reason of absence; empty: nobody knows"] = ""


@dataclass(frozen=True)
class DemoClockRow:
    """What a demo plant's clock shows from now on, and how fast it runs."""

    shown: datetime
    rate: Annotated[Decimal, "how many times as fast as real time; 0 stands still"] = Decimal(1)
