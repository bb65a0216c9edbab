"""Reactions that failed too often: a person sees them and says try again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.events import event
from obeya.plant.log.models import Delivery
from obeya.plant.log.publishing import publish
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import Refusal


class NotParked(Refusal):
    """Only a parked reaction can be tried again."""


@event("log.deliveries_retried", view="log.view_events")
@dataclass(frozen=True)
class DeliveriesRetried:
    """Parked reactions were given new attempts."""

    deliveries: list[int]


@query(permission="log.view_events")
def parked(*, by: Actor) -> QuerySet[Delivery]:
    found = Delivery.objects.filter(status=Delivery.Status.PARKED)
    return found.select_related("event").order_by("id")


@action(permission="log.retry_deliveries")
def retry_deliveries(*, deliveries: Sequence[int], by: Actor) -> int:
    """Give them five new attempts, now."""
    for each in Delivery.objects.filter(pk__in=deliveries).select_related("event__site"):
        by.must_at("log.retry_deliveries", each.event.site)
    waiting = Delivery.objects.filter(pk__in=deliveries, status=Delivery.Status.PARKED).update(
        status=Delivery.Status.WAITING, attempts=0, due_at=clock.real_now()
    )
    if waiting < len(set(deliveries)):
        raise NotParked("Some of these are not parked any more. Load the page again.")
    publish(DeliveriesRetried(sorted(set(deliveries))))
    return waiting
