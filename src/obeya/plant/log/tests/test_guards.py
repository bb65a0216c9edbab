"""Rooms above add their rules; a person with the right may set one aside, with a reason."""

import pytest

from obeya.plant.log.actor import Actor
from obeya.plant.log.guards import GuardsRefused, overridable
from obeya.plant.log.models import GuardOverride, OperationsEvent
from obeya.plant.log.refusal import NotPermitted, Refusal
from obeya.plant.log.rooms import Module
from obeya.plant.log.tests.probe import name_sites
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.django_db


class TooShort(Refusal):
    """A name has fewer than three letters."""


@overridable("probe.override")
def has_three_letters(*, names, by):
    short = [name for name in names if len(name) < 3]
    return [TooShort(f"{short[0]} has fewer than three letters; write it out.")] if short else []


def is_not_a_colour(*, names, by):
    return [Refusal("RED is a colour; choose a place.")] if "RED" in names else []


@pytest.fixture
def guarded(enter):
    enter(
        Module(
            name="probe",
            title="Probe",
            guards={name_sites: [has_three_letters, is_not_a_colour]},
        )
    )


@pytest.fixture
def boss(ann):
    scopes = ann.grants["probe.name"]
    return Actor(ann.account_id, "boss", grants={"probe.name": scopes, "probe.override": scopes})


def test_a_guard_refuses_and_nothing_changes(guarded, ann):
    with pytest.raises(TooShort, match="KE has fewer than three letters"):
        name_sites(names=["KE"], by=ann)

    assert not Site.objects.exists()


def test_two_guards_say_both_reasons(guarded, ann):
    with pytest.raises(GuardsRefused, match=r"fewer than three letters.* RED is a colour"):
        name_sites(names=["KE", "RED"], by=ann)


def test_an_override_is_an_event_with_its_reason(guarded, boss):
    name_sites(names=["KE"], by=boss, overrides={"has_three_letters": "it is what they call it"})

    override = GuardOverride.objects.get()
    assert (override.action, override.guard, override.reason) == (
        "log.name_sites",
        "has_three_letters",
        "it is what they call it",
    )
    first = OperationsEvent.objects.order_by("id").first()
    assert (first.pk, first.kind) == (override.event_id, "log.guard_overridden")
    assert "call it" not in first.payload


def test_who_lacks_the_right_cannot_override(guarded, ann):
    with pytest.raises(NotPermitted, match=r"probe\.override is missing"):
        name_sites(names=["KE"], by=ann, overrides={"has_three_letters": "please"})

    assert not Site.objects.exists()


def test_an_override_without_a_reason_is_refused(guarded, boss):
    with pytest.raises(Refusal, match="needs a reason"):
        name_sites(names=["KE"], by=boss, overrides={"has_three_letters": " "})


def test_a_guard_that_nobody_may_override_stays(guarded, boss):
    with pytest.raises(NotPermitted, match="cannot be overridden by anybody"):
        name_sites(names=["RED"], by=boss, overrides={"is_not_a_colour": "I like it"})


def test_a_guard_that_has_no_objection_needs_no_override(guarded, boss):
    name_sites(names=["KES"], by=boss, overrides={"has_three_letters": "just in case"})

    assert not GuardOverride.objects.exists()
