"""Layouts that give one row of durations per job or operation, read into plain shops."""

import numpy as np

from ..plain.shop import PlainShop
from .fitting import refuse_unfit
from .layout import number_lines


def read_jsp_blocks(text: str) -> PlainShop:
    """Read a job shop of two blocks: durations by job, then machines by job (from 1).

    ``jobs machines`` stand in the first line or in a line each.
    """
    rows = [line.split() for line in number_lines(text)]
    at = 1 if len(rows[0]) > 1 else 2
    jobs = int(rows[0][0])
    machines = int(rows[0][1] if at == 1 else rows[1][0])
    blocks = np.array(rows[at : at + 2 * jobs], dtype=np.int64)
    refuse_unfit(machines, blocks[jobs:] - 1, blocks[:jobs])
    return PlainShop.of_jobs(
        machines,
        operations=np.full(jobs, machines),
        alternatives=np.ones(jobs * machines, dtype=np.int64),
        machine=blocks[jobs:].ravel() - 1,
        duration=blocks[:jobs].ravel(),
    )


def read_fjs_rows(text: str) -> PlainShop:
    """Read a flexible job shop with one row per operation: its duration on every machine.

    Lines: jobs; machines; number of operations of each job; then the rows, in which 0 says that
    the machine cannot do it (layout of Naderi et al. 2023).
    """
    rows = [line.split() for line in number_lines(text)]
    machines = int(rows[1][0])
    durations = np.array(rows[3:], dtype=np.int64)
    refuse_unfit(machines, np.arange(durations.shape[1]), durations)
    operation, machine = np.nonzero(durations > 0)
    return PlainShop.of_jobs(
        machines,
        operations=np.array(rows[2], dtype=np.int64),
        alternatives=np.bincount(operation, minlength=len(durations)),
        machine=machine,
        duration=durations[operation, machine],
    )
