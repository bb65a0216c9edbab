"""Kestrel in size M lives for a week without a person touching it."""

import os
from collections import Counter
from datetime import timedelta

import pytest

from obeya.kestrel import kestrel
from obeya.kestrel.orders import WEEKS
from obeya.kestrel.tests.loads import load_and_oee, work_a_week
from obeya.kestrel.tests.test_figures import LOAD_AND_OEE
from obeya.plant.log import verify
from obeya.plant.log.models import OperationsEvent
from obeya_demo_plant import seen
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.living import LISTS
from obeya_demo_plant.state import State
from obeya_demo_plant.truth import Truth
from tests.plant_of_truth.conftest import MONDAY, Demo, books, digest
from tests.plant_of_truth.figures import Told, figures, from_books, from_messages
from tests.plant_of_truth.scatter import even_scatter, expected_oee

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WEEK_H = 7 * 24
SECOND_RUN_H = int(os.environ.get("OBEYA_SECOND_RUN_H", "48"))  # of the week; 168 is all of it
FIRST, LAST = int(MONDAY.timestamp()), int((MONDAY + timedelta(days=7)).timestamp())
BAND = 3.0  # points, as the specification has it


def outside(plant: Floor, told: Told, *, title: str) -> dict[str, str]:
    """Work centers whose OEE or load lies beyond what is allowed; prints all.

    The load that follows from an OEE is asked beside what the specification's formula says of this
    very demand, which `test_figures` holds within the band of the specified load.

    Where two standard deviations of what whole breakdowns leave are within the band, the week must
    be within the band of the specification. Where they are not, no week can promise it: there it
    may instead be within three deviations of what the formula says of these very lots, and that
    within the band.
    """
    measured = figures(plant, told, first=FIRST, last=LAST)
    expected = expected_oee(plant, told, first=FIRST)
    demand = kestrel("M", today=MONDAY.date())
    work, asked = work_a_week(demand, WEEKS), load_and_oee(demand, WEEKS)
    found = {}
    for code, (load, oee) in LOAD_AND_OEE.items():
        each, mean, (load_asked, _) = measured[code], expected[code], asked[code]
        sigma = even_scatter(code, each)
        load_seen = 100 * work[code].ideal_h / (each.oee / 100) / each.open_h
        line = (
            f"{title} {code:6} {each.taken_h:6.1f} of {each.open_h:6.1f} h: OEE {each.oee:5.1f},"
            f" of such lots {mean:5.1f}, specified {oee}; sigma {sigma:3.1f};"
            f" load of the demand {load_seen:5.1f}, by the formula {load_asked:4.1f}"
        )
        print(line)
        follows = abs(load_seen - load_asked) <= BAND * load / oee
        is_good = abs(each.oee - oee) <= BAND and follows
        if 2 * sigma > BAND:
            is_explained = abs(mean - oee) <= BAND and abs(each.oee - mean) <= 3 * sigma
            is_good = is_good or is_explained
        if not is_good:
            found[code] = line
    return found


def test_in_the_first_week_of_three_plants_each_work_center_shows_its_oee_and_load(demo):
    plant = demo("M").plant()
    lists = {name: plant.doors.list(name) for name in LISTS}
    orders = seen.orders(plant.doors.list("jobs"))
    wrong = {}
    for seed in (1, 2, 3):  # the first three; how far others lie is told in the explanation
        state = State(seed=seed, began=FIRST, now=FIRST)
        floor = Floor(state, seen.look(lists, FIRST), Truth(Chance(seed)))
        floor.adopt(orders)
        floor.advance(LAST)
        wrong[seed] = outside(floor, from_messages(floor, orders, last=LAST), title=f"seed {seed}")

    assert wrong == {1: {}, 2: {}, 3: {}}


def test_the_books_of_a_week_agree_and_show_the_specified_oee_and_load_and_a_second_run_is_the_same(
    twice,
):
    so_far: list[str] = []

    def first_run(demo: Demo) -> None:
        demo.live(hours=SECOND_RUN_H, plans_anew=False)
        so_far.extend(books())
        plant = demo.live(hours=WEEK_H, plans_anew=False)

        assert plant.state.refused == 0
        assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []
        told = Counter(OperationsEvent.objects.values_list("kind", flat=True))
        assert told["production.jobs_completed"] > 350
        assert told["production.equipment_went_down"] > 100
        assert outside(plant.floor, from_books(last=LAST), title="books") == {}

    def second_run(demo: Demo) -> None:
        demo.live(hours=SECOND_RUN_H, plans_anew=False)

    week, second = twice("M", first_run, second_run)

    print(f"{len(week)} rows of moves, hours, jobs, orders and events: {digest(week)}")
    assert len(week) > len(second) > 1_000
    assert second == so_far
