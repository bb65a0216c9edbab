"""The engine's problem of one site, and what each of its rows stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from obeya.engines.scheduling import Problem
from obeya.modules.scheduling.bridge.kit import Kit
from obeya.modules.scheduling.bridge.machines import Machine
from obeya.modules.scheduling.bridge.steps import Work
from obeya.plant.work.models import Demand


@dataclass(frozen=True)
class Served:
    """A demand and the orders (None is stock, or a purchase that comes at ``ready_at``)."""

    demand: Demand
    order_ids: tuple[int, ...]
    ready_at: datetime


def origin_of(now: datetime) -> datetime:
    """What the seconds of a problem count from."""
    return now.replace(second=0, microsecond=0)


def basis_of(work_mark: str, origin: datetime) -> str:
    """What positions and seconds refer to: another one after work or time went on."""
    return f"{origin.timestamp():.0f}.{work_mark}"


@dataclass(frozen=True, eq=False)
class PlantProblem:
    """Positions are shared with the engine: operations = steps, machines, orders = order_ids."""

    problem: Problem
    work: Work
    steps: tuple[int, ...]  # operation of the engine → position in work.steps
    machines: Sequence[Machine]
    closed: Sequence[Sequence[tuple[int, int]]]  # off-shift of each machine
    order_ids: tuple[int, ...]
    served: tuple[Served, ...]
    origin: datetime
    work_mark: str
    as_of: datetime
    kit: Kit
    unkept: tuple[int, ...] = ()  # operations that cannot follow running work within its limit

    @property
    def basis(self) -> str:
        return basis_of(self.work_mark, self.origin)

    def seconds(self, at: datetime) -> int:
        return int((at - self.origin).total_seconds())

    def moment(self, seconds: int) -> datetime:
        return (self.origin + timedelta(seconds=int(seconds))).astimezone(UTC)

    def step(self, operation: int):
        return self.work.steps[self.steps[operation]]

    @cached_property
    def operation_of(self) -> Mapping[tuple[int, int, int], int]:
        """Key of a step → operation of the engine."""
        return {self.step(i).key: i for i in range(len(self.steps))}

    @cached_property
    def lanes_of(self) -> Mapping[int, list[int]]:
        """Equipment id → its machines of the engine."""
        result: dict[int, list[int]] = {}
        for index, machine in enumerate(self.machines):
            if machine.equipment is not None:
                result.setdefault(machine.equipment.pk, []).append(index)
        return result

    @cached_property
    def rows(self) -> tuple[list[int], list[int]]:
        """Board: the first machine of each row, and the row of each machine."""
        first: dict[str, int] = {}
        row_of = []
        heads: list[int] = []
        for index, machine in enumerate(self.machines):
            if machine.code not in first:
                first[machine.code] = len(heads)
                heads.append(index)
            row_of.append(first[machine.code])
        return heads, row_of

    @cached_property
    def order_at(self) -> Mapping[int, int]:
        """Supply order id → order of the engine."""
        return {pk: i for i, pk in enumerate(self.order_ids)}
