"""The speed of one search, in a process of its own; see `process`."""

import numpy as np

from obeya.engines.scheduling import dispatch, random_problem
from obeya.engines.scheduling.instances.warm_up import compile_kernels
from obeya.engines.scheduling.plain import PlainShop
from obeya.engines.scheduling.plain.island import PlainIsland
from obeya.engines.scheduling.plain.packing import packed

from .process import Row, answer
from .speed import exact_moves_per_s
from .timer import Timer

MACHINES = 20  # of the plain job shop


def measured(kind: str, operations: int, seconds: float) -> Row:
    """Moves per second of one search with one worker."""
    return _plain(operations, seconds) if kind == "plain" else _plant(operations, seconds)


def _plain(operations: int, seconds: float) -> Row:
    """Tabu search of a random job shop: every job on every machine once."""
    shop = random_shop(operations)
    never = 0  # a bound that no plan meets: the search must not end while it is measured
    island = PlainIsland(packed(shop), bound=never, seed=1, stream=0, size=10)
    timer, before = Timer(), island.moves
    while timer.seconds() < seconds:
        island.work(1)
    speed = round((island.moves - before) / timer.cpu_seconds())
    return {
        "what": f"plain job shop, {operations:,} operations: estimated moves",
        "per_core_and_second": speed,
    }


def _plant(operations: int, seconds: float) -> Row:
    """The search of a made-up plant, from a dispatched plan."""
    problem = random_problem(1, operations)
    return {
        "what": f"plant model, {operations:,} operations: exact moves",
        "per_core_and_second": exact_moves_per_s(problem, dispatch(problem), seconds),
    }


def random_shop(operations: int) -> PlainShop:
    """A square or longer job shop as in Taillard 1993: durations 1 to 99, routes by chance."""
    luck, jobs = np.random.default_rng(1), operations // MACHINES
    return PlainShop.of_jobs(
        MACHINES,
        operations=np.full(jobs, MACHINES),
        alternatives=np.ones(jobs * MACHINES, dtype=np.int64),
        machine=np.concatenate([luck.permutation(MACHINES) for _ in range(jobs)]),
        duration=luck.integers(1, 100, jobs * MACHINES),
    )


def _work(question: Row) -> Row:
    compile_kernels()
    return measured(**question)


if __name__ == "__main__":
    answer(_work)
