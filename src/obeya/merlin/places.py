"""Calendars, the equipment tree and the reasons, as rows of their sheets."""

from collections.abc import Iterator
from datetime import date

from obeya.kestrel.places import EARLY, LATE, NIGHT
from obeya.kestrel.rows import Row
from obeya.merlin.lines import AREAS, STOPS, STORAGES, WORK_CENTERS

CALENDARS = {
    "2-SHIFT": ("Two shifts", (EARLY, LATE)),
    "3-SHIFT": ("Three shifts", (EARLY, LATE, NIGHT)),
    "EARLY": ("Early crew", (EARLY,)),
    "LATE": ("Late crew", (LATE,)),
    "NIGHT": ("Night crew", (NIGHT,)),
}
REASONS: dict[str, dict[str, tuple[str, ...]]] = {
    "down": {"TECHNICAL": tuple(each.code for each in STOPS),
             "ORGANISATION": ("NO MATERIAL", "NO OPERATOR", "WAIT FOR QUALITY", "NO PROGRAM",
                              "PASTE NOT READY", "OTHER")},
    "scrap": {"SOLDERING": ("BRIDGE", "OPEN", "TOMBSTONE"),
              "PLACING": ("MISSING", "SHIFTED", "WRONG PART"),
              "HANDLING": ("DROPPED", "ESD", "FLOOR LIFE OVER")},
    "rework": {"TOUCH UP": ("BRIDGE", "OPEN", "TOMBSTONE", "MISSING", "FALSE CALL")},
    "absence": {"ABSENCE": ("SICK", "HOLIDAY", "TRAINING", "NO SHOW")},
    "stock": {"COUNT": ("FOUND", "MISSING", "ATTRITION")},
}  # fmt: skip


def calendars(year: int) -> Iterator[Row]:
    for code, (name, shifts) in CALENDARS.items():
        for shift, days, starts, ends, breaks in shifts:
            yield {"calendar": code, "name": name, "shift": shift, "days": days,
                   "starts_at": starts, "ends_at": ends, "breaks": breaks}  # fmt: skip
        for holiday, first, last in (("Christmas", date(year, 12, 25), date(year, 12, 26)),
                                     ("New Year", date(year + 1, 1, 1), None)):  # fmt: skip
            yield {"calendar": code, "name": name, "shift": holiday, "on_date": first,
                   "ends_on": last}  # fmt: skip


def equipment() -> Iterator[Row]:
    for code, name in AREAS.items():
        yield {"code": code, "name": name, "level": "area"}
    for code, name in STORAGES.items():
        yield {"code": code, "name": name, "level": "storage"}
    for center in WORK_CENTERS:
        yield {"code": center.code, "name": center.name, "level": "work_center",
               "parent": center.area, "calendar": center.calendar}  # fmt: skip
        for code, name in center.machines:
            yield {"code": code, "name": name, "parent": center.code,
                   "classes": (center.machine_class,)}  # fmt: skip


def reasons() -> Iterator[Row]:
    for kind, groups in REASONS.items():
        for group, codes in groups.items():
            yield {"kind": kind, "code": group, "name": group.capitalize()}
            for code in codes:
                yield {"kind": kind, "code": code, "name": code.capitalize(), "parent": group}
