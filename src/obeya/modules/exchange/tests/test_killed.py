"""A worker is killed within a part: nothing of that part is done, and the next one goes on."""

from datetime import timedelta

import pytest

from obeya.modules.exchange.tests.dying_worker import die
from obeya.modules.exchange.tests.large_file import MATERIALS, STOCKED, taken
from obeya.modules.exchange.tests.test_undo_in_parts import TOLD, before, undoing, undone
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log import clock, runs
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import Material

__all__ = ["before", "undoing"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_killed_within_a_part_leaves_none_of_it_and_the_next_takes_each_row_once(begun):
    die("take")
    assert taken() == [("Materials", 25)] * 2
    assert Material.objects.filter(code__startswith="X-").count() == 46  # and four of before
    assert runs.drain() == 0  # its lease still holds

    Run.objects.update(leased_until=clock.real_now() - timedelta(seconds=1))
    assert runs.drain() == 1

    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    moves = StockMove.objects.filter(material__code__startswith="X-")
    assert sorted(moves.values_list("quantity", flat=True)) == list(range(1, STOCKED + 1))
    told = OperationsEvent.objects.filter(kind="exchange.part_taken_over")
    assert sorted(each.data["place"] for each in told) == [0, 1, 2, 3, 4, 5, 6]


def test_a_worker_killed_within_a_part_leaves_it_whole_and_the_next_goes_on(undoing):
    die("undo")
    assert undone() == [5, 6]
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    assert runs.drain() == 0  # its lease still holds

    Run.objects.filter(pk=undoing.run_id).update(
        leased_until=clock.real_now() - timedelta(seconds=1)
    )
    assert runs.drain() == 1

    undoing.refresh_from_db()
    assert undoing.undone_at is not None
    assert Material.objects.filter(code__startswith="X-").count() == STOCKED
    moves = StockMove.objects.filter(material__code__startswith="X-")
    back = moves.exclude(reverses=None).values_list("quantity", flat=True)
    assert sorted(back) == list(range(1, STOCKED + 1))
    told = OperationsEvent.objects.filter(kind=TOLD)
    assert sorted(each.data["place"] for each in told) == [0, 1, 2, 3, 4, 5, 6]
