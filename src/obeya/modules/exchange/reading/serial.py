"""Excel's days since 1900, with its own idea of February 1900."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

# Cells have no zone: they say what the wall clock of the site says.
EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


def clock(seconds: int) -> time:
    """Seconds since midnight, below a day, as the wall clock shows them."""
    return time(seconds // 3_600, seconds // 60 % 60, seconds % 60)


def moment(
    serial: Decimal, shown_as: str, epoch: datetime = EPOCH_1900
) -> date | datetime | time | timedelta:
    """What Excel shows for a serial number of days, to the second.

    ``shown_as`` is date, time, datetime or duration, as the cell's format says.
    """
    if serial < 0:
        raise ValueError("Expected a serial number >= 0.")
    seconds = _seconds(serial)
    if shown_as == "duration":
        return timedelta(seconds=seconds)
    if shown_as == "time" and seconds < 86_400:
        return clock(seconds)
    at = point(serial, epoch)
    return at.date() if shown_as == "date" and not seconds % 86_400 else at


def point(serial: Decimal, epoch: datetime = EPOCH_1900) -> datetime:
    """Day and time of day of a serial number.

    Excel believes in a 29 February 1900; serials before it count from one day later.
    """
    before_leap = epoch == EPOCH_1900 and serial < 60
    return epoch + timedelta(seconds=_seconds(serial), days=1 if before_leap else 0)


def _seconds(serial: Decimal) -> int:
    return int((serial * 86_400).to_integral_value())
