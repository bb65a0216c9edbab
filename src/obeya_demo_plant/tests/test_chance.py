"""Luck is a function of its name, spread as it says; the oracle is the closed form."""

import math
from itertools import pairwise
from statistics import NormalDist, fmean, pstdev

import pytest

from obeya_demo_plant import shapes
from obeya_demo_plant.chance import Chance

CHANCE = Chance(7)
MANY = range(20_000)


def test_the_same_question_has_the_same_answer_whatever_was_asked_before():
    first = Chance(7).uniform("PRESS-1", "repair", 3)
    for number in range(10):
        CHANCE.uniform("PRESS-2", "repair", number)

    assert CHANCE.uniform("PRESS-1", "repair", 3) == first
    assert CHANCE.uniform("PRESS-1", "repair", 4) != first
    assert Chance(8).uniform("PRESS-1", "repair", 3) != first


def test_names_do_not_run_together():
    assert CHANCE.uniform("A", "BC") != CHANCE.uniform("AB", "C")


def test_uniform_numbers_fill_the_interval_evenly():
    drawn = [CHANCE.uniform("u", n) for n in MANY]

    assert fmean(drawn) == pytest.approx(1 / 2, abs=0.01)
    assert pstdev(drawn) == pytest.approx(math.sqrt(1 / 12), abs=0.005)
    assert 0 < min(drawn) < 0.001
    assert 0.999 < max(drawn) < 1


def test_what_is_drawn_in_turn_leaves_gaps_of_three_lengths_and_none_wide():
    """The three-distance theorem; after a Fibonacci number of draws there are but two lengths."""
    drawn = sorted(CHANCE.in_turn(n, "GEAR", "repair") for n in range(34))

    gaps = [b - a for a, b in pairwise([*drawn, drawn[0] + 1])]
    golden = (math.sqrt(5) - 1) / 2
    short, wide = golden**8, golden**7
    assert all(
        gap == pytest.approx(short, abs=1e-12) or gap == pytest.approx(wide, abs=1e-12)
        for gap in gaps
    )


@pytest.mark.parametrize("number", [0, 1, 7])
def test_each_draw_in_turn_is_uniform_over_the_seeds(number):
    drawn = [Chance(seed).in_turn(number, "GEAR", "repair") for seed in range(20_000)]

    assert fmean(drawn) == pytest.approx(1 / 2, abs=0.01)
    assert pstdev(drawn) == pytest.approx(math.sqrt(1 / 12), abs=0.005)


def test_eight_repairs_in_turn_last_together_as_if_one_were_drawn_from_each_eighth():
    """The oracle is stratified sampling: the mean square less that of the means of the parts."""
    mean, sigma, parts = 1.8, 0.9, 8
    bounds = [-math.inf, *(NormalDist().inv_cdf(n / parts) for n in range(1, parts)), math.inf]
    shares = [
        NormalDist().cdf(high - sigma) - NormalDist().cdf(low - sigma)
        for low, high in pairwise(bounds)
    ]
    evenly = mean * math.sqrt(math.exp(sigma**2) / parts - sum(each**2 for each in shares))
    by_luck = mean * math.sqrt((math.exp(sigma**2) - 1) / parts)

    def weeks(draw):
        return [
            fmean(shapes.lognormal(mean, sigma, draw(n, week)) for n in range(parts))
            for week in range(2_000)
        ]

    in_turn = weeks(CHANCE.in_turn)
    assert fmean(in_turn) == pytest.approx(mean, rel=0.02)
    assert pstdev(in_turn) == pytest.approx(evenly, rel=0.2)
    assert pstdev(weeks(CHANCE.uniform)) == pytest.approx(by_luck, rel=0.1)
    assert evenly < 0.6 * by_luck


def test_of_machines_that_are_looked_at_together_one_lies_in_each_part():
    drawn = [CHANCE.one_each(place, 5, "GRIND", "age") for place in range(5)]

    assert sorted(int(5 * each) for each in drawn) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("mean", [0.3, 4.0, 80.0])
def test_poisson_counts_have_their_mean_as_variance(mean):
    drawn = [CHANCE.poisson(mean, "p", n) for n in MANY]

    assert fmean(drawn) == pytest.approx(mean, rel=0.03)
    assert pstdev(drawn) ** 2 == pytest.approx(mean, rel=0.05)
