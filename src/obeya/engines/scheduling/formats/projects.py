"""Texts of project scheduling benchmarks, read into projects."""

import re
from itertools import islice

from ..projects.project import Activity, Project


def read_patterson(text: str) -> Project:
    """Read numbers alone: activities, resources, capacities; then the activities.

    Per activity: duration, demands, number of successors, successors (from 1). Lines may be
    broken anywhere.
    """
    numbers = iter([int(token) for token in text.split()])
    count, resources = next(numbers), next(numbers)
    capacity = list(islice(numbers, resources))
    activities = []
    for _ in range(count):
        duration, *demands = islice(numbers, 1 + resources)
        successors = [i - 1 for i in islice(numbers, next(numbers))]
        activities.append(Activity([(duration, demands)], successors))
    return Project.of(activities, capacity=capacity)


def read_psplib(text: str) -> Project:
    """Read the layout of PSPLIB and MMLIB: precedence, requests and availabilities by headings.

    Resources that are used up (N) come after those that are given back (R).
    """
    lines = [line.strip() for line in text.splitlines() if re.search(r"\w", line)]
    precedence, requests, availabilities = (
        _line_of(lines, heading)
        for heading in ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "AVAILABILITIES")
    )
    kinds = re.findall(r"\b([RN])\b", lines[availabilities + 1])
    available = [int(token) for token in lines[availabilities + 2].split()]
    order = sorted(range(len(available)), key=lambda k: _kind(kinds, k) != "R")
    rows = [
        [int(token) for token in line.split()]
        for line in lines[requests + 1 : availabilities]
        if _is_numbers(line)
    ]
    activities, at = [], 0
    for line in lines[precedence + 1 : requests]:
        if not _is_numbers(line):
            continue
        _, modes, _, *successors = (int(token) for token in line.split())
        own = rows[at : at + modes]
        at += modes
        ways = [(row[-len(available) - 1], [row[k - len(available)] for k in order]) for row in own]
        activities.append(Activity(ways, [i - 1 for i in successors if i]))
    given_back = sum(_kind(kinds, k) == "R" for k in order)
    limits = [available[k] for k in order]
    return Project.of(activities, capacity=limits[:given_back], stock=limits[given_back:])


def read_mplib(text: str) -> Project:
    """Read several projects that share resources; successors as ``project:activity`` (from 1).

    Projects, resources and capacities; per project its number of activities and its release, a
    line that says which resources it uses, and its activities as in Patterson's layout.
    """
    rows = iter(line.split() for line in text.splitlines() if line.strip())
    projects, resources = int(next(rows)[0]), int(next(rows)[0])
    capacity = [int(token) for token in next(rows)]
    read: list[tuple[int, list[int], list[str], int]] = []
    index: dict[str, int] = {}
    for project in range(1, projects + 1):
        count, release = (int(token) for token in next(rows)[:2])
        next(rows)
        for activity in range(1, count + 1):
            row = next(rows)
            index[f"{project}:{activity}"] = len(read)
            demands = [int(token) for token in row[1 : 1 + resources]]
            read.append((int(row[0]), demands, row[2 + resources :], release))
    return Project.of(
        [
            Activity([(duration, demands)], [index[name] for name in names], release)
            for duration, demands, names, release in read
        ],
        capacity=capacity,
    )


def _line_of(lines: list[str], heading: str) -> int:
    found = next((i for i, line in enumerate(lines) if heading in line.upper()), None)
    if found is None:
        raise ValueError(f"Expected a heading {heading}.")
    return found


def _kind(kinds: list[str], k: int) -> str:
    return kinds[k] if k < len(kinds) else "R"


def _is_numbers(line: str) -> bool:
    return all(token.lstrip("-").isdigit() for token in line.split())
