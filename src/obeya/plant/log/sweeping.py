"""Forgetting what has served: keys after thirty days, deliveries that were done."""

from datetime import timedelta
from typing import Any

from obeya.plant.log import clock
from obeya.plant.log.models import ActionKey, Delivery

KEPT = timedelta(days=30)
_AT_ONCE = 5_000


def sweep_keys(**_: Any) -> None:
    """In small bites, so that nobody waits for the writer."""
    before = clock.real_now() - KEPT
    over = (Delivery.Status.DONE, Delivery.Status.COALESCED)
    for rows in (
        ActionKey.objects.filter(recorded_at__lt=before),
        Delivery.objects.filter(status__in=over, done_at__lt=before),
    ):
        while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
            rows.model._base_manager.filter(pk__in=ids).delete()
