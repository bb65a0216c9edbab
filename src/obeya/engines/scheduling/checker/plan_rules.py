"""What the plan as a whole asks of a schedule."""

from collections.abc import Iterator

from .reading import Reading
from .violation import Violation


def fixed(r: Reading) -> Iterator[Violation]:
    """Frozen and started operations stay on their machine, at their time."""
    operations = r.problem.operations
    for i, chosen in enumerate(operations.fixed_alternative.tolist()):
        if chosen < 0:
            continue
        if r.alternative[i] != chosen or r.start[i] != operations.fixed_start[i]:
            yield Violation("fixed", (i,), f"{r.name(i)} is fixed but was moved.")


def now_and_horizon(r: Reading) -> Iterator[Violation]:
    """Nothing that has not started starts in the past; everything ends by the horizon."""
    now, horizon = r.problem.now, r.problem.horizon
    for i in range(len(r.start)):
        if not r.started[i] and r.setup_start[i] < now:
            yield Violation("now", (i,), f"{r.name(i)} starts before now ({now} s).")
        if r.end[i] > horizon:
            yield Violation("horizon", (i,), f"{r.name(i)} ends after {horizon} s.")
