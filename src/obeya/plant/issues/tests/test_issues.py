from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from obeya.plant.issues.models import ActionItem, CauseNode, Issue
from obeya.plant.resources.models import Person

SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def ann(kestrel):
    return Person.objects.create(code="ANN", name="Ann", home_site=kestrel)


@pytest.fixture
def near_miss(kestrel, press_4, system_by):
    return Issue.objects.create(
        site=kestrel,
        code="I-1",
        type="near_miss",
        title="Guard open while the press ran",
        equipment=press_4,
        severity_actual=0,
        severity_potential=5,
        occurred_at=SIX_AM,
        reported_at=SIX_AM,
        reported_by_id=system_by.account_id,
    )


@pytest.fixture
def guard_switch(kestrel, near_miss, ann, system_by):
    return ActionItem.objects.create(
        site=kestrel,
        issue=near_miss,
        kind="corrective",
        title="Replace the guard switch",
        owner=ann,
        due_on=date(2026, 3, 6),
        created_at=SIX_AM,
        created_by_id=system_by.account_id,
    )


def refused(rows, name, **values):
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        rows.update(**values)
    return True


def test_an_issue_that_is_open_is_found_and_its_actions_too(near_miss, guard_switch, kestrel):
    assert Issue.objects.at(kestrel).open().get() == near_miss
    assert ActionItem.objects.at(kestrel).open().get() == guard_switch


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("issue_severity_0_to_5", {"severity_potential": 6}),
        ("issue_could_not_be_milder_than_it_was", {"severity_actual": 3, "severity_potential": 2}),
        ("issue_closed_has_a_time", {"state": "closed"}),
        ("issue_closed_has_a_time", {"closed_at": SIX_AM}),
        ("issue_type_is_known", {"type": "gossip"}),
        ("issue_object_has_model_and_id", {"object_model": "quality.Inspection"}),
        ("issue_has_a_code_and_a_title", {"title": ""}),
    ],
)
def test_what_an_issue_may_not_say(near_miss, rule, values):
    assert refused(Issue.objects, rule, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "done"},  # by whom, when?
        {"done_at": SIX_AM},  # and still open?
        {"state": "verified", "done_at": SIX_AM},
    ],
)
def test_an_action_is_done_and_verified_by_someone_at_some_time(guard_switch, values):
    assert refused(ActionItem.objects, "action_item_state_has_who_and_when", **values)


def test_an_action_is_verified_after_it_was_done(guard_switch, system_by):
    done = {"state": "done", "done_at": SIX_AM, "done_by": system_by.account_id}
    verified = {"verified_at": SIX_AM, "verified_by": system_by.account_id}

    assert ActionItem.objects.update(**done) == 1
    assert ActionItem.objects.update(**done | verified | {"state": "verified"}) == 1


def test_causes_are_a_tree_and_a_root_cause_is_confirmed(near_miss):
    switch = CauseNode.objects.create(issue=near_miss, text="The switch was bridged")
    why = CauseNode.objects.create(issue=near_miss, parent=switch, text="It tripped at every die")

    assert list(switch.children.all()) == [why]
    assert refused(CauseNode.objects, "cause_node_root_is_confirmed", is_root=True)
    CauseNode.objects.filter(pk=why.pk).update(verdict="confirmed", is_root=True)
    assert refused(
        CauseNode.objects.filter(pk=why.pk), "cause_node_not_its_own_cause", parent=why.pk
    )


def test_two_sites_have_issues_of_equal_code(near_miss, merlin):
    near_miss.pk = None
    near_miss.site = merlin
    near_miss.save(force_insert=True)

    assert Issue.objects.filter(code="I-1").count() == 2
    near_miss.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        near_miss.save(force_insert=True)
