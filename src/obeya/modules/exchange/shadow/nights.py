"""When a list is looked for: once a night by the wall clock of its site."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from obeya.plant.resources.wall_clock import instant

DAY = timedelta(days=1)


def next_night(zone: ZoneInfo, at: time, now: datetime) -> datetime:
    """The first moment after ``now`` at which clocks there show ``at``: once a day, also on the
    days on which they are set.
    """
    day = now.astimezone(zone).date()
    moment = instant(zone, datetime.combine(day, at))
    return moment if moment > now else instant(zone, datetime.combine(day + DAY, at))
