"""The rules of a project, checked from their definitions."""

from collections.abc import Iterator, Sequence

from .project import Project


def check_project_plan(project: Project, mode: Sequence[int], start: Sequence[int]) -> list[str]:
    """What is wrong with a plan, in sentences.

    Parameters
    ----------
    mode : shape (N,)
        Row of the project's modes for each activity.
    start : shape (N,)
    """
    first = project.first_mode.tolist()
    for i, row in enumerate(mode):
        if not first[i] <= row < first[i + 1]:
            return [f"Activity {i} has no mode {row}."]
    end = [start[i] + int(project.duration[row]) for i, row in enumerate(mode)]
    return [
        *_order(project, start, end),
        *_stocks(project, mode),
        *_capacities(project, mode, start, end),
    ]


def _order(project: Project, start: Sequence[int], end: Sequence[int]) -> Iterator[str]:
    for i in range(len(project)):
        if start[i] < project.release[i]:
            yield f"Activity {i} starts before its release."
        for j in project.after[project.first_after[i] : project.first_after[i + 1]].tolist():
            if start[j] < end[i]:
                yield f"Activity {j} starts before its predecessor {i} ends."


def _stocks(project: Project, mode: Sequence[int]) -> Iterator[str]:
    for kind, stock in enumerate(project.stock.tolist()):
        used = sum(int(project.use[row, kind]) for row in mode)
        if used > stock:
            yield f"Resource {kind} that is used up: {used} of {stock}."


def _capacities(
    project: Project, mode: Sequence[int], start: Sequence[int], end: Sequence[int]
) -> Iterator[str]:
    for kind, capacity in enumerate(project.capacity.tolist()):
        events = []
        for i, row in enumerate(mode):
            if need := int(project.demand[row, kind]):
                events += [(start[i], need), (end[i], -need)]
        held = 0
        for moment, change in sorted(events):  # what is given back comes first
            held += change
            if held > capacity:
                yield f"Resource {kind}: {held} of {capacity} held at {moment}."
                break
