"""One action: all or nothing, once per key, told by an event."""

import pytest

from obeya.plant.log.actions import PublishedNothing, action
from obeya.plant.log.actor import Actor, Scope
from obeya.plant.log.answers import AnswerGone
from obeya.plant.log.guards import overridable
from obeya.plant.log.models import ActionKey, ChangeRow, OperationsEvent
from obeya.plant.log.publishing import PublishedOutside, publish
from obeya.plant.log.refusal import KeyReused, NotPermitted
from obeya.plant.log.rooms import Module
from obeya.plant.log.tests.probe import NameTaken, SitesNamed, do_nothing, name_sites, name_twice
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.django_db


def test_an_action_tells_what_it_did_and_who_did_it(ann):
    [kes] = name_sites(names=["KES"], by=ann)

    event = OperationsEvent.objects.get()
    assert (event.kind, event.actor_id, event.source) == (
        "probe.sites_named",
        ann.account_id,
        "page",
    )
    assert event.payload == f'{{"sites":[{kes.pk}]}}'
    assert event.data == {"sites": [kes.pk]}
    change = ChangeRow.objects.get()
    assert (change.event_id, change.model, change.row_id) == (event.pk, "resources.Site", kes.pk)
    assert change.fields == {"name": [None, "KES"]}


def test_a_refusal_changes_nothing_and_gives_the_key_back(ann):
    with pytest.raises(NameTaken, match="choose another one"):
        name_sites(names=["refused"], by=ann, key="k1")

    assert not Site.objects.exists()
    assert not OperationsEvent.objects.exists()
    assert not ActionKey.objects.exists()


def test_the_same_wish_under_one_key_has_one_effect_and_one_answer(ann):
    first = name_sites(names=["KES"], by=ann, key="k1")
    again = name_sites(names=["KES"], by=ann, key="k1")

    assert again == first
    assert Site.objects.count() == 1
    assert OperationsEvent.objects.count() == 1


def test_another_wish_under_a_used_key_is_refused(ann):
    name_sites(names=["KES"], by=ann, key="k1")

    with pytest.raises(KeyReused, match="used before for other content"):
        name_sites(names=["LEO"], by=ann, key="k1")

    assert Site.objects.get().code == "KES"


def test_a_repeat_says_so_when_what_was_made_is_gone(ann):
    name_sites(names=["KES"], by=ann, key="k1")
    Site.objects.all().delete()

    with pytest.raises(AnswerGone, match="what it made then has been removed since"):
        name_sites(names=["KES"], by=ann, key="k1")

    assert not Site.objects.exists()
    assert OperationsEvent.objects.count() == 1


def test_keys_of_two_actors_are_two_keys(ann, system):
    name_sites(names=["KES"], by=ann, key="k1")
    name_sites(names=["LEO"], by=system, key="k1")

    assert Site.objects.count() == 2


def test_an_action_that_tells_nothing_fails(ann):
    with pytest.raises(PublishedNothing, match=r"log\.do_nothing published nothing"):
        do_nothing(by=ann)


def test_publishing_outside_an_action_fails():
    with pytest.raises(PublishedOutside, match="only an action may publish"):
        publish(SitesNamed([1]))


def test_an_action_called_by_an_action_joins_it(ann):
    [kes] = name_sites(names=["KES"], by=ann)

    name_twice(names=["LEO"], site=kes, by=ann)

    told = OperationsEvent.objects.order_by("id").values_list("site_id", flat=True)
    assert list(told) == [None, None, kes.pk]


def test_a_refusal_inside_a_nested_action_undoes_the_outer_one(ann):
    [kes] = name_sites(names=["KES"], by=ann)

    with pytest.raises(NameTaken):
        name_twice(names=["LEO", "refused"], site=kes, by=ann)

    assert Site.objects.get() == kes
    assert OperationsEvent.objects.count() == 1


def test_without_the_permission_nothing_happens(ann):
    guest = Actor(ann.account_id, "guest")

    with pytest.raises(NotPermitted, match=r"permission probe\.name is missing"):
        name_sites(names=["KES"], by=guest)

    assert not Site.objects.exists()


def test_a_permission_at_one_site_does_not_reach_another(ann):
    kes, leo = name_sites(names=["KES", "LEO"], by=ann)
    at_kes = Actor(ann.account_id, "bob", grants={"probe.name": frozenset({Scope(kes.pk)})})

    name_twice(names=["A"], site=kes, by=at_kes)
    with pytest.raises(NotPermitted, match="at LEO"):
        name_twice(names=["B"], site=leo, by=at_kes)

    assert not Site.objects.filter(code="B").exists()


def test_a_nested_refusal_that_the_outer_action_catches_undoes_that_part_alone(ann):
    @action(permission="probe.name")
    def name_what_can_be_named(*, names: list[str], by: Actor) -> list[str]:
        refused = []
        for name in names:
            try:
                name_sites(names=[name], by=by)
            except NameTaken:
                refused.append(name)
        publish(SitesNamed([]))
        return refused

    assert name_what_can_be_named(names=["KES", "refused", "LEO"], by=ann) == ["refused"]

    assert list(Site.objects.order_by("id").values_list("code", flat=True)) == ["KES", "LEO"]
    assert OperationsEvent.objects.count() == 3


def test_an_override_alone_is_no_event_of_the_action(ann, enter):
    @overridable("probe.name")
    def never(*, by):
        return [NameTaken("Never.")]

    enter(Module(name="probe", title="Probe", guards={do_nothing: [never]}))

    with pytest.raises(PublishedNothing):
        do_nothing(by=ann, overrides={"never": "because"})
