"""Texts of job shop benchmarks, read into plain shops."""

import numpy as np
from numpy.typing import NDArray

from ..arrays import distinct
from ..plain.bound import refuse_circle
from ..plain.shop import NO_SETUPS, PlainSetups, PlainShop, frozen_ints32
from .fitting import refuse_unfit

NOT_ELIGIBLE = 1_000_000  # in a setup block: one of the two is not done on that machine


def read_jsp(text: str) -> PlainShop:
    """Read a standard job shop: ``jobs machines``, then pairs of machine and duration per job.

    Machines count from 0. Jobs may have different lengths and come back to a machine; where they
    have (Da Col & Teppan 2022), each line ends with ``-1 -1``.
    """
    header, *lines = _lines(text)
    jobs, machines = (int(token) for token in header.split()[:2])
    rows = [_numbers(line) for line in lines[:jobs]]
    rows = [row[:-2] if row[-2:].tolist() == [-1, -1] else row for row in rows]
    pairs = np.concatenate(rows).reshape(-1, 2)
    refuse_unfit(machines, pairs[:, 0], pairs[:, 1])
    return PlainShop.of_jobs(
        machines,
        operations=[len(row) // 2 for row in rows],
        alternatives=np.ones(len(pairs), dtype=np.int64),
        machine=pairs[:, 0],
        duration=pairs[:, 1],
    )


def read_fjs(text: str) -> PlainShop:
    """Read a flexible job shop in FJSPLIB text, with setups if blocks of them follow.

    Line 1: ``jobs machines [flexibility]``. Per job: number of operations, then per operation
    the number of alternatives and as many pairs of machine (from 1) and duration. A block of
    N x N per machine (N operations) gives the setup of column after row.
    """
    header, *lines = _lines(text)
    jobs, machines = (int(float(token)) for token in header.split()[:2])
    rows = [_numbers(line) for line in lines[:jobs]]
    flat = np.concatenate([row[1:] for row in rows])
    alternatives, pairs = _alternatives(flat)
    machine = pairs[:, 0] - 1
    refuse_unfit(machines, machine, pairs[:, 1])
    setups = NO_SETUPS
    if len(lines) > jobs:
        cells = _numbers(" ".join(lines[jobs:]))
        setups = _setups(cells, machines, alternatives, machine)
    return PlainShop.of_jobs(
        machines,
        operations=[int(row[0]) for row in rows],
        alternatives=alternatives,
        machine=machine,
        duration=pairs[:, 1],
        setups=setups,
    )


def read_fajsp(text: str) -> PlainShop:
    """Read a flexible shop with a graph of predecessors.

    Line 1: ``operations arcs machines``; then the arcs ``before after [job]`` (from 0); then per
    operation the number of alternatives and pairs of machine (from 0) and duration.
    """
    header, *lines = _lines(text)
    operations, arcs, machines = (int(token) for token in header.split()[:3])
    ends = np.array([line.split()[:2] for line in lines[:arcs]], dtype=np.int64).reshape(-1, 2)
    alternatives, pairs = _alternatives(_numbers(" ".join(lines[arcs : arcs + operations])))
    refuse_unfit(machines, pairs[:, 0], pairs[:, 1])
    if len(ends) and not 0 <= ends.min() <= ends.max() < len(alternatives):
        raise ValueError(f"An arc names no operation. Expected 0 to {len(alternatives) - 1}.")
    shop = PlainShop.of_arcs(
        machines,
        alternatives=alternatives,
        machine=pairs[:, 0],
        duration=pairs[:, 1],
        before=ends[:, 0],
        after=ends[:, 1],
    )
    refuse_circle(shop)
    return shop


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _numbers(line: str) -> NDArray[np.int64]:
    try:
        return np.fromstring(line, dtype=np.int64, sep=" ")
    except ValueError:
        raise ValueError(f"Expected whole numbers alone in {line.strip()[:60]!r}.") from None


def _alternatives(flat: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split ``n (machine duration)*`` records: counts, shape (N,), and pairs, shape (A, 2)."""
    tokens, at, starts = flat.tolist(), 0, []
    while at < len(tokens):
        starts.append(at)
        at += 1 + 2 * max(tokens[at], 0)
    if at > len(tokens):
        raise ValueError("The text ends within the machines of an operation.")
    is_pair = np.ones(len(flat), dtype=bool)
    is_pair[starts] = False
    return flat[starts], flat[is_pair].reshape(-1, 2)


def _setups(
    cells: NDArray[np.int64],
    machines: int,
    alternatives: NDArray[np.int64],
    machine: NDArray[np.int64],
) -> PlainSetups:
    """Keep of each machine's block the rows and columns of the operations that it can do."""
    count = len(alternatives)
    if len(cells) != machines * count * count or cells.min(initial=0) < 0:
        raise ValueError(
            f"Expected {machines} blocks of {count} x {count} setups of 0 or more behind the jobs."
        )
    blocks = cells.reshape(machines, count, count)
    operation = np.repeat(np.arange(count), alternatives)
    family = np.full(len(machine), -1)
    families, kept = [], []
    for k in range(machines):
        done = distinct(operation[machine == k])
        family[machine == k] = np.searchsorted(done, operation[machine == k])
        block = blocks[k][np.ix_(done, done)].copy()
        np.fill_diagonal(block, 0)
        if (block >= NOT_ELIGIBLE).any():
            raise ValueError(f"Machine {k} lacks setups. Expected one for each eligible pair.")
        refuse_unfit(machines, machine, block)
        families.append(len(done))
        kept.append(block.ravel())
    first = np.concatenate([[0], np.cumsum(np.square(families))]).astype(np.int64)
    return PlainSetups(
        frozen_ints32(families),
        first,
        frozen_ints32(np.concatenate(kept)),
        frozen_ints32(family),
    )
