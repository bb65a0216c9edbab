"""The floor's verbs through the REST door: by codes, with the words of the page."""

import pytest
from django.test import Client

from obeya.modules.production.tests.conftest import SIX, post, states
from obeya.plant.log.models import OperationsEvent
from obeya.plant.work.models import JobOrder, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders

pytestmark = pytest.mark.django_db


def test_a_terminal_starts_reports_interrupts_and_completes_a_job(jobs, token_of):
    token = token_of("ann")

    answers = [
        post(token, "job-starts", [{"job": "MO-1/10"}]),
        post(token, "job-reports", [{"job": "MO-1/10", "good": 6, "scrap": "1.5"}]),
        post(token, "job-interruptions", [{"job": "MO-1/10"}]),
        post(token, "job-starts", [{"job": "MO-1/10"}]),
        post(token, "job-completions", [{"job": "MO-1/10"}]),
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert states() == {"MO-1/10": "completed", "MO-1/20": "ready"}
    totals = JobOrder.objects.get(code="MO-1/10").totals
    assert (totals.good, totals.scrap) == (6, 1.5)
    sources = OperationsEvent.objects.filter(kind__startswith="production.")
    assert set(sources.values_list("source", flat=True)) == {"api"}


def test_a_start_sent_twice_with_one_key_is_one_start(jobs, token_of):
    token = token_of("ann")

    first, second = (
        post(token, "job-starts", [{"job": "MO-1/10"}], **{"Idempotency-Key": "tap-1"})
        for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert OperationsEvent.objects.filter(kind="production.jobs_started").count() == 1


def test_each_verb_of_the_floor_sent_twice_with_one_key_is_done_once(jobs, token_of):
    """A terminal that heard no answer sends again, after the job or machine has moved on."""
    token = token_of("ann")
    wishes = [
        ("job-starts", {"job": "MO-1/10"}),
        ("job-reports", {"job": "MO-1/10", "good": 6}),
        ("job-interruptions", {"job": "MO-1/10"}),
        ("downtimes", {"equipment": "BENCH-1"}),
        ("downtime-ends", {"equipment": "BENCH-1"}),
        ("job-starts", {"job": "MO-1/10"}),
        ("job-completions", {"job": "MO-1/10"}),
    ]

    def send(number, verb, row):
        return post(token, verb, [row], **{"Idempotency-Key": f"tap-{number}"})

    first = [send(number, *wish) for number, wish in enumerate(wishes)]
    happened = OperationsEvent.objects.count()
    again = [send(number, *wish) for number, wish in enumerate(wishes)]

    assert [answer.status_code for answer in first + again] == [200] * 14
    assert [answer.json() for answer in again] == [answer.json() for answer in first]
    assert OperationsEvent.objects.count() == happened
    assert JobOrder.objects.get(code="MO-1/10").totals.good == 6
    assert send(1, "job-reports", {"job": "MO-1/10", "good": 7}).status_code == 409


def test_a_report_sent_again_after_its_machine_was_given_up_has_its_answer(jobs, plant, token_of):
    token, row = token_of("ann"), {"equipment": "BENCH-1"}
    first = post(token, "downtimes", [row], **{"Idempotency-Key": "tap-1"})
    bench = plant.equipment("BENCH-1")
    bench.archived_at = SIX
    bench.save(update_fields=["archived_at"])

    again = post(token, "downtimes", [row], **{"Idempotency-Key": "tap-1"})

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert post(token, "downtimes", [row]).status_code == 422


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"job": "MO-9"}], "unknown job MO-9"),
        ([{"job": "MO-1/10"}, {"job": "MO-1/10"}], "an earlier row has the same job"),
        ([{"job": "MO-1/10", "person": "NOBODY"}], "unknown person NOBODY"),
        ([{"job": ""}], "is empty"),
        ([], "no rows"),
    ],
)
def test_what_cannot_be_started_is_refused_by_its_row_and_nothing_runs(jobs, token_of, rows, said):
    answer = post(token_of("ann"), "job-starts", rows)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert set(states().values()) == {"ready"}


def test_the_door_refuses_with_the_words_of_the_verb(jobs, token_of):
    answer = post(token_of("ann"), "job-reports", [{"job": "MO-1/10", "good": 1}])

    assert answer.status_code == 422
    assert "MO-1/10 is ready, so nothing can be reported on it. Start it first." in (
        answer.content.decode()
    )


def test_whoever_works_in_one_branch_sees_and_starts_no_machine_of_another(jobs, plant, token_of):
    token = token_of("bob", equipment=plant.equipment("BENCH-1"))

    listed = Client().get("/api/v1/s/JOI/jobs/", headers={"Authorization": f"Bearer {token}"})
    own = post(token, "job-starts", [{"job": "MO-1/10"}])
    other = post(token, "job-starts", [{"job": "MO-1/20"}])

    assert [row["code"] for row in listed.json()["items"]] == ["MO-1/10"]
    assert (own.status_code, other.status_code) == (200, 403)
    assert states() == {"MO-1/10": "running", "MO-1/20": "ready"}


def test_what_orders_take_is_listed_until_they_are_done_and_not_for_one_branch(
    jobs, plant, token_of
):
    def listed(token):
        path = "/api/v1/s/JOI/job-materials/"
        return Client().get(path, headers={"Authorization": f"Bearer {token}"})

    ann = token_of("ann")
    [row] = listed(ann).json()["items"]
    assert (row["order"], row["operation"], row["material"]) == ("MO-1", None, "LEG")
    assert (float(row["of"]), float(row["quantity"])) == (10, 40)
    assert listed(token_of("bob", equipment=plant.equipment("BENCH-1"))).status_code == 403

    [order] = SupplyOrder.objects.filter(number="MO-1")
    for status in ("started", "completed"):
        move_supply_orders([order], status, at=SIX, by=plant.by)

    assert listed(ann).json()["items"] == []
