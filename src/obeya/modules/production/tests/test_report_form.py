"""The report form of a job's page: sent again, it is answered as at first."""

import re

import pytest

from obeya.modules.production.tests.conftest import start
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Reason
from obeya.plant.work.models import JobTotals

PAGE = "/s/JOI/jobs/MO-1/10/"


@pytest.fixture
def form(plant, jobs, client, someone):
    """Six good and one that is burnt, on a job that runs; with the key of the page."""
    plant.with_reason("scrap", "BURN")
    start(plant, jobs[0])
    client.force_login(someone("ann", "operator"))
    [key] = re.findall(r'name="key" value="(\w+)"', client.get(PAGE).content.decode())
    return {"good": 6, "scrap": 1, "reason": Reason.objects.get(code="BURN").pk, "key": key}


def reported():
    totals = JobTotals.objects.get(job__code="MO-1/10")
    told = OperationsEvent.objects.filter(kind="production.quantities_reported").count()
    return int(totals.good), int(totals.scrap), told


def test_a_report_sent_again_is_answered_as_at_first_although_its_reason_was_given_up(form, client):
    first = client.post(f"{PAGE}report/", form)
    Reason.objects.filter(code="BURN").update(archived_at=clock.real_now())

    again = client.post(f"{PAGE}report/", form)

    assert (again.status_code, again.url) == (first.status_code, first.url) == (302, PAGE)
    assert reported() == (6, 1, 1)


@pytest.mark.parametrize("other", [{"good": 5}, {"key": "another"}, {"key": ""}])
def test_what_was_not_reported_before_is_refused_with_what_is_wrong(form, client, other):
    client.post(f"{PAGE}report/", form)
    Reason.objects.filter(code="BURN").update(archived_at=clock.real_now())

    refused = client.post(f"{PAGE}report/", form | other)

    assert refused.status_code == 422
    assert "reason" in refused.context["report_form"].errors
    assert reported() == (6, 1, 1)


def test_whoever_may_not_report_is_not_told_what_was(form, client, someone):
    client.post(f"{PAGE}report/", form)
    client.force_login(someone("gus", "guest"))

    answer = client.post(f"{PAGE}report/", form | {"reason": "x"})

    assert answer.status_code == 403
    assert reported() == (6, 1, 1)
