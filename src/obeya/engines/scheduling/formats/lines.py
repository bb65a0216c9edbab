"""Texts of flow shop benchmarks, read into lines.

The layouts are those of Naderi, Ruiz & Roshanaei 2023 (INFORMS Journal on Computing
35:817-843): numbers of jobs and stages on a line each, then the tables, one row per line.
"""

import numpy as np
from numpy.typing import NDArray

from ..lines.flow_line import Aim, FlowLine
from ..lines.hybrid_line import HybridLine


def read_permutation_line(text: str, *, aim: Aim = Aim.MAKESPAN, no_wait: bool = False) -> FlowLine:
    """Read jobs, stages and a row of durations per job; the layout has nothing more.

    Whether jobs may wait between stages does not stand in it.
    """
    durations, rest = _durations(_numbers(text))
    _refuse_rest(rest)
    return FlowLine.of(durations, aim=aim, no_wait=no_wait)


def read_setup_line(text: str) -> FlowLine:
    """Read durations, then per stage a square of setups from the job of the row to the column's."""
    durations, rest = _durations(_numbers(text))
    jobs, stages = durations.shape
    setups, rest = _table(rest, (stages, jobs, jobs))
    _refuse_rest(rest)
    return FlowLine.of(durations, setups=setups)


def read_tardiness_line(text: str) -> FlowLine:
    """Read jobs, stages, one row of due dates and then the durations."""
    numbers = _numbers(text)
    jobs = _count(numbers)
    due, rest = _table(numbers[2:], (jobs,))
    durations, rest = _durations(np.concatenate([numbers[:2], rest]))
    _refuse_rest(rest)
    return FlowLine.of(durations, due=due, aim=Aim.TOTAL_TARDINESS)


def read_hybrid_line(text: str) -> HybridLine:
    """Read jobs, stages, one row of machines per stage and then the durations."""
    numbers = _numbers(text)
    jobs, stages = _count(numbers), _count(numbers[1:])
    machines, rest = _table(numbers[2:], (stages,))
    durations, rest = _table(rest, (jobs, stages))
    _refuse_rest(rest)
    return HybridLine.of(durations, machines)


Numbers = NDArray[np.int64]


def _numbers(text: str) -> Numbers:
    return np.array(text.split(), dtype=np.int64)


def _count(numbers: Numbers) -> int:
    if not len(numbers) or numbers[0] < 1:
        raise ValueError("Expected a number of jobs, and of stages, of 1 or more.")
    return int(numbers[0])


def _durations(numbers: Numbers) -> tuple[Numbers, Numbers]:
    return _table(numbers[2:], (_count(numbers), _count(numbers[1:])))


def _table(numbers: Numbers, shape: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """Split off a table of this shape; returns it and the numbers behind it."""
    size = int(np.prod(shape))
    if len(numbers) < size:
        raise ValueError(f"The text ends within a table of {size} numbers.")
    return numbers[:size].reshape(shape), numbers[size:]


def _refuse_rest(numbers: Numbers) -> None:
    if len(numbers):
        raise ValueError(f"The text has {len(numbers)} numbers too many.")
