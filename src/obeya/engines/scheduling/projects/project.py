"""A resource-constrained project, with modes and several projects at once if need be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..circle import arc_of_circle

LARGEST: Final = 2**31 - 1  # that the kernels count with

Ints32 = NDArray[np.int32]


@dataclass(frozen=True)
class Activity:
    """What the reader of a text knows of an activity.

    Attributes
    ----------
    modes : sequence of (duration, demands)
        Demands of every resource, renewable ones first.
    successors : sequence of int
    release : int
        Earliest start.
    """

    modes: Sequence[tuple[int, Sequence[int]]]
    successors: Sequence[int]
    release: int = 0


@dataclass(frozen=True, eq=False)
class Project:
    """Activities, modes and resources; the aim is makespan.

    Attributes
    ----------
    first_mode : shape (N + 1,)
        Activity i is done in one of the modes ``first_mode[i]`` to ``first_mode[i + 1]``.
    duration : shape (K,)
    demand : shape (K, R)
        Units of each renewable resource that a mode holds while it lasts.
    use : shape (K, Q)
        Units of each resource that a mode uses up for good.
    capacity, stock : shape (R,) and (Q,)
        Units that are there at any time, and for the whole project.
    first_before, before; first_after, after
        Predecessors and successors as compressed rows.
    release : shape (N,)
    """

    first_mode: Ints32
    duration: Ints32
    demand: Ints32
    use: Ints32
    capacity: Ints32
    stock: Ints32
    first_before: Ints32
    before: Ints32
    first_after: Ints32
    after: Ints32
    release: Ints32

    @classmethod
    def of(
        cls, activities: Sequence[Activity], *, capacity: Sequence[int], stock: Sequence[int] = ()
    ) -> "Project":
        """Freeze the tables.

        A mode that holds more of a resource than there is at any time is none: the rows of the
        modes are those that are left.

        Raises
        ------
        ValueError
            If an activity has no mode that can be, a figure is negative or too large, or a
            successor is not there.
        """
        if not all(each.modes for each in activities):
            raise ValueError("An activity has no mode. Expected one or more.")
        _refuse_unfit(activities)
        kinds = len(capacity)
        own = [[mode for mode in each.modes if _fits(mode[1], capacity)] for each in activities]
        for i, left in enumerate(own):
            if not left:
                raise ValueError(
                    f"Activity {i + 1}: each of its modes needs more of a resource than there is at"
                    " any time."
                )
        modes = [mode for each in own for mode in each]
        needs = np.array([list(each) for _, each in modes], dtype=np.int32)
        needs = needs.reshape(len(modes), kinds + len(stock))
        arcs = [(i, j) for i, each in enumerate(activities) for j in each.successors]
        ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
        first_after, after = _rows(len(activities), ends[:, 0], ends[:, 1])
        first_before, before = _rows(len(activities), ends[:, 1], ends[:, 0])
        counts = [len(each) for each in own]
        return cls(
            _frozen(np.concatenate([[0], np.cumsum(counts)])),
            _frozen([duration for duration, _ in modes]),
            _frozen(np.ascontiguousarray(needs[:, :kinds])),
            _frozen(np.ascontiguousarray(needs[:, kinds:])),
            _frozen(capacity),
            _frozen(stock),
            first_before,
            before,
            first_after,
            after,
            _frozen([each.release for each in activities]),
        )

    def __len__(self) -> int:
        """Number of activities."""
        return len(self.release)

    def topological(self) -> Ints32:
        """Activities in an order in which predecessors come first.

        Raises
        ------
        ValueError
            If the arcs go round in a circle, with one of them.
        """
        left = np.diff(self.first_before).tolist()
        order = [i for i, count in enumerate(left) if count == 0]
        for i in order:
            for j in self.after[self.first_after[i] : self.first_after[i + 1]].tolist():
                left[j] -= 1
                if left[j] == 0:
                    order.append(j)
        if len(order) < len(left):
            before = np.repeat(np.arange(len(self)), np.diff(self.first_after)).tolist()
            arc = arc_of_circle(len(self), zip(before, self.after.tolist(), strict=True))
            raise ValueError(f"The successors go round in a circle. {_without(arc)}")
        return _frozen(order)

    def shortest(self) -> Ints32:
        """Shape (N,): the shortest duration of each activity."""
        return np.minimum.reduceat(self.duration, self.first_mode[:-1]).astype(np.int32)


def _without(arc: tuple[int, int] | None) -> str:
    if arc is None:
        return ""
    first, second = arc
    return f"Take out one arc of it, such as that from activity {first + 1} to {second + 1}."


def lower_bound(project: Project) -> int:
    """Longest chain of shortest durations; and work of each resource over its capacity."""
    if not len(project):
        return 0
    shortest = project.shortest()
    end = np.zeros(len(project), dtype=np.int64)
    for i in project.topological().tolist():
        before = project.before[project.first_before[i] : project.first_before[i + 1]]
        start = max(int(project.release[i]), int(end[before].max()) if len(before) else 0)
        end[i] = start + shortest[i]
    work = project.duration[:, None].astype(np.int64) * project.demand
    least = np.minimum.reduceat(work, project.first_mode[:-1], axis=0).sum(axis=0)
    loads = -(-least // np.maximum(project.capacity, 1)) + int(project.release.min())
    return int(max(end.max(), loads.max(initial=0)))


def _refuse_unfit(activities: Sequence[Activity]) -> None:
    last = len(activities) - 1
    if not all(0 <= after <= last for each in activities for after in each.successors):
        raise ValueError(f"An activity names no successor. Expected 1 to {last + 1}.")
    times = [duration for each in activities for duration, _ in each.modes]
    releases = [each.release for each in activities]
    amounts = [need for each in activities for _, needs in each.modes for need in needs]
    if min([*times, *releases, *amounts], default=0) < 0:
        raise ValueError("A duration, a release or a need is negative. Expected 0 or more.")
    if sum(times) + max(releases, default=0) > LARGEST or max(amounts, default=0) > LARGEST:
        raise ValueError(f"All durations together, or a need, are above {LARGEST}.")


def _fits(needs: Sequence[int], capacity: Sequence[int]) -> bool:
    return all(need <= limit for need, limit in zip(needs, capacity, strict=False))


def _frozen(values: object) -> Ints32:
    array = np.array(values, dtype=np.int32)
    array.setflags(write=False)
    return array


def _rows(count: int, row: NDArray[np.int64], value: NDArray[np.int64]) -> tuple[Ints32, Ints32]:
    first = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))])
    return _frozen(first), _frozen(value[np.argsort(row, kind="stable")])
