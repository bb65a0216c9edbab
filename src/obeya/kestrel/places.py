"""Calendars, the equipment tree and the reasons, as rows of their sheets."""

from collections.abc import Iterator
from datetime import date, time

from obeya.kestrel.rows import Row
from obeya.kestrel.work_centers import AREAS, FURNACE, STORAGES, WORK_CENTERS, Machine

EARLY = ("Early", "Mon-Fri", time(6), time(14), "10:00-10:30")
LATE = ("Late", "Mon-Fri", time(14), time(22), "18:00-18:30")
NIGHT = ("Night", "Mon-Fri", time(22), time(6), "02:00-02:30")
CALENDARS = {
    "3-SHIFT": ("Three shifts", (EARLY, LATE, NIGHT)),
    "2-SHIFT": ("Two shifts", (EARLY, LATE)),
    "EARLY": ("Early crew", (EARLY,)),
    "LATE": ("Late crew", (LATE,)),
    "NIGHT": ("Night crew", (NIGHT,)),
    FURNACE: ("Furnaces, round the clock but for Sunday's upkeep", (
        ("Day and night", "Mon-Sat", time(6), time(6), ""),
        ("Sunday evening", "Sun", time(18), time(6), ""),
    )),
}  # fmt: skip
REASONS: dict[str, dict[str, tuple[str, ...]]] = {
    "down": {"TECHNICAL": ("SENSOR", "SPINDLE", "HYDRAULIC", "FIXTURE", "LOADER", "ROBOT"),
             "ORGANISATION": ("NO MATERIAL", "NO OPERATOR", "WAIT FOR QUALITY", "TOOL AND ADJUST",
                              "CLEANING", "OTHER")},
    "scrap": {"SIZE": ("SIZE DRIFT", "SETUP PIECE"),
              "MATERIAL": ("POROSITY", "HARDNESS", "WELD"),
              "HANDLING": ("DROPPED", "MISSING PART")},
    "absence": {"ABSENCE": ("SICK", "HOLIDAY", "TRAINING", "NO SHOW")},
    "stock": {"COUNT": ("FOUND", "MISSING")},
}  # fmt: skip


def holidays_of(year: int) -> list[tuple[str, date, date | None]]:
    """Name, first day, last day of those that begin with the year's Christmas."""
    return [("Christmas", date(year, 12, 25), date(year, 12, 26)),
            ("New Year", date(year + 1, 1, 1), None)]  # fmt: skip


def calendars(year: int) -> Iterator[Row]:
    """With the holidays of the year before, too: the plant has a past."""
    holidays = [*holidays_of(year - 1), *holidays_of(year)]
    for code, (name, shifts) in CALENDARS.items():
        for shift, days, starts, ends, breaks in shifts:
            yield {"calendar": code, "name": name, "shift": shift, "days": days,
                   "starts_at": starts, "ends_at": ends, "breaks": breaks}  # fmt: skip
        if code == FURNACE:
            continue
        for holiday, first, last in holidays:
            yield {"calendar": code, "name": name, "shift": holiday, "on_date": first,
                   "ends_on": last}  # fmt: skip


def copies_of(machine: str, copies: int) -> list[str]:
    """The machine and its likes in a bigger plant: TURN-1, TURN-1B, TURN-1C."""
    return [machine, *(f"{machine}{'ABCDEFGHIJ'[number]}" for number in range(1, copies))]


def machines_of(copies: int) -> dict[str, list[str]]:
    """The codes of all machines by work center."""
    return {
        center.code: [
            code for machine in center.machines for code in copies_of(machine.code, copies)
        ]
        for center in WORK_CENTERS
    }


def equipment(copies: int) -> Iterator[Row]:
    for code, name in AREAS.items():
        yield {"code": code, "name": name, "level": "area"}
    for code, name in STORAGES.items():
        yield {"code": code, "name": name, "level": "storage"}
    for center in WORK_CENTERS:
        yield {"code": center.code, "name": center.name, "level": "work_center",
               "parent": center.area, "calendar": center.calendar}  # fmt: skip
        for machine in center.machines:
            places = center.batch_places if _is_furnace(machine) else None
            for code in copies_of(machine.code, copies):
                yield {
                    "code": code,
                    "name": machine.name + code.removeprefix(machine.code),
                    "parent": center.code,
                    "classes": machine.classes,
                    "batch_places": places,
                    "setup_family": machine.family,
                }


def _is_furnace(machine: Machine) -> bool:
    return bool({"CARBURISING", "TEMPERING", "BAKE OVENS"} & set(machine.classes))


def reasons() -> Iterator[Row]:
    for kind, groups in REASONS.items():
        for group, codes in groups.items():
            yield {"kind": kind, "code": group, "name": group.capitalize()}
            for code in codes:
                yield {"kind": kind, "code": code, "name": code.capitalize(), "parent": group}
