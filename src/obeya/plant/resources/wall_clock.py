"""From the wall clock of a site to UTC, on every day of the year.

A later wall time is never an earlier instant, so shifts that follow each other on the wall do so in
UTC. An ambiguous time (clocks went back) is its first occurrence. A time that does not exist
(clocks went forward) is the instant of the change.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from obeya.plant.resources.intervals import Interval

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def instant(zone: ZoneInfo, wall: datetime) -> datetime:
    """The UTC instant at which clocks of the zone show `wall` (naive)."""
    guess = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if guess.astimezone(zone).replace(tzinfo=None) == wall:
        return guess
    return _change_before(zone, wall, guess)


def _change_before(zone: ZoneInfo, wall: datetime, after: datetime) -> datetime:
    """The instant at which clocks jumped over `wall`; `after` is later than that."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while after - before > SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def window(zone: ZoneInfo, day: date, starts_at: time, ends_at: time) -> Interval:
    """From one wall time to another; an end at or before the start is on the next day."""
    begins = datetime.combine(day, starts_at)
    ends = datetime.combine(day, ends_at)
    if ends <= begins:
        ends += DAY
    return Interval(instant(zone, begins), instant(zone, ends))


def production_window(zone: ZoneInfo, day_start: time, day: date) -> Interval:
    """One production day of a site: from its start to the start of the next."""
    return window(zone, day, day_start, day_start)


def production_day(zone: ZoneInfo, day_start: time, moment: datetime) -> date:
    """The production day of an instant: before the day's start it is still yesterday."""
    day = moment.astimezone(zone).date()
    return day if moment >= instant(zone, datetime.combine(day, day_start)) else day - DAY
