"""A small room of the tests' own, with one verb on rows and one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet

from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.log.events import event
from obeya.plant.log.publishing import publish
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused
from obeya.plant.resources.models import Reason


@dataclass(frozen=True)
class StampRow:
    """A stamp of the tests' plant."""

    code: Annotated[str, "what stands on it"]
    quantity: Annotated[Decimal, "how many [pieces]"] = Decimal(1)
    kind: Literal["wood", "steel"] = "wood"
    made_on: date | None = None
    seen_at: datetime | None = None
    is_worn: bool = False
    places: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@event("stamping.stamped", view="stamping.view")
@dataclass(frozen=True)
class Stamped:
    """Stamps were made."""

    codes: list[str]
    quantity: Decimal


@action(permission="stamping.stamp")
def stamp(*, site: Any, rows: Sequence[StampRow], by: Actor) -> dict[str, Any]:
    """Make stamps; a stamp called "no" is refused."""
    problems = [
        Problem("refused", "Call it otherwise.", n, "code", each.code)
        for n, each in enumerate(rows)
        if each.code == "no"
    ]
    if problems:
        raise RowsRefused(problems)
    Reason.objects.bulk_create(
        [Reason(kind="stamp", code=f"{site.code}-{each.code}", name="x") for each in rows]
    )
    total = sum((each.quantity for each in rows), Decimal(0))
    publish(Stamped([each.code for each in rows], total), site=site)
    return {"made": len(rows), "quantity": total}


@query(permission="stamping.view")
def stamps(*, site: Any, by: Actor) -> "QuerySet[Reason]":
    """Every stamp of the site."""
    return Reason.objects.filter(kind="stamp", code__startswith=f"{site.code}-")


@dataclass(frozen=True)
class SealRow:
    """A stamp that shall be sealed."""

    code: str


class AlreadySealed(Refusal):
    """A stamp is sealed once."""

    http_status = 409


class Found:
    """What was looked up for a verb, and no idempotency key could keep."""

    def __init__(self, stamps: Sequence[Reason]) -> None:
        self.stamps = stamps


@action(permission="stamping.stamp")
def seal(*, site: Any, found: Found, by: Actor) -> list[Reason]:
    """Seal stamps; a stamp whose seal does not hold is refused after it was touched."""
    for each in found.stamps:
        Reason.objects.filter(pk=each.pk).update(kind="sealed")
    if any(each.name == "greasy" for each in found.stamps):
        raise Refusal("The seal does not hold. Clean the stamp.")
    publish(Stamped([each.code for each in found.stamps], Decimal(0)), site=site)
    return list(found.stamps)


def look_up(rows: Sequence[SealRow], *, site: Any) -> Mapping[str, Any]:
    found = list(Reason.objects.filter(code__in=[row.code for row in rows]))
    if any(each.kind == "sealed" for each in found):
        raise AlreadySealed("It is sealed already. Take another one.")
    return {"found": Found(found)}


SEALS = RowsEndpoint("seals", action=seal, row=SealRow, prepare=look_up)

endpoints = [
    RowsEndpoint("stamps", action=stamp, row=StampRow),
    ListEndpoint("stamps", query=stamps, fields={"code": "code", "title": "name"}),
]
