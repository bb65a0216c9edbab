"""Reactions that have not run yet: while there are any, the plant has not settled."""

from django.db.models import QuerySet

from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Delivery
from obeya.plant.log.queries import query


@query(permission="log.view_events")
def waiting_deliveries(*, by: Actor) -> QuerySet[Delivery]:
    """Due now or later, tried before or not; parked ones wait for a person instead."""
    return Delivery.objects.filter(status=Delivery.Status.WAITING)
