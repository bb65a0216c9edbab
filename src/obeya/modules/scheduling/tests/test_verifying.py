"""What breaks a rule is neither opened as a draft nor published: the checker looks first."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from obeya.engines.scheduling import Alternative, ProblemBuilder, Schedule, check
from obeya.engines.scheduling.checker.check import RULES
from obeya.modules.scheduling import drafting, verifying
from obeya.modules.scheduling.actions import publish_draft
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.refusals import PlanBreaksRule
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.work.models import JobOrder, SupplyOrder

pytestmark = pytest.mark.django_db
WORDS = (
    "The plan breaks a rule: LEG/10, CHAIR/10:"
    " one starts before the other, which it waits for, is done"
)


@pytest.fixture
def drawn(joinery, monkeypatch):
    """Forty legs are sawn until 4,800 s, ten chairs assembled from them."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    return draw(Draft.objects.select_related("base", "site").get(), now=NOW)


@pytest.fixture
def broken(drawn):
    """The same draft as a fault would leave it in memory: chairs a minute before their legs."""
    chair = drawn.plant.operation_of[SupplyOrder.objects.get(material__code="CHAIR").pk, 10, 1]
    schedule = drawn.schedule
    shift = {"setup_start": schedule.setup_start, "start": schedule.start, "end": schedule.end}
    for name, column in shift.items():
        shift[name] = column.copy()
        shift[name][chair] -= 60
    drawn.sheet.base = replace(schedule, **shift)
    drawn.sheet.schedules.clear()
    return replace(drawn, schedule=drawn.sheet.base)


def written():
    return (
        PlanVersion.objects.published().count(),
        Draft.objects.filter(closed_at=None).get().pk,
        JobOrder.objects.count(),
        set(SupplyOrder.objects.values_list("status", flat=True)),
        OperationsEvent.objects.count(),
    )


def test_a_plan_that_breaks_a_rule_is_published_by_no_door(joinery, drawn, broken, planner):
    before = written()
    by = system_actor()

    with pytest.raises(PlanBreaksRule, match=WORDS) as refused:
        publish_draft(site=joinery.site, drawn=broken, at=NOW, by=by)
    assert "not published, and nothing was changed. Plan again" in str(refused.value)
    with pytest.raises(PlanBreaksRule, match=WORDS):
        publish_now(joinery.site, by=by, now=NOW)
    seen = {"draft": drawn.draft.pk, "revision": 0}
    page = planner.post("/s/JOI/plan/publish/", json.dumps(seen), "application/json")
    rest = planner.post(
        "/api/v1/s/JOI/plan-publications/", json.dumps({"rows": [seen]}), "application/json"
    )

    assert (page.status_code, rest.status_code) == (422, 422)
    assert WORDS in page.json()["reason"]
    assert WORDS in rest.json()["title"]
    assert written() == before == (0, drawn.draft.pk, 0, {"proposed"}, before[-1])


def test_a_draft_is_checked_once_as_it_stands(drawn):
    assert drawn.schedule not in verifying._verified

    assert verifying.verified(drawn) is drawn

    assert verifying._verified[drawn.schedule] is drawn.plant.problem
    again = draw(drawn.draft, now=NOW + timedelta(minutes=1))
    assert verifying._verified[again.schedule] is again.plant.problem
    drafting.forget()
    assert draw(drawn.draft, now=NOW).schedule not in verifying._verified


def test_each_rule_of_the_checker_has_words_of_the_plant(drawn):
    source = " ".join(rule.__name__ for rule in RULES)
    apart = {"now", "horizon", "complete", "eligible_machine", "not_resumable"}

    assert set(verifying._RULES) == {*source.split(), *apart} - {"now_and_horizon"}


def test_many_broken_rules_are_counted_and_a_few_operations_named(drawn, broken):
    [one] = check(drawn.plant.problem, broken.schedule)
    crowd = replace(one, rule="crew", operations=(0, 1, 0, 1, 0))

    said = verifying.broken_rules(drawn.plant, [crowd, one, one])

    assert said == (
        "The plan breaks a rule: CHAIR/10, LEG/10, CHAIR/10, 2 more:"
        " more people are needed than are there (and 2 more)."
    )


@pytest.mark.parametrize(("is_frozen", "refused"), [(True, 0), (False, 1)])
def test_what_has_begun_or_is_frozen_excuses_a_broken_rule_at_publishing(is_frozen, refused):
    """Two operations on one machine at the same time; the first one perhaps a fact."""
    builder = ProblemBuilder(now=0, horizon=36_000)
    machine = builder.machine(calendar=builder.calendar([(0, 36_000)]))
    fixed: dict[str, Any] = {"fixed_alternative": 0, "fixed_start": 3600} if is_frozen else {}
    for facts in (fixed, {}):
        order = builder.order(due=36_000)
        builder.operation([Alternative(machine, run=3600)], order=order, **facts)
    problem = builder.build()
    times = {"setup_start": [3600] * 2, "start": [3600] * 2, "end": [7200] * 2}

    found = check(problem, Schedule.of(problem, alternative=[0, 1], **times))

    assert [each.rule for each in found] == ["one_at_a_time"]
    assert len(verifying.of_the_plan(problem, found)) == refused
