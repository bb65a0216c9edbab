import threading

import pytest
from django.db import connection, transaction

from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import NumberSeries
from obeya.plant.log.numbers import SeriesRow, next_numbers, save_number_series
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Site


@pytest.fixture
def kes(db):
    return Site.objects.create(code="KES", name="Kesselstadt")


@pytest.fixture
def bru(db):
    return Site.objects.create(code="BRU", name="Bruck")


def test_each_site_and_document_counts_for_itself(kes, bru):
    assert next_numbers(site=kes, document="make", count=3, prefix="MO-") == [
        "MO-00001",
        "MO-00002",
        "MO-00003",
    ]
    assert next_numbers(site=kes, document="make") == ["MO-00004"]
    assert next_numbers(site=kes, document="buy") == ["00001"]
    assert next_numbers(site=bru, document="make", prefix="B-") == ["B-00001"]
    assert next_numbers(site=bru, document="make", count=0) == []


def test_a_thousand_cost_no_more_than_one(kes, django_assert_num_queries):
    next_numbers(site=kes, document="make")
    for count in (1, 1000):
        with django_assert_num_queries(2):
            assert len(next_numbers(site=kes, document="make", count=count)) == count


def test_a_series_never_goes_back(kes, system):
    next_numbers(site=kes, document="make", count=10)
    row = SeriesRow("make", prefix="MO-", digits=3, next_number=11)
    save_number_series(site=kes, rows=[row], by=system)
    assert next_numbers(site=kes, document="make") == ["MO-011"]

    with pytest.raises(RowsRefused, match="past that number"):
        save_number_series(site=kes, rows=[SeriesRow("make", next_number=5)], by=system)
    assert NumberSeries.objects.get().next_number == 12


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_never_get_the_same_number():
    site = Site.objects.create(code="KES", name="Kesselstadt")
    taken, start = [], threading.Barrier(8)

    def take():
        start.wait()
        for _n in range(10):
            with transaction.atomic():
                numbers = next_numbers(site=site, document="make", count=3)
            taken.extend(numbers)
        connection.close()

    threads = [threading.Thread(target=take) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [f"{n:05d}" for n in range(1, 241)]


def test_a_series_that_no_paper_holds_is_refused(kes):
    rows = [
        SeriesRow("make", digits=10**9),
        SeriesRow("make", prefix="x" * 21),
        SeriesRow("", next_number=0),
    ]
    with pytest.raises(RowsRefused) as refused:
        save_number_series(site=kes, rows=rows, by=system_actor())

    assert [(each.row, each.field) for each in refused.value.problems] == [
        (0, "digits"),
        (1, "document"),
        (1, "prefix"),
        (2, "document"),
        (2, "next_number"),
    ]
    assert not NumberSeries.objects.exists()
