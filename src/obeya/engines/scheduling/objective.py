"""What a planner wants of a schedule: terms, weighed against each other or ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import inf, isfinite
from types import MappingProxyType
from typing import Final

from .problem import Problem
from .schedule import Schedule

SHIFT_S: Final = 8 * 3600


class Term(StrEnum):
    """One figure of a schedule; less is better. Units stand behind each."""

    WEIGHTED_TARDINESS = "weighted_tardiness"  # weight x hours late, over orders
    LATE_ORDERS = "late_orders"  # number
    SETUP = "setup"  # hours that the setup matrix asks for
    MAKESPAN = "makespan"  # hours from now to the last end
    FLOW_TIME = "flow_time"  # hours from now to each order's completion, summed
    WORK_IN_PROGRESS = "work_in_progress"  # hours from each order's first start to completion
    EARLINESS = "earliness"  # weight x hours that orders are done before they are due
    OVERTIME = "overtime"  # currency; see `Overtime`
    ENERGY = "energy"  # currency; see `Energy`
    SETUP_COST = "setup_cost"  # currency; see `Objective.setup_cost_per_hour`
    MOVED = "moved"  # hours that operations start away from the reference plan, summed
    MOVED_A_SHIFT = "moved_a_shift"  # operations that start eight hours or more away from it
    REASSIGNED = "reassigned"  # operations on another machine than in the reference plan


@dataclass(frozen=True, eq=False)
class Energy:
    """A time-of-use tariff and what each machine draws.

    Attributes
    ----------
    power_kw : tuple of float, one per machine
        Drawn while a machine is set up or runs.
    steps : tuple of (start [s], price per kWh)
        Sorted; each price holds until the next step, the first also before it.
    """

    power_kw: tuple[float, ...]
    steps: tuple[tuple[int, float], ...]

    def __post_init__(self) -> None:
        _refuse_figures("power_kw", self.power_kw)
        if not self.steps:
            raise ValueError("A tariff has no step. Expected at least one (start [s], price).")
        for (before, _), (start, _) in pairwise(self.steps):
            if start <= before:
                raise ValueError(
                    f"A step of the tariff at {start} s follows one at {before} s."
                    " Expected them sorted, each moment once."
                )
        if not all(isfinite(price) for _, price in self.steps):
            raise ValueError("A price of the tariff is no number. Expected currency per kWh.")


@dataclass(frozen=True, eq=False)
class Overtime:
    """Working time that costs extra.

    Attributes
    ----------
    spans : tuple of (start [s], end [s])
        When whoever works is paid overtime; sorted, disjoint.
    cost_per_hour : tuple of float, one per machine
        Of a machine's setup and run inside ``spans`` [currency/h].
    """

    spans: tuple[tuple[int, int], ...]
    cost_per_hour: tuple[float, ...]

    def __post_init__(self) -> None:
        _refuse_figures("cost_per_hour", self.cost_per_hour)
        for start, end in self.spans:
            if end <= start:
                raise ValueError(
                    f"A span of overtime from {start} to {end} s has no length. Expected an end"
                    " after its start."
                )
        for (_, end), (start, _) in pairwise(self.spans):
            if start < end:
                raise ValueError(
                    f"A span of overtime begins at {start} s, before the one ahead ends at {end} s."
                    " Expected them sorted and disjoint."
                )


Tier = Mapping[Term, float]


@dataclass(frozen=True, eq=False)
class Objective:
    """Tiers of weighted terms: an earlier tier is never given up for a later one.

    One tier is a weighted sum; several are a lexicographic order of weighted sums.

    Attributes
    ----------
    tiers
        Weight of each term that counts, by tier; at least one term.
    reference
        The published plan that `Term.MOVED`, `MOVED_A_SHIFT` and `REASSIGNED` compare with.
    setup_cost_per_hour
        One figure per machine, for `Term.SETUP_COST` [currency/h].
    """

    tiers: tuple[Tier, ...]
    reference: Schedule | None = None
    energy: Energy | None = None
    overtime: Overtime | None = None
    setup_cost_per_hour: tuple[float, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.tiers or not all(self.tiers):
            raise ValueError("An objective needs at least one term in each tier.")
        used = {term for tier in self.tiers for term in tier}
        if not all(0 <= weight < inf for tier in self.tiers for weight in tier.values()):
            raise ValueError("A term weighs less than 0, or no number. Expected 0 or more.")
        needs = {
            Term.MOVED: self.reference,
            Term.MOVED_A_SHIFT: self.reference,
            Term.REASSIGNED: self.reference,
            Term.ENERGY: self.energy,
            Term.OVERTIME: self.overtime,
            Term.SETUP_COST: self.setup_cost_per_hour or None,
        }
        for term, data in needs.items():
            if term in used and data is None:
                raise ValueError(f"{term} needs its data. Give them to the objective.")
        _refuse_figures("setup_cost_per_hour", self.setup_cost_per_hour)

    def must_fit(self, problem: Problem) -> None:
        """Refuse figures per machine, or a reference plan, of another problem.

        Raises
        ------
        ValueError
            With how many there are, and how many are expected.
        """
        by_machine: dict[str, Sequence[float]] = {}
        if self.energy is not None:
            by_machine["power_kw of energy"] = self.energy.power_kw
        if self.overtime is not None:
            by_machine["cost_per_hour of overtime"] = self.overtime.cost_per_hour
        if self.setup_cost_per_hour:
            by_machine["setup_cost_per_hour"] = self.setup_cost_per_hour
        machines = len(problem.machines)
        for name, figures in by_machine.items():
            if len(figures) != machines:
                raise ValueError(
                    f"{name} has {len(figures)} figures, and the problem {machines} machines."
                    " Expected one figure per machine."
                )
        if self.reference is not None and len(self.reference) != len(problem):
            raise ValueError(
                f"The reference plan has {len(self.reference)} operations, and the problem"
                f" {len(problem)}. Expected a plan of this problem."
            )


def _refuse_figures(name: str, figures: Sequence[float]) -> None:
    if not all(0 <= figure < inf for figure in figures):
        raise ValueError(f"A figure of {name} is less than 0, or no number. Expected 0 or more.")


def tier(**weights: float) -> Tier:
    """Name terms and weights: ``tier(weighted_tardiness=1, setup=0.5)``."""
    return MappingProxyType({Term(name): weight for name, weight in weights.items()})


ON_TIME_FIRST = Objective((tier(weighted_tardiness=1.0, setup=2.0, flow_time=0.02),))
LEAST_CHANGEOVER = Objective((tier(setup=10.0, weighted_tardiness=1.0, flow_time=0.02),))
SHORTEST = Objective((tier(makespan=1.0), tier(flow_time=0.01, setup=1.0)))


def smallest_change(reference: Schedule) -> Objective:
    """Stay close to a published plan; on time where that costs few moves.

    Few operations that go far are better than many that go somewhat further than a shift.
    """
    weights = tier(weighted_tardiness=1.0, moved=0.5, moved_a_shift=20.0, reassigned=8.0, setup=0.5)
    return Objective((weights,), reference=reference)
