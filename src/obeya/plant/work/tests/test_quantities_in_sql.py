"""Quantities are integers in the database and decimals everywhere else, in sums too."""

from decimal import Decimal

import pytest
from django.core.exceptions import FieldError
from django.db.models import Avg, F, Max, Min, Sum
from django.forms import modelform_factory

from obeya.plant.log.fields import exact
from obeya.plant.work.job_states import open_jobs
from obeya.plant.work.models import Demand, JobOrder, JobTotals
from obeya.plant.work.tests.conftest import SIX_AM


@pytest.fixture(autouse=True)
def totals(kestrel, system_by):
    open_jobs([JobOrder(site=kestrel, code=f"J-{n}") for n in (1, 2, 3)], at=SIX_AM, by=system_by)
    for number, good in enumerate(["1.5", "0.000001", "300"], start=1):
        JobTotals.objects.filter(job__code=f"J-{number}").update(
            good=Decimal(good), scrap=Decimal("0.25")
        )


@pytest.mark.parametrize(
    ("lookup", "codes"),
    [
        ({"good": Decimal("1.5")}, ["J-1"]),
        ({"good__gte": Decimal("1.5")}, ["J-1", "J-3"]),
        ({"good__lt": 2}, ["J-1", "J-2"]),
        ({"good__in": [Decimal("0.000001"), 300]}, ["J-2", "J-3"]),
        ({"good__range": (1, Decimal("299.999999"))}, ["J-1"]),
        ({"good__gt": F("scrap")}, ["J-1", "J-3"]),
        ({"good__gt": F("scrap") + exact(Decimal("1.25"))}, ["J-3"]),
    ],
)
def test_rows_are_found_by_the_quantity_that_people_mean(lookup, codes):
    found = JobTotals.objects.filter(**lookup).order_by("job__code")

    assert [row.job.code for row in found] == codes


def test_sums_and_extremes_are_exact():
    assert JobTotals.objects.aggregate(
        sum=Sum("good"), least=Min("good"), most=Max("good"), mean=Avg("scrap")
    ) == {
        "sum": Decimal("301.500001"),
        "least": Decimal("0.000001"),
        "most": Decimal(300),
        "mean": Decimal("0.25"),
    }


def test_differences_and_multiples_come_back_as_quantities():
    row = JobTotals.objects.annotate(
        net=F("good") - F("scrap"), more=F("good") + exact(1), twice=F("good") * 2
    ).get(job__code="J-1")

    assert (row.net, row.more, row.twice) == (Decimal("1.25"), Decimal("2.5"), Decimal(3))


def test_a_column_is_changed_by_an_exact_quantity():
    JobTotals.objects.update(good=F("good") + exact(Decimal("0.5")))

    assert JobTotals.objects.get(job__code="J-1").good == 2


@pytest.mark.parametrize("bare", [2, Decimal(2)])
def test_a_bare_number_in_a_sum_is_refused_instead_of_taken_for_millionths(bare):
    with pytest.raises(FieldError, match="output_field"):
        list(JobTotals.objects.annotate(net=F("good") - bare))


def test_a_form_takes_and_shows_decimals():
    form = modelform_factory(Demand, fields=["quantity"])

    assert form({"quantity": "12.5"}).fields["quantity"].clean("12.5") == Decimal("12.5")
    assert form({"quantity": "0.0000001"}).errors["quantity"] == [
        "Ensure that there are no more than 6 decimal places."
    ]
