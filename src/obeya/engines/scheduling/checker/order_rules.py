"""What the routing and the order ask of a schedule."""

from collections.abc import Iterator

from ..problem import END_TO_START, OVERLAP
from .reading import Reading
from .violation import Violation


def _arcs(r: Reading, kind: int) -> Iterator[tuple[int, int, int, int, int]]:
    arcs = r.problem.precedence
    columns = (arcs.before, arcs.after, arcs.lag, arcs.end_lag, arcs.maximum_wait, arcs.kind)
    for before, after, lag, end_lag, wait, kind_of in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if kind_of == kind:
            yield before, after, lag, end_lag, wait


def precedence(r: Reading) -> Iterator[Violation]:
    """A successor starts no sooner than the lag after its predecessor ends."""
    for before, after, lag, _, _ in _arcs(r, END_TO_START):
        if r.start[after] < r.end[before] + lag:
            text = f"starts at {r.start[after]} s, before {r.end[before] + lag} s"
            yield _pair(r, "precedence", before, after, text)


def overlap(r: Reading) -> Iterator[Violation]:
    """An overlapping successor keeps behind the start, and behind the end, of its predecessor."""
    for before, after, lag, end_lag, _ in _arcs(r, OVERLAP):
        if r.start[after] < r.start[before] + lag:
            text = f"starts at {r.start[after]} s, before {r.start[before] + lag} s"
            yield _pair(r, "overlap", before, after, text)
        if r.end[after] < r.end[before] + end_lag:
            text = f"ends at {r.end[after]} s, before {r.end[before] + end_lag} s"
            yield _pair(r, "overlap", before, after, text)


def maximum_wait(r: Reading) -> Iterator[Violation]:
    """A successor starts no later than the longest wait after its predecessor ends."""
    for before, after, _, _, wait in _arcs(r, END_TO_START):
        if wait >= 0 and r.start[after] > r.end[before] + wait:
            text = f"starts at {r.start[after]} s, after {r.end[before] + wait} s"
            yield _pair(r, "maximum_wait", before, after, text)


def release(r: Reading) -> Iterator[Violation]:
    """No run starts before its release."""
    for i, released in enumerate(r.problem.operations.release.tolist()):
        if r.start[i] < released and not r.started[i]:
            text = f"{r.name(i)} starts at {r.start[i]} s, before its release at {released} s."
            yield Violation("release", (i,), text)


def _pair(r: Reading, rule: str, before: int, after: int, text: str) -> Violation:
    return Violation(rule, (before, after), f"{r.name(after)} {text}, after {r.name(before)}.")
