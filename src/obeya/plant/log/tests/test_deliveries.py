"""Reactions: after commit, at least once, exactly one effect."""

from datetime import timedelta

import pytest

from obeya.plant.log import clock, deliveries
from obeya.plant.log.models import ActionKey, Delivery, OperationsEvent
from obeya.plant.log.parked import parked, retry_deliveries
from obeya.plant.log.reactions import Reaction
from obeya.plant.log.rooms import Module
from obeya.plant.log.tests.probe import SitesAnswered, SitesNamed, answer_sites, name_sites
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.django_db


def mark(event, *, by, key):
    answer_sites(site_id=event.data["sites"][0], by=by, key=key)


def break_down(event, *, by, key):
    raise RuntimeError("the printer is on fire")


def mark_then_break_down(event, *, by, key):
    mark(event, by=by, key=key)
    raise RuntimeError("killed after the effect, before the end")


def room(*reactions):
    return Module(name="probe", title="Probe", reactions=reactions)


def due_again():
    Delivery.objects.filter(status=0).update(due_at=clock.real_now() - timedelta(seconds=1))


def test_a_reaction_runs_once_and_names_its_cause(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.mark")))
    [kes] = name_sites(names=["KES"], by=ann)

    assert deliveries.drain() == 1
    assert deliveries.drain() == 0

    kes.refresh_from_db()
    assert kes.name == "KES|"
    first, second = OperationsEvent.objects.order_by("id")
    assert (second.kind, second.cause_id, second.depth, second.source) == (
        "probe.sites_answered",
        first.pk,
        1,
        "reaction",
    )
    assert Delivery.objects.get().status == Delivery.Status.DONE


def test_a_reaction_that_kills_its_worker_each_time_is_parked(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.mark")))
    [kes] = name_sites(names=["KES"], by=ann)
    for _ in range(deliveries.MOST_ATTEMPTS):  # leased, and never heard of again
        assert len(deliveries.lease("fast")) == 1
        due_again()

    deliveries.drain()

    kes.refresh_from_db()
    assert kes.name == "KES"
    dead = Delivery.objects.get()
    assert (dead.status, dead.error) == (Delivery.Status.PARKED, "Its worker died too often.")


def test_a_reaction_that_died_after_its_effect_has_no_second_one(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=mark_then_break_down, name="probe.mark")))
    [kes] = name_sites(names=["KES"], by=ann)

    for _ in range(3):
        deliveries.drain()
        due_again()

    kes.refresh_from_db()
    assert kes.name == "KES|"
    assert ActionKey.objects.get().key == f"delivery-{Delivery.objects.get().pk}"


def test_a_reaction_that_always_fails_is_parked_after_five_attempts(enter, ann, system):
    enter(room(Reaction(on=SitesNamed, do=break_down, name="probe.break_down")))
    name_sites(names=["KES"], by=ann)

    for _ in range(7):
        deliveries.drain()
        due_again()

    delivery = parked(by=system).get()
    assert (delivery.attempts, delivery.error) == (5, "RuntimeError: the printer is on fire")


def test_a_failed_reaction_waits_longer_each_time(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=break_down, name="probe.break_down")))
    name_sites(names=["KES"], by=ann)
    waits = []
    for _ in range(3):
        before = clock.real_now()
        deliveries.drain()
        waits.append(round((Delivery.objects.get().due_at - before).total_seconds()))
        due_again()

    assert waits == [2, 4, 8]


def test_a_parked_reaction_is_tried_again_when_a_person_says_so(enter, ann, system):
    enter(room(Reaction(on=SitesNamed, do=break_down, name="probe.mark")))
    [kes] = name_sites(names=["KES"], by=ann)
    for _ in range(5):
        deliveries.drain()
        due_again()
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.mark")))

    retry_deliveries(deliveries=[Delivery.objects.get().pk], by=system)
    deliveries.drain()

    kes.refresh_from_db()
    assert kes.name == "KES|"
    assert Delivery.objects.get().status == Delivery.Status.DONE


def test_a_chain_of_causes_that_never_ends_is_parked_at_depth_eight(enter, ann):
    def again(event, *, by, key):
        name_sites(names=[f"S{event.depth}"], by=by, key=key)

    enter(room(Reaction(on=SitesNamed, do=again, name="probe.again")))
    name_sites(names=["KES"], by=ann)

    deliveries.drain()

    assert list(OperationsEvent.objects.order_by("id").values_list("depth", flat=True)) == list(
        range(9)
    )
    last = Delivery.objects.order_by("id").last()
    assert (last.status, last.error) == (
        Delivery.Status.PARKED,
        "A chain of more than 8 causes and effects.",
    )


def test_fifty_events_that_coalesce_are_one_reaction(enter, ann):
    seen = []
    enter(
        room(
            Reaction(
                on=SitesNamed,
                do=lambda event, *, by, key: seen.append(key),
                name="probe.replan",
                coalesce=lambda event: "all",
                lane="slow",
            )
        )
    )
    for number in range(50):
        name_sites(names=[f"S{number}"], by=ann)

    assert deliveries.drain("fast") == 0
    assert deliveries.drain("slow") == 1

    leader = Delivery.objects.order_by("id").first()
    assert seen == [f"delivery-{leader.pk}"]
    assert Delivery.objects.filter(status=Delivery.Status.COALESCED, into=leader).count() == 49


def test_what_arrives_after_a_reaction_began_is_not_swallowed_by_it(enter, ann):
    """The first try had its effect and died; the later event needs an effect of its own."""
    enter(
        room(
            Reaction(
                on=SitesNamed,
                do=mark_then_break_down,
                name="probe.replan",
                coalesce=lambda event: "all",
            )
        )
    )
    name_sites(names=["KES"], by=ann)
    deliveries.drain()
    name_sites(names=["LEO"], by=ann)
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.replan", coalesce=lambda event: "all")))
    due_again()
    deliveries.drain()

    assert list(Site.objects.order_by("id").values_list("name", flat=True)) == ["KES|", "LEO|"]


def test_a_lease_hides_a_delivery_from_other_workers_until_it_runs_out(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.mark")))
    name_sites(names=["KES"], by=ann)

    [leased] = deliveries.lease("fast")
    assert deliveries.lease("fast") == []
    Delivery.objects.update(due_at=clock.real_now())
    [again] = deliveries.lease("fast")

    assert (leased.id, leased.attempts, again.attempts) == (again.id, 1, 2)


def test_a_reaction_whose_room_is_gone_is_parked_with_the_reason(enter, ann):
    enter(room(Reaction(on=SitesNamed, do=mark, name="probe.mark")))
    name_sites(names=["KES"], by=ann)
    enter(room(Reaction(on=SitesAnswered, do=mark, name="probe.other")))

    deliveries.drain()

    assert Delivery.objects.get().error == "No room declares this reaction any more."
