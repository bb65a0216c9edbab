"""Every cached status is the last transition, and every transition begins where the last ended."""

from collections.abc import Iterator

from django.db.models import F, Model, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lag

from obeya.plant.work.models import (
    JobOrder,
    JobTransition,
    SupplyOrder,
    SupplyOrderTransition,
)


def disagreements() -> list[str]:
    return [
        *_of(JobOrder, JobTransition, "job", "dispatch_status"),
        *_of(SupplyOrder, SupplyOrderTransition, "supply_order", "status"),
    ]


def _of(model: type[Model], transition: type[Model], row: str, status: str) -> Iterator[str]:
    steps = transition._default_manager
    last = steps.filter(**{row: OuterRef("pk")}).order_by("-pk").values("to_status")[:1]
    wrong = (
        model._default_manager.annotate(last=Coalesce(Subquery(last), Value("")))
        .exclude(last=F(status))
        .exclude(Q(**{status: "proposed"}) & Q(last=""))  # proposals have no transitions
        .order_by("pk")
    )
    for each in wrong:
        said = getattr(each, "last", "") or "nothing"
        yield f"{each}: the status says {getattr(each, status)}, the last transition {said}."

    before = Window(Lag("to_status"), partition_by=[F(row)], order_by="pk")
    broken = (
        steps.annotate(before=before)
        .exclude(before=None)
        .exclude(before=F("from_status"))
        .order_by("pk")
    )
    for step in broken:
        yield f"{step}: the step before ended elsewhere, in {getattr(step, 'before', '')}."
