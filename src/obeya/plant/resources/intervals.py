"""Sets of instants as sorted, disjoint, half-open [began_at, ended_at) intervals."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    began_at: datetime
    ended_at: datetime  # exclusive

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.began_at


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted and joined where they touch; empty ones vanish."""
    joined: list[Interval] = []
    for each in sorted(each for each in intervals if each.ended_at > each.began_at):
        if joined and each.began_at <= joined[-1].ended_at:
            last = joined[-1]
            joined[-1] = Interval(last.began_at, max(last.ended_at, each.ended_at))
        else:
            joined.append(each)
    return joined


def without(intervals: Iterable[Interval], cuts: Iterable[Interval]) -> list[Interval]:
    """What is left of the intervals outside the cuts."""
    left: list[Interval] = []
    holes = union(cuts)
    for began_at, ended_at in union(intervals):
        at = began_at
        for hole in holes:
            if hole.ended_at <= at or hole.began_at >= ended_at:
                continue
            if hole.began_at > at:
                left.append(Interval(at, hole.began_at))
            at = max(at, hole.ended_at)
        if at < ended_at:
            left.append(Interval(at, ended_at))
    return left


def clipped(
    intervals: Iterable[Interval], began_at: datetime, ended_at: datetime
) -> list[Interval]:
    """The part of the intervals inside [began_at, ended_at)."""
    inside = (
        Interval(max(each.began_at, began_at), min(each.ended_at, ended_at)) for each in intervals
    )
    return [each for each in inside if each.began_at < each.ended_at]
