"""Each shape is as it says; the oracle is the closed form."""

import math
from statistics import fmean, median, pstdev

import pytest

from obeya_demo_plant import shapes

MANY = 20_000
PLACES = [(number + 0.5) / MANY for number in range(MANY)]


def test_an_exponential_pause_has_its_mean_and_as_much_spread():
    lasts = [shapes.exponential(15.0, at) for at in PLACES]

    assert fmean(lasts) == pytest.approx(15, rel=0.001)
    assert pstdev(lasts) == pytest.approx(15, rel=0.01)


@pytest.mark.parametrize("shape", [1.0, 1.8, 3.0])
def test_a_weibull_life_has_its_mean_and_its_spread(shape):
    lives = [shapes.weibull(shape, 40.0, at) for at in PLACES]

    spread = math.sqrt(math.gamma(1 + 2 / shape) / math.gamma(1 + 1 / shape) ** 2 - 1)
    assert fmean(lives) == pytest.approx(40, rel=0.001)
    assert pstdev(lives) / fmean(lives) == pytest.approx(spread, rel=0.01)


@pytest.mark.parametrize("shape", [1.0, 1.8, 3.0])
def test_what_is_left_of_a_life_has_half_the_mean_square_over_the_mean(shape):
    left = [shapes.weibull_left(shape, 40.0, at) for at in PLACES[::10]]

    ratio = math.gamma(1 + 2 / shape) / math.gamma(1 + 1 / shape) ** 2
    assert fmean(left) == pytest.approx(40 * ratio / 2, rel=0.005)
    assert left == sorted(left)


def test_what_is_left_of_a_life_without_age_is_a_whole_life():
    for at in (0.001, 0.3, 0.9, 0.999):
        assert shapes.weibull_left(1.0, 40.0, at) == pytest.approx(shapes.exponential(40.0, at))


def test_a_lognormal_repair_has_its_mean_and_a_median_below():
    repairs = [shapes.lognormal(1.3, 0.9, at) for at in PLACES]

    assert fmean(repairs) == pytest.approx(1.3, rel=0.001)
    assert median(repairs) == pytest.approx(1.3 * math.exp(-(0.9**2) / 2), rel=0.001)


@pytest.mark.parametrize("mean", [0.3, 4.0, 40.0])
def test_poisson_counts_have_their_mean_as_variance(mean):
    counts = [shapes.poisson(mean, at) for at in PLACES]

    assert fmean(counts) == pytest.approx(mean, rel=0.002)
    assert pstdev(counts) ** 2 == pytest.approx(mean, rel=0.005)
