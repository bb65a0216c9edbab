"""How hot the annealing is, and how much is done between two looks at the clock."""

from ..budget import Budget
from .layout import Layout

_COLD = 0.005  # share of the first heat at the end
_MOVES_FOR_ALL = 100  # per operation; with fewer moves it starts less hot
_CYCLE = 300  # moves per operation in the first cycle, where no end is known
_EPOCH = 60  # effort of a worker per operation; a unit takes about half a microsecond
_SHORTEST, _LONGEST = 30_000, 240_000
_LONGEST_OF_ALL = 2_000_000  # about a second, in which nobody is heard who stops the search
_AT_LEAST = 16  # effort per operation: what is done between two epochs takes time by operations too
_STEPS = 50  # from hot to cold, at least, but for
_FEWEST, _FEWEST_OF_ALL = 500, 0.125  # moves of a worker in one of them, and per operation
_NEARLY_OVER = 0.95  # of the time: what is left to do is done before the end comes
_FIRST_TIER = 0.7  # of the course; the later tiers share the rest


class Cooling:
    """A geometric course from hot to cold over the budget, for one tier after the other.

    A unit of a later tier counts next to nothing against one of an earlier tier. So its turn comes
    when it is too cold for the earlier ones to get worse, and begins with the heat of its own.

    Where the budget says neither the work nor the progress in earnest, cycles of doubling length
    follow each other.

    Parameters
    ----------
    held
        Share of the way from hot to cold at which each tier stays in its turn: a live plan is not
        to be melted. By default each goes the whole way.

    Attributes
    ----------
    units
        Of each tier; see `Prices`.
    """

    def __init__(self, layout: Layout, budget: Budget, held: float | None = None) -> None:
        self.budget, self.operations, self._held = budget, len(layout.problem), held
        self.units = layout.prices.units

    def epoch(self, done: int, workers: int) -> tuple[int, int]:
        """Until workers look at each other and at the clock: moves of all, effort of each.

        The effort ends it, but where the whole course is short: it is to go down in steps.
        """
        _, moves = self._course(done)
        count = self.operations
        longest = min(max(_AT_LEAST * count, _LONGEST), _LONGEST_OF_ALL)
        effort = min(max(_EPOCH * count, _SHORTEST), longest)
        fewest = max(_FEWEST, int(_FEWEST_OF_ALL * count))
        return max(int(moves) // _STEPS, fewest * workers), effort

    def heat(self, done: int) -> float:
        """Temperature after so many moves."""
        share, moves = self._course(done)
        tier, of_tier = self._turn(share)
        if self._held is not None:
            of_tier = self._held
        first = self.units[tier] * min(1.0, moves / (_MOVES_FOR_ALL * self.operations))
        return float(first * _COLD**of_tier)

    def tier(self, done: int) -> int:
        """Whose turn it is after so many moves."""
        return self._turn(self._course(done)[0])[0]

    def is_nearly_over(self) -> bool:
        """Whether little is left of the time, where that is what is limited."""
        timed = self.budget.progress if self._held is None else None
        return timed is not None and timed() >= _NEARLY_OVER

    def _turn(self, share: float) -> tuple[int, float]:
        """The tier whose turn it is at some share of the course, and the share of its own."""
        later = len(self.units) - 1
        first = _FIRST_TIER if later else 1.0
        if share < first or not later:
            return 0, share / first
        passed = (share - first) / (1.0 - first) * later
        tier = min(int(passed), later - 1)
        return 1 + tier, passed - tier

    def _course(self, done: int) -> tuple[float, float]:
        """The share of the course that is done, and its length in moves.

        A course that is held is as long as if that share of it were done.
        """
        share, moves = self._whole_course(done)
        return share, moves if self._held is None else done / self._held

    def _whole_course(self, done: int) -> tuple[float, float]:
        if self.budget.progress is not None:
            share = min(max(self.budget.progress(), 1e-6), 1.0)
            return share, done / share
        total, cycle = self.budget.work_units, _CYCLE * self.operations
        if total <= 8 * cycle:
            return done / total, total
        while done >= cycle:
            done, cycle = done - cycle, 2 * cycle
        return done / cycle, cycle
