"""Texts of project scheduling benchmarks, read into projects."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ..projects.project import Activity, Project
from .layout import lines_of


def read_patterson(text: str) -> Project:
    """Read numbers alone: activities, resources, capacities; then the activities.

    Per activity: duration, demands, number of successors, successors (from 1). Lines may be
    broken anywhere.
    """
    numbers = iter([int(token) for token in text.split()])
    count, resources = _some(numbers, 2)
    capacity = _some(numbers, resources)
    activities = []
    for _ in range(count):
        duration, *demands, after = _some(numbers, 2 + resources)
        successors = [i - 1 for i in _some(numbers, after)]
        activities.append(Activity([(duration, demands)], successors))
    if left := len(list(numbers)):
        raise ValueError(f"The text has {left} numbers too many.")
    return _without_circles(Project.of(activities, capacity=capacity))


def read_psplib(text: str) -> Project:
    """Read the layout of PSPLIB and MMLIB: precedence, requests and availabilities by headings.

    Resources that are used up (N) come after those that are given back (R).

    Raises
    ------
    ValueError
        If a row is not as long as the resources and the counts in it ask for.
    """
    lines = [line.strip() for line in lines_of(text) if re.search(r"\w", line)]
    precedence, requests, availabilities = (
        _line_of(lines, heading)
        for heading in ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "AVAILABILITIES")
    )
    kinds, available = _resources(lines[availabilities + 1 :])
    order = sorted(range(len(available)), key=lambda k: kinds[k] != "R")
    rows = iter(_number_rows(lines[requests + 1 : availabilities]))
    activities = []
    for number, row in enumerate(_number_rows(lines[precedence + 1 : requests]), start=1):
        if len(row) < 3:
            raise ValueError(f"The row {row} says too little. Expected number, modes, successors.")
        _refuse_other(row[0], number, "is the activity", row)
        successors = [i for i in row[3:] if i]
        _refuse_other(len(successors), row[2], "successors", row)
        ways = []
        for mode in range(1, row[1] + 1):
            own = next(rows, [])
            if mode == 1:
                _refuse_other(own[0] if own else 0, number, "is the activity", own)
                own = own[1:]
            _refuse_other(len(own), 2 + len(available), "numbers of a mode", own)
            _refuse_other(own[0], mode, "is the mode", own)
            ways.append((own[1], [own[2 + k] for k in order]))
        activities.append(Activity(ways, [i - 1 for i in successors]))
    _refuse_other(len(list(rows)), 0, "rows of modes too many", [])
    given_back = kinds.count("R")
    limits = [available[k] for k in order]
    project = Project.of(activities, capacity=limits[:given_back], stock=limits[given_back:])
    return _without_circles(project)


def read_mplib(text: str) -> Project:
    """Read several projects that share resources; successors as ``project:activity`` (from 1).

    Projects, resources and capacities; per project its number of activities and its release, a
    line that says which resources it uses, and its activities as in Patterson's layout.
    """
    rows = iter([line.split() for line in lines_of(text) if line.strip()])
    projects, resources = int(next(rows)[0]), int(next(rows)[0])
    capacity = [int(token) for token in next(rows)]
    _refuse_other(len(capacity), resources, "capacities", capacity)
    read: list[tuple[int, list[int], list[str], int]] = []
    index: dict[str, int] = {}
    for project in range(1, projects + 1):
        count, release = (int(token) for token in next(rows)[:2])
        next(rows)
        for activity in range(1, count + 1):
            row = next(rows)
            index[f"{project}:{activity}"] = len(read)
            duration, *demands, after = (int(token) for token in row[: 2 + resources])
            _refuse_other(len(demands), resources, "needs", row)
            _refuse_other(len(row) - 2 - resources, after, "successors", row)
            read.append((duration, demands, row[2 + resources :], release))
    if left := len(list(rows)):
        raise ValueError(f"The text has {left} lines too many.")
    project_of_all = Project.of(
        [
            Activity([(duration, demands)], [index[name] for name in names], release)
            for duration, demands, names, release in read
        ],
        capacity=capacity,
    )
    return _without_circles(project_of_all)


def _some(numbers: Iterator[int], count: int) -> list[int]:
    found = list(islice(numbers, max(count, 0)))
    if len(found) < count:
        raise ValueError(f"The text ends where {count} more are expected.")
    return found


def _refuse_other(found: int, expected: int, what: str, row: Sequence[object]) -> None:
    if found != expected:
        where = f" in the row {' '.join(str(each) for each in row)}" if row else ""
        raise ValueError(f"{found} {what}{where}. Expected {expected}.")


def _without_circles(project: Project) -> Project:
    project.topological()  # refuses them
    return project


def _resources(lines: list[str]) -> tuple[list[str], list[int]]:
    """Kind of each resource, R or N, and how much of it there is."""
    if len(lines) < 2:
        raise ValueError("The text ends before the availabilities of the resources.")
    kinds = re.findall(r"\b([A-Z])\s*\d*\b", lines[0])
    if not set(kinds) <= {"R", "N"}:
        raise ValueError(f"Resources {' '.join(kinds)}. Expected each to be R or N.")
    available = [int(token) for token in lines[1].split()]
    _refuse_other(len(available), len(kinds), "availabilities", available)
    return kinds, available


def _number_rows(lines: list[str]) -> list[list[int]]:
    return [[int(token) for token in line.split()] for line in lines if _is_numbers(line)]


def _line_of(lines: list[str], heading: str) -> int:
    found = next((i for i, line in enumerate(lines) if heading in line.upper()), None)
    if found is None:
        raise ValueError(f"Expected a heading {heading}.")
    return found


def _is_numbers(line: str) -> bool:
    return all(token.lstrip("-").isdigit() for token in line.split())
