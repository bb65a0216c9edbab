"""Reasons as a subject of the tests' own: enterprise-wide, and equipment of two sites."""

from dataclasses import dataclass
from typing import Any

import pytest

from obeya.plant.log import rooms
from obeya.plant.log.access.tests.people import (
    bru,
    by_ida,
    enter,
    ida,
    kes,
    roles,
    someone,
    tree,
)
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.events import event
from obeya.plant.log.publishing import Change, publish
from obeya.plant.resources.models import Equipment, Reason

__all__ = ["bru", "by_ida", "enter", "ida", "kes", "roles", "someone", "tree"]


@event("stamping.named", view="stamping.view")
@dataclass(frozen=True)
class Named:
    """Rows got other names."""

    rows: list[int]


@action(permission="stamping.stamp")
def name_equipment(*, rows: list[Any], name: str, by: Actor) -> None:
    """Give rows another name."""
    model = rows[0]._meta.label
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).update(name=name)
    publish(
        Named([row.pk for row in rows]),
        changes=[Change(model, row.pk, {"name": [row.name, name]}) for row in rows],
    )


def _equipment(ids: Any) -> list[rooms.Found]:
    rows = Equipment.objects.filter(pk__in=ids, archived_at=None).select_related("site")
    return [
        rooms.Found(
            row.pk,
            row.code,
            row.name,
            f"/s/{row.site.code}/equipment/{row.code}/",
            " ".join(row.translations.values()),
            row.site_id,
        )
        for row in rows
    ]


def _reasons(ids: Any) -> list[rooms.Found]:
    rows = Reason.objects.filter(pk__in=ids)
    return [rooms.Found(row.pk, row.code, row.name, f"/reasons/{row.code}/") for row in rows]


@pytest.fixture
def subjects(enter: Any, roles: Any) -> None:
    """Equipment and reasons can be found, talked about, and given files."""
    own: Any = {
        "title": "Stamping",
        "view": "stamping.view",
        "change": "stamping.stamp",
        "on": [Named],
    }
    enter(
        rooms.Module(
            name="subjects",
            title="Subjects",
            search=[
                rooms.Subject("resources.Equipment", found=_equipment, **own),
                rooms.Subject("resources.Reason", found=_reasons, **own),
            ],
        )
    )
