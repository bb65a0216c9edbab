"""Rows over several events: what they held before the first and after the last of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from obeya.plant.log.checking import one_of
from obeya.plant.log.models import ChangeRow

SUPPLY = "work.SupplyOrder"  # never taken away: cancelled instead
SAYS_TOO_MUCH = {  # who calls itself by a person's name or words → what it is called instead
    "resources.Party": "code",
    "issues.Issue": "code",
    "issues.ActionItem": "pk",
    "issues.CauseNode": "pk",
    "log.Comment": "pk",
}
Key = tuple[str, int]  # model, id


@dataclass
class Net:
    """A row over the whole import; None before: made by it, None after: taken away by it."""

    model: type[Model]
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def key_of(net: Net) -> Key:
    return net.model._meta.label, net.row_id


def name_of(row: Model) -> str:
    """What is told of an undo is kept with the import: it names no person and quotes nobody."""
    said = getattr(row, SAYS_TOO_MUCH[row._meta.label]) if row._meta.label in SAYS_TOO_MUCH else row
    return f"{row._meta.verbose_name} {said}"


@cache
def fields_of(model: type[Model]) -> "Mapping[str, Field[Any, Any]]":
    return {each.name: each for each in model._meta.concrete_fields if not each.primary_key}


def was_there(model: type[Model], values: Mapping[str, Any]) -> bool:
    """A row was not, where what must be filled is empty."""
    fields = fields_of(model)
    return not any(value is None and not fields[name].null for name, value in values.items())


def nets_of(changes: Iterable[ChangeRow]) -> list[Net]:
    before: dict[Key, dict[str, Any]] = {}
    after: dict[Key, dict[str, Any]] = {}
    for row in changes:
        key = row.model, row.row_id
        for name, (old, new) in row.fields.items():
            before.setdefault(key, {}).setdefault(name, old)
            after.setdefault(key, {})[name] = new
    found = []
    for (label, row_id), old in before.items():
        model, new = apps.get_model(label), after[label, row_id]
        found.append(Net(model, row_id, _held(model, old), _held(model, new)))
    return found


def rows_now(nets: Iterable[Net]) -> dict[Key, Model]:
    ids: dict[type[Model], set[int]] = {}
    for net in nets:
        ids.setdefault(net.model, set()).add(net.row_id)
    return {
        (model._meta.label, row.pk): row
        for model, wanted in ids.items()
        for row in model._base_manager.order_by().filter(pk__in=one_of(wanted))
    }


def _held(model: type[Model], values: dict[str, Any]) -> dict[str, Any] | None:
    return values if was_there(model, values) else None
