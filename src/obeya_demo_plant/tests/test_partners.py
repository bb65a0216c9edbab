"""Suppliers are on time as often as their figures say; the oracle is the closed form."""

import math
from statistics import NormalDist, fmean

import pytest

from obeya_demo_plant.partners import EARLIEST_DAYS, SUPPLIERS, Supplier, working_day_after

MANY = 20_000
PLACES = [(number + 0.5) / MANY for number in range(MANY)]
MONDAY = 20_780 - 20_780 % 7 + 4  # days since 1970, which began on a Thursday


@pytest.mark.parametrize("code", SUPPLIERS)
def test_a_supplier_is_on_time_as_often_as_specified_and_never_much_too_early(code):
    supplier = SUPPLIERS[code]
    late = [supplier.late_days(at) for at in PLACES]

    assert sum(each <= 0 for each in late) / MANY == pytest.approx(supplier.on_time, abs=0.0002)
    assert min(late) == -EARLIEST_DAYS


def test_those_who_are_late_are_as_late_as_the_tail_of_their_lead_times():
    """Mean of a lognormal beyond its quantile: mean · Φ(σ - z) / (1 - Φ(z)), less the quantile."""
    supplier = SUPPLIERS["TATRA"]
    late = [each for each in (supplier.late_days(at) for at in PLACES) if each > 0]

    normal = NormalDist()
    sigma = math.sqrt(math.log(1 + (12 / 56) ** 2))
    z = normal.inv_cdf(0.88)
    promised = 56 * math.exp(sigma * z - sigma**2 / 2)
    tail = 56 * normal.cdf(sigma - z) / 0.12
    assert supplier.promised_days == pytest.approx(promised)
    assert fmean(late) == pytest.approx(tail - promised, rel=0.01)


def test_what_is_overdue_and_has_not_come_comes_later_still():
    supplier = Supplier(28, 5, 0.90, 150)

    assert supplier.late_days(0.0001, known_late_days=4.0) == pytest.approx(4.0, abs=0.01)
    late = [supplier.late_days(at, known_late_days=4.0) for at in PLACES]
    beyond = [each for each in (supplier.late_days(at) for at in PLACES) if each > 4]
    assert fmean(late) == pytest.approx(fmean(beyond), rel=0.02)


def test_working_days_leave_out_the_weekend():
    assert working_day_after(MONDAY, 4) == MONDAY + 4
    assert working_day_after(MONDAY, 5) == MONDAY + 7
    assert working_day_after(MONDAY + 4, 1) == MONDAY + 7
