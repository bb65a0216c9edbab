"""Luck is a function of its name, and distributed as it says; the oracle is the closed form."""

import math
from statistics import fmean, median, pstdev

import pytest

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


@pytest.mark.parametrize("shape", [1.0, 1.8, 3.0])
def test_a_weibull_life_has_its_mean_and_its_spread(shape):
    drawn = [CHANCE.weibull(shape, 40.0, "w", n) for n in MANY]

    spread = math.sqrt(math.gamma(1 + 2 / shape) / math.gamma(1 + 1 / shape) ** 2 - 1)
    assert fmean(drawn) == pytest.approx(40, rel=0.02)
    assert pstdev(drawn) / fmean(drawn) == pytest.approx(spread, rel=0.03)


def test_a_lognormal_repair_has_its_mean_and_a_median_below():
    drawn = [CHANCE.lognormal(1.3, 0.9, "l", n) for n in MANY]

    assert fmean(drawn) == pytest.approx(1.3, rel=0.03)
    assert median(drawn) == pytest.approx(1.3 * math.exp(-(0.9**2) / 2), rel=0.03)


@pytest.mark.parametrize("mean", [0.3, 4.0, 80.0])
def test_poisson_counts_have_their_mean_as_variance(mean):
    drawn = [CHANCE.poisson(mean, "p", n) for n in MANY]

    assert fmean(drawn) == pytest.approx(mean, rel=0.03)
    assert pstdev(drawn) ** 2 == pytest.approx(mean, rel=0.05)
