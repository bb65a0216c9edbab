"""Sorted, disjoint [start, end) intervals of seconds, and steps of how many are present."""

from collections.abc import Iterable, Sequence

Interval = tuple[int, int]
Presence = tuple[int, int, int]  # start, end, heads


def heads_present(people: Iterable[Sequence[Interval]]) -> list[Presence]:
    """How many of these people are there, step by step; nobody is no step."""
    changes: dict[int, int] = {}
    for presence in people:
        for start, end in presence:
            changes[start] = changes.get(start, 0) + 1
            changes[end] = changes.get(end, 0) - 1
    result: list[Presence] = []
    there, since = 0, 0
    for moment in sorted(changes):
        if there and moment > since:
            result.append((since, moment, there))
        there += changes[moment]
        since = moment
    return result
