"""Who was not there: holidays in blocks, illness in spells, and now and then nobody knows why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from math import cos, pi
from zoneinfo import ZoneInfo

import numpy as np

from obeya.kestrel.past.hours import holidays_between, instant
from obeya.kestrel.past.places import moment
from obeya.kestrel.places import CALENDARS
from obeya.kestrel.rows import Row

SICK_MEAN, SICK_SWING, WORST_MONTH = 5.8, 2.0, 2  # percent of shifts; 8 in February, 4 in August
MONDAY = 1.25  # more spells begin then
SPELL_DAYS = 3.2  # mean; geometric
HOLIDAY_PERCENT = 11
BLOCKS = (5, 5, 5, 10, 10, 3, 1)  # working days of a holiday
NO_SHOW_PERCENT = 0.6


def absences(
    people: Iterable[Row], began: int, now: int, *, zone: ZoneInfo, rng: np.random.Generator
) -> list[Row]:
    """A row for each missed shift that is over; ``people`` have a row for each skill of theirs."""
    crews = {row["code"]: row["calendar"] for row in people}
    first, today = (moment(at).astimezone(zone).date() for at in (began, now))
    closed = set(holidays_between(first, today))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    days = [day for day in days if day.weekday() < 5 and day not in closed]
    rows = []
    for code, crew in crews.items():
        [(_, _, starts, ends, _)] = CALENDARS[crew][1]
        for day, reason in _missed(days, rng):
            shift = _shift(day, starts, ends, zone)
            if shift["ended_at"] <= moment(now):
                rows.append({"person": code, "reason": reason, **shift})
    return sorted(rows, key=lambda row: (row["began_at"], row["person"]))


def _missed(days: Sequence[date], rng: np.random.Generator) -> Iterator[tuple[date, str]]:
    """Day by day; who is away for longer comes back before he goes again."""
    place = 0
    block = sum(BLOCKS) / len(BLOCKS)
    present = 1 - (HOLIDAY_PERCENT + SICK_MEAN) / 100  # what begins, begins on a day at work
    while place < len(days):
        day = days[place]
        away, reason = 0, ""
        sick = sick_percent(day) / 100 / SPELL_DAYS / present * _monday(day)
        draw = rng.random()
        if draw < HOLIDAY_PERCENT / 100 / block / present:
            away, reason = int(rng.choice(BLOCKS)), "HOLIDAY"
        elif draw < HOLIDAY_PERCENT / 100 / block / present + sick:
            away, reason = int(rng.geometric(1 / SPELL_DAYS)), "SICK"
        elif rng.random() < NO_SHOW_PERCENT / 100 / present:
            away, reason = 1, "NO SHOW"
        for missed in days[place : place + away]:
            yield missed, reason
        place += max(away, 1)


def sick_percent(day: date) -> float:
    return SICK_MEAN + SICK_SWING * cos(2 * pi * (day.month - WORST_MONTH) / 12)


def _monday(day: date) -> float:
    """As many in all, more of them on Mondays."""
    return (MONDAY if day.weekday() == 0 else 1.0) * 5 / (4 + MONDAY)


def _shift(day: date, starts: time, ends: time, zone: ZoneInfo) -> Row:
    last = day if ends > starts else day + timedelta(days=1)
    return {
        "began_at": moment(instant(zone, day, starts)),
        "ended_at": moment(instant(zone, last, ends)),
    }
