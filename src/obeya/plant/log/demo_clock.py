"""Shifting or speeding up the clock of a demo plant; a real plant has only the real one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet

from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.events import event
from obeya.plant.log.models import DemoClock
from obeya.plant.log.publishing import publish
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import Refusal


class PlantIsReal(Refusal):
    """Only a demo plant has a clock that can be set."""


@event("log.demo_clock_set", view="log.view_events")
@dataclass(frozen=True)
class DemoClockSet:
    """A demo plant's clock shows another time, or runs at another rate."""

    shown: datetime
    rate: Decimal


@query(permission="log.view_events")
def demo_clocks(*, by: Actor) -> QuerySet[DemoClock]:
    """One, or none: then the demo's clock is the real one."""
    return DemoClock.objects.all()


@action(permission="log.set_demo_clock")
def set_demo_clock(*, shown: datetime, rate: Decimal = Decimal(1), by: Actor) -> None:
    """From now on it is `shown`, and time passes `rate` times as fast."""
    if not settings.DEMO:
        raise PlantIsReal("This is a real plant; its clock is the real one.")
    if not 0 <= rate <= 100_000:
        raise Refusal(f"A clock runs at a rate of 0 to 100,000, not {rate}.")
    DemoClock.objects.update_or_create(
        pk=1, defaults={"real_anchor": clock.real_now(), "shown_anchor": shown, "rate": rate}
    )
    clock.forget()
    publish(DemoClockSet(shown, rate), at=shown)
