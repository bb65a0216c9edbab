"""What left for customers, and what came back: the ledger behind the cumulative quantities."""

from collections.abc import Sequence
from datetime import datetime

from obeya.modules.calloffs.demands import plan_again
from obeya.modules.calloffs.events import DeliveriesRecorded
from obeya.modules.calloffs.models import DeliveryMove, ScheduleAgreement
from obeya.modules.calloffs.rows import DeliveryRow
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Site
from obeya.plant.resources.wall_clock import instant


@action(permission="calloffs.edit")
def record_deliveries(*, site: Site, rows: Sequence[DeliveryRow], by: Actor) -> list[DeliveryMove]:
    """Enter deliveries and rejected returns; what is on the way is not to be made again."""
    check = RowCheck(rows)
    check.filled("agreement", "document")
    check.above_zero("quantity")
    locked = ScheduleAgreement.objects.at(site).order_by("pk").select_for_update(of=("self",))
    agreements = check.known(
        "agreement", locked.select_related("material", "customer"), what="schedule agreement"
    )
    now = clock.now()
    for index, row in enumerate(rows):
        if row.at is not None and _moment(site, row.at) > now:
            check.add(index, "at", "in the future", "Enter a delivery when it has left.")
    _once(check, agreements)
    check.refuse()
    moves = insert_many(
        [
            DeliveryMove(
                agreement=agreements[row.agreement],
                kind=row.kind,
                document=row.document,
                quantity=row.quantity,
                at=_moment(site, row.at) if row.at else now,
                recorded_at=now,
                by_id=by.account_id,
            )
            for row in rows
        ],
        ids=True,
    )
    touched = sorted(agreements.values(), key=lambda each: each.pk)
    plan_again(site, touched, by=by)
    publish(
        DeliveriesRecorded([each.pk for each in moves], [each.pk for each in touched]), site=site
    )
    return moves


def _moment(site: Site, at: datetime) -> datetime:
    return at if at.tzinfo else instant(site.zone, at)


def _once(check: RowCheck[DeliveryRow], agreements: dict[str, ScheduleAgreement]) -> None:
    known = set(
        DeliveryMove.objects.filter(
            agreement__in=list(agreements.values()),
            document__in={row.document for row in check.rows},
        ).values_list("agreement__code", "kind", "document")
    )
    for index, row in enumerate(check.rows):
        key = (row.agreement, row.kind, row.document)
        if key in known:
            rule = f"{row.document} is entered for {row.agreement} already"
            check.add(index, "document", rule, "Enter another number, or leave this row out.")
        known.add(key)
