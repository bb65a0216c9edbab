"""How hot the annealing is, and how much is done between two looks at the clock."""

from ..budget import Budget
from .kernels import tables as t
from .layout import Layout

_HOT_H = 8.0  # a typical order so many hours later is one unit of cost at the start
_COLD = 0.005  # share of the first heat at the end
_MOVES_FOR_ALL = 100  # per operation; with fewer moves it starts less hot
_CYCLE = 300  # moves per operation in the first cycle, where no end is known
_EPOCH = 60  # effort of a worker per operation; a unit takes about half a microsecond
_SHORTEST, _LONGEST = 30_000, 240_000
_STEPS = 50  # from hot to cold, at least, but for
_FEWEST = 500  # moves of a worker in one of them


class Cooling:
    """A geometric course from hot to cold over the budget.

    Where the budget says neither the work nor the progress in earnest, cycles of doubling length
    follow each other.
    """

    def __init__(self, layout: Layout, budget: Budget, *, warm: bool) -> None:
        self.budget, self.operations = budget, len(layout.problem)
        price, rate = layout.prices.price, layout.prices.rate
        self.unit = 3600 * max(
            price[t.TYPICAL] * _HOT_H,
            price[t.MAKESPAN],
            price[t.MOVED] * _HOT_H,
            price[t.PROGRESS],
            rate[:, t.SETUP_RATE].mean(),
            price[t.FLOWING],
        )
        self.warm = warm

    def epoch(self, done: int, workers: int) -> tuple[int, int]:
        """Until workers look at each other and at the clock: moves of all, effort of each.

        The effort ends it, but where the whole course is short: it is to go down in steps.
        """
        _, moves = self._course(done)
        effort = min(max(_EPOCH * self.operations, _SHORTEST), _LONGEST)
        return max(int(moves) // _STEPS, _FEWEST * workers), effort

    def heat(self, done: int) -> float:
        """Temperature after so many moves."""
        share, moves = self._course(done)
        first = self.unit * min(1.0, moves / (_MOVES_FOR_ALL * self.operations))
        return float(first * _COLD**share)

    def _course(self, done: int) -> tuple[float, float]:
        """The share of the course that is done, and its length in moves."""
        if self.budget.progress is not None:
            share = min(max(self.budget.progress(), 1e-6), 1.0)
            return share, done / share
        total, cycle = self.budget.work_units, _CYCLE * self.operations
        if total <= 8 * cycle:
            return done / total, total
        while done >= cycle:
            done, cycle = done - cycle, 2 * cycle
        return done / cycle, cycle
