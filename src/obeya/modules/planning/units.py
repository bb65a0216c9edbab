"""Quantities as millionths and moments as seconds, and back."""

from datetime import UTC, datetime
from decimal import Decimal

from obeya.plant.log.fields import MILLION


def millionths(quantity: Decimal) -> int:
    return int(quantity * MILLION)


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
