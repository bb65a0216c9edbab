"""What a machine asks of a schedule."""

import itertools
from collections.abc import Iterator

from .facts import jobs_in_run
from .reading import Reading
from .violation import Violation


def working_time(r: Reading) -> Iterator[Violation]:
    """The run takes exactly its seconds of working time, starts and ends in it, stops if it may."""
    for i in range(len(r.start)):
        asked = int(r.problem.operations.remaining[i]) if r.started[i] else r.run[i]
        begin = r.problem.now if r.started[i] else r.start[i]
        pieces = r.pieces(i, begin, r.end[i])
        done = sum(end - start for start, end in pieces)
        if done != asked:
            yield _at(r, i, "working_time", f"is worked on for {done} s of {asked} s")
        elif asked and pieces[-1][1] != r.end[i]:
            yield _at(r, i, "working_time", f"ends at {r.end[i]} s, outside working time")
        elif asked == 0 and r.end[i] != begin:
            yield _at(r, i, "working_time", f"has no work but ends at {r.end[i]} s")
        if not r.started[i]:
            yield from _starts_in_working_time(r, i)
            yield from _in_one_interval(r, i)


def _starts_in_working_time(r: Reading, i: int) -> Iterator[Violation]:
    for moment in {r.setup_start[i], r.start[i]}:
        if not r.pieces(i, moment, moment + 1):
            yield _at(r, i, "working_time", f"starts at {moment} s, outside working time")


def _in_one_interval(r: Reading, i: int) -> Iterator[Violation]:
    if not r.is_resumable(i) and len(r.pieces(i, r.setup_start[i], r.end[i])) > 1:
        text = f"{r.name(i)} stops for off-shift time though it cannot resume."
        yield Violation("not_resumable", (i,), text, tuple(jobs_in_run(r, i)))


def one_at_a_time(r: Reading) -> Iterator[Violation]:
    """A machine that is set up for, or runs, one batch does nothing else."""
    for machine, batches in r.sequences.items():
        latest = -1
        for batch in sorted(batches, key=lambda b: (r.setup_start[b[0]], r.end[b[0]])):
            i = batch[0]
            if latest >= 0 and r.setup_start[i] < r.end[latest]:
                text = f"are on {r.problem.name('machines', machine)} at the same time"
                yield _at(r, latest, "one_at_a_time", f"and {r.name(i)} {text}", i)
            if latest < 0 or r.end[i] > r.end[latest]:
                latest = i


def setup(r: Reading) -> Iterator[Violation]:
    """Before each run the machine is set up from the family before, at first from its own."""
    for machine, batches in r.sequences.items():
        for before, batch in zip([None, *batches], batches, strict=False):
            asked = r.setup_asked(machine, before, batch)
            for i in batch:
                done = r.worked(i, r.setup_start[i], r.start[i]) if asked else 0
                if r.setup_start[i] > r.start[i]:
                    yield _at(r, i, "setup", "is set up after it starts")
                elif done < asked:
                    others = (before or [])[:1]
                    yield _at(r, i, "setup", f"has {done} s of setup, needs {asked} s", *others)


def batch(r: Reading) -> Iterator[Violation]:
    """Operations that share a batch machine share recipe, setup, start and end, and fit in."""
    for machine, batches in r.sequences.items():
        places = r.places[machine]
        if not places:
            continue
        recipe, size = r.problem.operations.recipe, r.problem.operations.size
        for members in batches:
            ids = tuple(members)
            name = r.problem.name("machines", machine)
            taken = sum(int(size[i]) for i in members)
            if taken > places:
                yield Violation("batch", ids, f"{name}: {taken} places taken of {places}.")
            if len(members) == 1:
                continue
            recipes = {int(recipe[i]) for i in members}
            if len(recipes) > 1 or -1 in recipes:
                yield Violation("batch", ids, f"{name}: different recipes in one batch.")
            if len({(r.setup_start[i], r.end[i]) for i in members}) > 1:
                yield Violation("batch", ids, f"{name}: one batch, two setups or ends.")


def maintenance(r: Reading) -> Iterator[Violation]:
    """Maintenance is done inside its window, one job at a time; nothing starts or ends in it."""
    jobs = r.problem.maintenance
    for machine, spans in r.maintenance_on.items():
        name = r.problem.name("machines", machine)
        for begin, finish, row in spans:
            if begin < jobs.earliest[row] or finish > jobs.latest[row]:
                yield Violation("maintenance", (), f"{name}: job {row} is outside its window.")
        for (_, finish, row), (begin, _, other) in itertools.pairwise(spans):
            if begin < finish:
                text = f"{name}: jobs {row} and {other} overlap."
                yield Violation("maintenance", (), text, (row, other))
        for i in (i for members in r.sequences.get(machine, []) for i in members):
            for begin, finish, row in spans:
                starts = not r.started[i] and (
                    begin <= r.setup_start[i] < finish or begin <= r.start[i] < finish
                )
                if starts or (r.end[i] > r.start[i] and begin < r.end[i] <= finish):
                    text = f"{r.name(i)} starts or ends in maintenance job {row}."
                    in_the_way = (row,) if starts and begin <= r.start[i] < finish else ()
                    yield Violation("maintenance", (i,), text, in_the_way)


def _at(r: Reading, i: int, rule: str, text: str, *others: int) -> Violation:
    return Violation(rule, (i, *others), f"{r.name(i)} {text}.")
