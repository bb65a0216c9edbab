"""Which of the published layouts a text has; seen in the text, not in its name."""

import re
from collections.abc import Sequence
from enum import StrEnum

LOOKED_AT = 40  # rows of jobs that must fit before a layout is believed


class Layout(StrEnum):
    """The layouts that are read; see the readers beside this file for what stands in each."""

    OPS = "ops"  # JSON of an online printing shop
    PSPLIB = "psplib"  # project with modes, by headings
    MPLIB = "mplib"  # several projects, successors as project:activity
    PATTERSON = "patterson"  # one project, numbers only
    FJS = "fjs"  # flexible job shop
    FJS_SETUPS = "fjs-setups"  # the same with blocks of setups
    FJS_ROWS = "fjs-rows"  # flexible job shop, one row of durations per operation
    FAJSP = "fajsp"  # flexible shop with a graph of predecessors
    JSP = "jsp"  # pairs of machine and duration
    JSP_BLOCKS = "jsp-blocks"  # a block of durations, a block of machines
    HYBRID = "hybrid"  # machines per stage, then durations
    LINE = "line"  # durations alone: a flow shop, with or without waits
    LINE_SETUPS = "line-setups"  # durations, then one block of setups per machine
    LINE_DUES = "line-dues"  # due times, then durations


class UnknownLayout(ValueError):
    """The text has none of the layouts that are read."""


def layout_of(text: str) -> Layout:
    """Recognise the layout of a text.

    Raises
    ------
    UnknownLayout
        With what was expected.
    """
    start = text.lstrip()[:1]
    if start in {"{", "["}:
        return Layout.OPS
    if _HAS_HEADING(text[:20_000]):
        return Layout.PSPLIB
    if _HAS_SUCCESSORS(text[:20_000]):
        return Layout.MPLIB
    rows = _Rows(number_lines(text))
    found = None
    if len(rows) > 1:
        found = (_on_one_line if len(rows[0]) > 1 else _on_two_lines)(rows)
    if found is None:
        raise UnknownLayout(
            "The text is in none of the layouts that are read: "
            f"{', '.join(layout.value for layout in Layout)}. See docs/reference/benchmarks.md."
        )
    return found


_HAS_HEADING = re.compile(r"^[ \t]*precedence relations", re.I | re.M).search
_HAS_SUCCESSORS = re.compile(r"^[\d \t]*[ \t]\d+:\d[\d: \t\r]*$", re.M).search


def lines_of(text: str) -> list[str]:
    """The lines that are no comment."""
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def number_lines(text: str) -> list[str]:
    """The lines that hold numbers alone; names and rules of other lines are left out."""
    return [line for line in text.splitlines() if _IS_NUMBERS(line[:LOOKED_AT])]


_IS_NUMBERS = re.compile(r"^\s*-?\d[-+.\deE\s]*$").match


class _Rows:
    """Lines of numbers, read when looked at: a text of millions of them is recognised at once."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> list[int]:
        return [int(float(token)) for token in self.lines[index].split()]

    def after(self, count: int) -> "_Rows":
        """All but the first."""
        return _Rows(self.lines[count:])

    def some(self, upto: int | None = None) -> list[list[int]]:
        """The first of them, of at most ``upto``, and the last."""
        chosen = self.lines[:upto]
        indices = sorted({*range(min(len(chosen), LOOKED_AT)), max(len(chosen) - 1, 0)})
        return [self[i] for i in indices] if chosen else []

    def all_have(self, tokens: int, upto: int | None = None) -> bool:
        """Whether each, as far as looked at, has so many numbers."""
        return all(len(row) == tokens for row in self.some(upto))


def _on_one_line(rows: _Rows) -> Layout | None:
    """``jobs machines …`` in the first line."""
    head, rest = rows[0], rows.after(1)
    jobs, machines = head[0], head[1]
    sample, found = rest.some(jobs), None
    if _is_fajsp(head, rest):
        found = Layout.FAJSP
    elif len(head) == 2 and _is_patterson(head, rest):
        found = Layout.PATTERSON
    elif len(rest) < jobs or not sample:
        found = None
    elif all(_is_record(row[1:], row[0]) for row in sample):
        found = Layout.FJS if len(rest) == jobs else Layout.FJS_SETUPS
    elif len(rest) == jobs and all(_is_route(row, machines) for row in sample):
        found = Layout.JSP
    elif rest.all_have(machines):
        found = Layout.LINE if len(rest) == jobs else _blocks(jobs, machines, rest)
    return found


def _on_two_lines(rows: _Rows) -> Layout | None:
    """``jobs`` and ``machines`` in a line each."""
    if len(rows) < 4 or len(rows[1]) != 1:
        return None
    jobs, machines, rest = rows[0][0], rows[1][0], rows.after(2)
    first, others = rest[0], rest.after(1)
    found = None
    if rest.all_have(machines, jobs) and len(rest) == jobs:
        found = Layout.LINE
    elif rest.all_have(machines) and _blocks(jobs, machines, rest):
        found = Layout.JSP_BLOCKS
    elif len(rest) == jobs + jobs * machines and rest.after(jobs).all_have(jobs):
        found = Layout.LINE_SETUPS
    elif others.all_have(machines) and len(others) == jobs:
        counts = len(first) == machines and (jobs != machines or max(first) <= jobs)
        found = Layout.HYBRID if counts else Layout.LINE_DUES if len(first) == jobs else None
    elif others.all_have(machines) and len(others) == sum(first) and len(first) == jobs:
        found = Layout.FJS_ROWS
    return found


def _blocks(jobs: int, machines: int, rest: _Rows) -> Layout | None:
    """A block of durations and one of machines, each row with every machine once."""
    every = list(range(1, machines + 1))
    fits = len(rest) == 2 * jobs and all(sorted(row) == every for row in rest.after(jobs).some())
    return Layout.JSP_BLOCKS if fits else None


def _is_fajsp(head: list[int], rest: _Rows) -> bool:
    """As many lines as arcs and operations; arcs of two or three numbers, then records."""
    if len(head) != 3 or len(rest) != head[0] + head[1]:
        return False
    arcs, ways = rest.some(head[1]), rest.after(head[1]).some()
    return all(len(row) in {2, 3} for row in arcs) and all(_is_record(row) for row in ways)


def _is_record(tokens: Sequence[int], records: int = 1) -> bool:
    """So many records of ``n (machine duration)*``, and nothing after them."""
    at = 0
    for _ in range(records):
        if at >= len(tokens) or tokens[at] < 1:
            return False
        at += 1 + 2 * tokens[at]
    return at == len(tokens)


def _is_route(row: list[int], machines: int) -> bool:
    """Pairs of machine and duration; ``-1 -1`` may end them."""
    return len(row) % 2 == 0 and all(-1 <= machine < machines for machine in row[::2])


def _is_patterson(head: list[int], rest: _Rows) -> bool:
    """Capacities, then per activity: duration, demands, number of successors, successors."""
    activities, resources = head
    if not len(rest) or len(rest[0]) != resources:
        return False
    tokens, at = [int(token) for line in rest.lines[1:] for token in line.split()], 0
    for _ in range(activities):
        if at + 1 + resources >= len(tokens):
            return False
        successors = tokens[at + 1 + resources]
        if not 0 <= successors < activities:
            return False
        at += 2 + resources + successors
    return at == len(tokens)
