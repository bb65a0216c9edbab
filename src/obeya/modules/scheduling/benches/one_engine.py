"""The speed of one search, in a process of its own; see `process`."""

from obeya.engines.scheduling import dispatch, random_problem
from obeya.engines.scheduling.warm_up import compile_kernels

from .process import Row, answer
from .speed import exact_moves_per_s


def measured(kind: str, operations: int, seconds: float) -> list[Row]:
    """Rows of one search with one worker."""
    problem = random_problem(1, operations)
    speed = exact_moves_per_s(problem, dispatch(problem), 1)
    what = f"plant model, {operations:,} operations: exact moves"
    return [{"what": what, "per_core_and_second": speed}]


def _work(question: Row) -> Row:
    compile_kernels()
    return {"rows": measured(**question)}


if __name__ == "__main__":
    answer(_work)
