"""Kestrel in size M lives for a week without a person touching it."""

import math
from collections import Counter

import pytest

from obeya.kestrel import kestrel
from obeya.kestrel.orders import WEEKS
from obeya.kestrel.tests.loads import work_a_week
from obeya.kestrel.tests.test_figures import LOAD_AND_OEE
from obeya.plant.log import verify
from obeya.plant.log.models import OperationsEvent
from obeya_demo_plant.truth import CENTERS, REPAIR_SIGMA
from tests.plant_of_truth.conftest import MONDAY, digest
from tests.plant_of_truth.figures import Figures, figures

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WEEK_H = 7 * 24
BAND = 3.0  # points, as the specification has it


def luck(code: str, each: Figures) -> float:
    """Points of OEE that the breakdowns of so many hours scatter by: one standard deviation.

    Their number is a Poisson count, each lasts as a lognormal says: the variance of the sum is
    the number times the mean square.
    """
    center = CENTERS[code]
    number = each.taken_h / (center.mtbf_h + center.mttr_h)
    spread_h = math.sqrt(number * math.exp(REPAIR_SIGMA**2)) * center.mttr_h
    return each.oee * spread_h / each.taken_h


def test_the_books_of_the_week_agree_and_show_the_specified_oee_and_load(demo):
    plant = demo("M").live(hours=WEEK_H)

    assert plant.state.refused == 0
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []
    told = Counter(OperationsEvent.objects.values_list("kind", flat=True))
    assert told["production.jobs_completed"] > 350
    assert told["production.equipment_went_down"] > 100
    measured = figures(plant, MONDAY, days=7)
    work = work_a_week(kestrel("M", today=MONDAY.date()), WEEKS)
    outside = {}
    for code, (load, oee) in LOAD_AND_OEE.items():
        each = measured[code]
        net_h = each.open_h
        load_seen = 100 * work[code].ideal_h / (each.oee / 100) / net_h
        allowed = BAND + 2 * luck(code, each)
        print(
            f"{code:6} {each.taken_h:6.1f} of {net_h:6.1f} h taken: OEE {each.oee:5.1f} ({oee}),"
            f" load of the demand {load_seen:5.1f} ({load}), allowed {allowed:4.1f}"
        )
        if abs(each.oee - oee) > allowed or abs(load_seen - load) > allowed * load / oee:
            outside[code] = each.oee, load_seen
    assert outside == {}


def test_two_weeks_of_one_seed_are_the_same_week(twice):
    first, second = twice("M", *[lambda demo: demo.live(hours=WEEK_H)] * 2)

    print(f"{len(first)} rows of moves, hours, jobs, orders and events: {digest(first)}")
    assert first == second
