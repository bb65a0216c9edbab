"""A shop without shifts, crews or batches: jobs, machines, durations and, if need be, setups."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .fitting import figures, numbers, refuse_too_long, refuse_unfit_setups, seconds

Ints32 = NDArray[np.int32]


def frozen_ints32(values: ArrayLike) -> Ints32:
    """Copy values into a read-only int32 array."""
    array = np.array(values, dtype=np.int32)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class PlainSetups:
    """Setup seconds from family to family, one square matrix per machine that has setups.

    Attributes
    ----------
    families : shape (M,)
        Size of each machine's matrix; 0: no setups on it.
    first : shape (M + 1,) int64
        Machine k owns ``first[k]`` to ``first[k + 1]`` of ``seconds``, row by row ("from").
    seconds : shape (sum of families squared,)
    family : shape (A,)
        Family of each alternative within the matrix of its machine; -1 needs no setup.
    """

    families: Ints32
    first: NDArray[np.int64]
    seconds: Ints32
    family: Ints32


NO_SETUPS = PlainSetups(
    frozen_ints32([]), np.zeros(1, dtype=np.int64), frozen_ints32([]), frozen_ints32([])
)


@dataclass(frozen=True, eq=False)
class PlainShop:
    """Job shop, flexible job shop and both with a graph of predecessors; the aim is makespan.

    A machine does one operation at a time; the setup after its last operation may begin before
    the predecessors of the next one have ended. No machine needs a setup for its first operation.

    Attributes
    ----------
    machines : int
        Number of machines M.
    first_alternative : shape (N + 1,)
        Operation i may run on alternatives ``first_alternative[i]`` to
        ``first_alternative[i + 1]``.
    machine, duration : shape (A,)
        Machine and run [s] of each alternative.
    first_predecessor, predecessor : shapes (N + 1,) and (E,)
        The operations that must end before operation i starts, as compressed rows.
    first_successor, successor : shapes (N + 1,) and (E,)
        The same arcs by the operation that comes before.
    release, tail : shape (N,)
        Earliest start of an operation [s], and what must still pass after its end [s]: the length
        of a plan is the greatest end plus tail.
    setups
        `NO_SETUPS`, or matrices.
    """

    machines: int
    first_alternative: Ints32
    machine: Ints32
    duration: Ints32
    first_predecessor: Ints32
    predecessor: Ints32
    first_successor: Ints32
    successor: Ints32
    release: Ints32
    tail: Ints32
    setups: PlainSetups = field(default=NO_SETUPS)

    @classmethod
    def of_jobs(
        cls,
        machines: int,
        *,
        operations: ArrayLike,
        alternatives: ArrayLike,
        machine: ArrayLike,
        duration: ArrayLike,
        setups: PlainSetups = NO_SETUPS,
    ) -> "PlainShop":
        """Build a shop of jobs whose operations follow one another.

        Parameters
        ----------
        operations : shape (J,)
            Number of operations of each job; they are numbered job by job.
        alternatives : shape (N,)
            Number of alternatives of each operation.
        machine, duration : shape (A,)
        """
        jobs, count = len(np.asarray(operations)), len(np.asarray(alternatives))
        per_job = numbers(operations, "Number of operations of job", jobs)
        if per_job.sum() != count:
            raise ValueError(f"The jobs have {per_job.sum()} operations. Expected {count}.")
        begins = np.ones(count, dtype=bool)
        begins[(np.cumsum(per_job) - per_job)[per_job > 0]] = False
        after = np.flatnonzero(begins)
        return cls.of_arcs(
            machines,
            alternatives=alternatives,
            machine=machine,
            duration=duration,
            before=after - 1,
            after=after,
            setups=setups,
        )

    @classmethod
    def of_arcs(
        cls,
        machines: int,
        *,
        alternatives: ArrayLike,
        machine: ArrayLike,
        duration: ArrayLike,
        before: ArrayLike,
        after: ArrayLike,
        release: ArrayLike | None = None,
        tail: ArrayLike | None = None,
        setups: PlainSetups = NO_SETUPS,
    ) -> "PlainShop":
        """Build a shop from arcs, operation ``before[e]`` ahead of ``after[e]``.

        Raises
        ------
        ValueError
            If an operation has no alternative, a row has another length than it should, or a
            figure is out of range: a machine or an operation that is not there, a family outside
            of its matrix, a time below 0 or of 17 years; or if one operation after the other takes
            longer than 68 years.
        """
        count = len(np.asarray(alternatives))
        ways = numbers(alternatives, "Number of alternatives of operation", count)
        if len(ways) and ways.min() < 1:
            raise ValueError("An operation has no machine. Expected one or more alternatives each.")
        rows = int(ways.sum())
        on = figures(machine, "Machine of alternative", rows, machines, "the number of machines")
        run = seconds(duration, "Duration of alternative", rows)
        arcs = len(np.asarray(before))
        ahead = figures(before, "Predecessor of arc", arcs, count, "the number of operations")
        behind = figures(after, "Successor of arc", arcs, count, "the number of operations")
        if len(setups.seconds):
            refuse_unfit_setups(
                setups.families,
                setups.first,
                setups.seconds,
                setups.family,
                machines=machines,
                machine=on,
            )
        first_predecessor, predecessor = _rows(count, behind, ahead)
        first_successor, successor = _rows(count, ahead, behind)
        none = np.zeros(count, dtype=np.int32)
        shop = cls(
            machines,
            frozen_ints32(np.concatenate([[0], np.cumsum(ways)])),
            frozen_ints32(on),
            frozen_ints32(run),
            first_predecessor,
            predecessor,
            first_successor,
            successor,
            frozen_ints32(none if release is None else seconds(release, "Release", count)),
            frozen_ints32(none if tail is None else seconds(tail, "Tail", count)),
            setups,
        )
        refuse_too_long(shop.serial_length)
        return shop

    def __len__(self) -> int:
        """Number of operations."""
        return len(self.first_alternative) - 1

    @property
    def serial_length(self) -> int:
        """One operation after the other, each in its longest way and after the longest setup [s].

        With the last release and the longest tail: no plan without needless waits is longer.
        """
        if not len(self):
            return 0
        longest = np.maximum.reduceat(self.duration, self.first_alternative[:-1])
        setup = int(self.setups.seconds.max()) if self.has_setups else 0
        runs = int(longest.sum(dtype=np.int64)) + setup * len(self)
        return int(self.release.max()) + runs + int(self.tail.max())

    @property
    def alternatives(self) -> NDArray[np.int64]:
        """Shape (N,): number of alternatives of each operation."""
        return np.diff(self.first_alternative).astype(np.int64)

    @property
    def operation(self) -> NDArray[np.int64]:
        """Shape (A,): the operation of each alternative."""
        return np.repeat(np.arange(len(self)), self.alternatives)

    @property
    def has_setups(self) -> bool:
        """Whether any machine has a setup matrix."""
        return len(self.setups.seconds) > 0


@dataclass(frozen=True, eq=False)
class PlainPlan:
    """A schedule of a plain shop.

    Attributes
    ----------
    way : shape (N,)
        Chosen row of the shop's alternatives.
    start : shape (N,)
        When each run starts [s].
    makespan : int
        Greatest end plus tail [s].
    bound : int
        No plan is shorter than this [s].
    """

    way: Ints32
    start: Ints32
    makespan: int
    bound: int = 0


def _rows(count: int, row: ArrayLike, value: ArrayLike) -> tuple[Ints32, Ints32]:
    """Compress pairs into rows, in the order of the pairs within each row."""
    rows, values = np.asarray(row, dtype=np.int64), np.asarray(value, dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    return frozen_ints32(first), frozen_ints32(values[np.argsort(rows, kind="stable")])
