"""An arc of a circle among things that wait for each other, to be named in a refusal."""

from collections.abc import Iterable


def arc_of_circle(count: int, arcs: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """An arc (before, after) without which one circle would be open; None if there is none.

    Takes away what waits for nothing until nothing is left (Kahn 1962); of what is left each waits
    for something that is left too, so going back from any of it ends in a circle.
    """
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for first, second in arcs:
        before[second].append(first)
        after[first].append(second)
    waits_for = [len(these) for these in before]
    free = [i for i, many in enumerate(waits_for) if many == 0]
    for i in free:
        for j in after[i]:
            waits_for[j] -= 1
            if waits_for[j] == 0:
                free.append(j)
    if len(free) == count:
        return None
    at, seen = next(i for i, many in enumerate(waits_for) if many), set()
    while at not in seen:
        seen.add(at)
        at = next(i for i in before[at] if waits_for[i])
    return next(i for i in before[at] if waits_for[i]), at
