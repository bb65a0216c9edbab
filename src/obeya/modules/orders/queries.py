"""What the pages of orders show, and the rows as they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.http import Http404

from obeya.modules.orders.chain import supply_chain
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand

MOST_ROWS = 20


@query(permission="orders.view")
def demand_rows(
    *,
    site: Site,
    by: Actor,
    codes: Sequence[str] | None = None,
    order_codes: Sequence[str] | None = None,
) -> list[DemandRow]:
    """The rows that would make the demands as they stand; one query."""
    found = Demand.objects.at(site).select_related("material", "customer").order_by("due_at", "id")
    if codes is not None:
        found = found.filter(code__in=codes)
    if order_codes is not None:
        found = found.filter(order_code__in=order_codes)
    return [
        DemandRow(
            code=each.code,
            material=each.material.code,
            quantity=each.quantity,
            due_at=each.due_at.astimezone(site.zone).replace(tzinfo=None),
            customer=each.customer.code if each.customer else "",
            order_code=each.order_code,
            kind=each.kind,
            weight=each.weight,
            status=each.status,
            extra=each.extra,
        )
        for each in found
    ]


@query(permission="orders.view")
def demands(*, site: Site, by: Actor) -> QuerySet[Demand]:
    return Demand.objects.at(site).select_related("site", "material__unit", "customer")


@query(permission="orders.view")
def demand_list(*, site: Site, now: datetime, by: Actor) -> QuerySet[Demand]:
    """With `is_overdue`: open, and due before now."""
    overdue = Q(status=Demand.Status.OPEN, due_at__lt=now)
    overdue_or_not = Case(When(overdue, then=True), default=False)
    return demands(site=site, by=by).annotate(is_overdue=overdue_or_not)


@query(permission="orders.view")
def demand_page(*, site: Site, code: str, now: datetime, by: Actor) -> dict[str, Any]:
    """One line and what supplies it, down to stock and purchases, as the newest plan pegs it."""
    found = demand_list(site=site, now=now, by=by).select_related("material__unit")
    demand = found.filter(code=code).first()
    if demand is None:
        raise Http404(f"There is no order line {code} at {site}.")
    chain = supply_chain(demand)
    ends = [each["at"] for each in chain if each["at"] is not None]
    return {
        "demand": demand,
        "chain": chain,
        "available_at": max(ends, default=None),
        "beside": list(
            demand_list(site=site, now=now, by=by)
            .filter(order_code=demand.order_code)
            .exclude(order_code="")
            .exclude(pk=demand.pk)
            .order_by("code")[:MOST_ROWS]
        ),
    }
