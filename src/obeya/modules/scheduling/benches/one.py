"""One instance, in a process of its own; see `process`."""

from dataclasses import dataclass
from pathlib import Path

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.instances import Instance, NotCovered, read_instance
from obeya.engines.scheduling.instances.warm_up import compile_kernels

from .files import read_text
from .process import Row, answer, peak_mb, tell_so_far
from .timer import Timer


@dataclass(frozen=True)
class Task:
    """What is asked of the process.

    Attributes
    ----------
    seconds, work
        One of them ends the search: wall time from opening the file, or work units per worker.
    hint
        Names of folders and of the problem, for layouts that several problems share.
    """

    path: str
    seconds: float
    workers: int
    seed: int
    hint: str
    work: int = 0


def solve_one(task: Task) -> Row:
    """Read, solve and check one instance; the row as far as this process knows it."""
    timer = Timer(task.seconds)
    try:
        instance = read_instance(read_text(Path(task.path)), hint=task.hint)
        row = _about(instance)
    except Exception as unread:  # whatever it is: the other files are measured all the same
        return {"error": _sentence(unread, "cannot be read")}
    tell_so_far(row)
    return row | solved(instance, task, timer)


def solved(instance: Instance, task: Task, timer: Timer) -> Row:
    """Solve and check what was read; whatever fails is said in words."""
    first: list[tuple[float, int]] = []

    def on_better(value: int) -> None:
        if not first:
            first.append((timer.seconds(), value))

    budget = (
        Budget(task.work) if task.work else timer.budget(reserve_s=_reserve(instance, task.seconds))
    )
    try:
        answer = instance.solve(
            budget=budget, seed=task.seed, workers=task.workers, on_better=on_better
        )
    except NotCovered as refused:
        return {"error": str(refused)}
    except Exception as failure:
        return {"error": _sentence(failure, "cannot be solved")}
    seconds, cpu_s, peak = timer.seconds(), timer.cpu_seconds(), peak_mb()
    on_better(answer.value)
    try:
        violations = list(answer.check())
    except Exception as failure:
        violations = [_sentence(failure, "cannot be checked")]
    return {
        "value": answer.value,
        "lower_bound": max(answer.bound, instance.lower_bound()),
        "seconds": round(seconds, 3),
        "first_seconds": round(first[0][0], 3),
        "first_value": first[0][1],
        "checked": not violations,
        "violation": violations[0] if violations else None,
        "peak_mb": peak,
        "cpu_s": round(cpu_s, 3),
    }


def _reserve(instance: Instance, seconds: float) -> float:
    """Seconds before the limit at which the search is told to stop.

    It looks at the clock every fraction of a second, and then writes its answer out.
    """
    return min(0.08 * seconds, 0.4 + 1e-4 * min(instance.operations, 10_000)) + (
        3e-6 * instance.operations
    )


def _about(instance: Instance) -> Row:
    return {
        "problem": instance.problem,
        "objective": instance.objective,
        "operations": instance.operations,
        "jobs": instance.jobs,
        "machines": instance.machines,
    } | ({"reading": instance.reading} if instance.reading else {})


def _sentence(error: Exception, otherwise: str) -> str:
    """Refusals are sentences; of what was not foreseen the name says more."""
    name = "" if isinstance(error, ValueError | OSError) and str(error) else type(error).__name__
    return f"{otherwise}: {': '.join(part for part in (name, str(error)) if part)}"


def _work(question: Row) -> Row:
    compile_kernels()  # from disk: they were compiled before the first instance
    return solve_one(Task(**question))


if __name__ == "__main__":
    answer(_work)
