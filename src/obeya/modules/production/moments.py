"""What was told late is told together, and yet happened each at a time of its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from obeya.plant.work.models import JobOrder

Thing = TypeVar("Thing")


def by_moment(moments: Sequence[datetime], things: Sequence[Thing]) -> dict[datetime, list[Thing]]:
    """`things[i]` happened at `moments[i]`; mostly there is one moment."""
    found: dict[datetime, list[Thing]] = {}
    for moment, thing in zip(moments, things, strict=True):
        found.setdefault(moment, []).append(thing)
    return found


def of_orders(
    moments: Sequence[datetime], jobs: Sequence[JobOrder]
) -> Mapping[int | None, list[datetime]]:
    """When something happened to jobs of each order."""
    found: dict[int | None, list[datetime]] = defaultdict(list)
    for moment, job in zip(moments, jobs, strict=True):
        found[job.supply_order_id].append(moment)
    return found
