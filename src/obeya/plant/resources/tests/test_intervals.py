from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from obeya.plant.resources.intervals import Interval, clipped, union, without

ORIGIN = datetime(2026, 3, 2, tzinfo=UTC)


def at(*ends: tuple[int, int]) -> list[Interval]:
    return [Interval(ORIGIN + timedelta(hours=a), ORIGIN + timedelta(hours=b)) for a, b in ends]


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))
)


def hours(intervals: list[Interval]) -> set[int]:
    """The whole hours inside, as an oracle."""
    return {
        hour
        for hour in range(31)
        for each in intervals
        if each.began_at <= ORIGIN + timedelta(hours=hour) < each.ended_at
    }


def test_intervals_that_touch_are_one() -> None:
    assert union(at((6, 14), (14, 22), (23, 24))) == at((6, 22), (23, 24))


def test_a_break_leaves_two_parts() -> None:
    assert without(at((6, 14)), at((10, 11))) == at((6, 10), (11, 14))


def test_clipping_keeps_the_part_inside() -> None:
    assert clipped(at((6, 14), (16, 18)), *at((8, 17))[0]) == at((8, 14), (16, 17))


@given(spans, spans)
def test_the_difference_has_the_hours_of_one_and_not_of_the_other(
    these: list[tuple[int, int]], those: list[tuple[int, int]]
) -> None:
    left = without(at(*these), at(*those))

    assert hours(left) == hours(at(*these)) - hours(at(*those))
    assert all(a.ended_at < b.began_at for a, b in pairwise(left))
