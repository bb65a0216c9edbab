"""What the plan as a whole asks of a schedule."""

from collections.abc import Iterator
from itertools import groupby

from .facts import end_of_fixed, latest_setup
from .reading import Reading
from .violation import Violation


def fixed(r: Reading) -> Iterator[Violation]:
    """Frozen and started operations stay on their machine, at their time, as long as they take."""
    operations = r.problem.operations
    for i, chosen in enumerate(operations.fixed_alternative.tolist()):
        if chosen < 0:
            continue
        if r.alternative[i] != chosen or r.start[i] != operations.fixed_start[i]:
            yield Violation("fixed", (i,), f"{r.name(i)} is fixed but was moved.")
        elif r.end[i] != (end := end_of_fixed(r, i)):
            text = f"{r.name(i)} is fixed and ends at {end} s, not at {r.end[i]} s."
            yield Violation("fixed", (i,), text)
    for machine in r.sequences:
        yield from _setups_of_fixed(r, machine)


def _setups_of_fixed(r: Reading, machine: int) -> Iterator[Violation]:
    """What is fixed is set up as long as it asks for, if what else is fixed leaves room for it."""
    before: list[int] | None = None
    busy_until = r.problem.now  # with what is fixed and starts sooner
    for _, batches in groupby(r.sequences[machine], key=lambda batch: r.start[batch[0]]):
        at_once = list(batches)
        fixed_at_once = [i for batch in at_once for i in batch if r.fixed[i]]
        for batch in at_once:
            for i in (i for i in batch if r.fixed[i]):
                latest = r.start[i]  # of several that start at once none leaves room for a setup
                if set(fixed_at_once) <= set(batch):
                    latest = latest_setup(r, i, _least_setup(r, machine, before, batch), busy_until)
                if r.setup_start[i] > latest:
                    text = f"is fixed and set up from {latest} s on, not from {r.setup_start[i]} s"
                    yield Violation("fixed", (i,), f"{r.name(i)} {text}.")
        before = [i for batch in at_once for i in batch]  # nobody can say who came last
        busy_until = max([busy_until, *(r.end[i] for i in fixed_at_once)])


def _least_setup(r: Reading, machine: int, before: list[int] | None, batch: list[int]) -> int:
    """Setup seconds of a batch; where several families start at once, the least."""
    if any(r.started[i] for i in batch):
        return 0
    left = [None] if before is None else [[i] for i in before]
    return min(r.setup_asked(machine, each, [i]) for each in left for i in batch)


def now_and_horizon(r: Reading) -> Iterator[Violation]:
    """Nothing that has not started starts in the past; everything ends by the horizon."""
    now, horizon = r.problem.now, r.problem.horizon
    for i in range(len(r.start)):
        if not r.started[i] and r.setup_start[i] < now:
            yield Violation("now", (i,), f"{r.name(i)} starts before now ({now} s).")
        if r.end[i] > horizon:
            yield Violation("horizon", (i,), f"{r.name(i)} ends after {horizon} s.")
