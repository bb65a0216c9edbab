"""OR-Tools CP-SAT, fetched when it is first asked for: nobody else waits for its import."""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Final

Model = Any  # cp_model.CpModel; OR-Tools may be absent, so its types are not named
Expression = Any  # a variable, a sum of variables, or a plain number

_LARGEST: Final = 2**31 - 1  # seed that CP-SAT takes


class CpSatMissing(ImportError):
    """Polishing was asked for, and OR-Tools is not installed."""

    def __init__(self) -> None:
        super().__init__("Polishing needs OR-Tools. Install it with: pip install 'obeya[polish]'")


def cp_model() -> ModuleType:
    """The Python module of CP-SAT.

    Raises
    ------
    CpSatMissing
        With the remedy.
    """
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as failure:
        raise CpSatMissing from failure


@dataclass(frozen=True)
class Limit:
    """How far CP-SAT goes.

    Attributes
    ----------
    work
        Its deterministic time: the same answer on every run.
    seconds
        On the clock, if one must stop it; then two runs may differ.
    seed
    """

    work: float
    seconds: float | None = None
    seed: int = 0


def solver(limit: Limit) -> Any:
    """A solver of one thread."""
    found = cp_model().CpSolver()
    found.parameters.num_workers = 1
    found.parameters.interleave_search = True  # all strategies in turn
    found.parameters.cp_model_probing_level = 0  # took ten times as long as a small window
    found.parameters.random_seed = limit.seed % _LARGEST
    found.parameters.max_deterministic_time = limit.work
    if limit.seconds is not None:
        found.parameters.max_time_in_seconds = limit.seconds
    return found
