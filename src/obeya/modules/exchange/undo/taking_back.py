"""Doing what a plan of an undo says, within the verb that asked for it."""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from obeya.modules.engineering.public import must_change
from obeya.modules.exchange.undo.nets import SUPPLY, Key, Net, fields_of, key_of, name_of
from obeya.modules.exchange.undo.planning import PERSONAL, Plan
from obeya.modules.exchange.undo.use import GO_WITH
from obeya.modules.planning.public import production_order_rows, save_production_orders
from obeya.modules.purchasing.public import purchase_rows, save_purchase_orders
from obeya.plant.ledgers import stock
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.canonical import plain
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import HIDDEN, Change
from obeya.plant.log.refusal import Problem, Refusal, Stale
from obeya.plant.log.saving import delete_many, update_many
from obeya.plant.resources.models import Equipment, Material, MaterialRevision, Site
from obeya.plant.resources.tree import repath
from obeya.plant.work.models import BomLine

PERSONAL_FIELDS = ("name", "extra")
BY_HAND = "Correct the rest by hand."
Item = TypeVar("Item")
Verb = Callable[[Sequence[Item]], object]


@dataclass
class TakenBack:
    """What was done; ``kept`` are rows that stay because the books name them, ``stays`` what
    came into use meanwhile and stays for that.
    """

    restored: int = 0
    removed: int = 0
    cancelled: int = 0
    reversed_moves: int = 0
    changes: list[Change] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    stays: list[Problem] = field(default_factory=list)


def take_back(site: Site, plan: Plan, document: str, by: Actor, *, leaves: bool) -> TakenBack:
    """With ``leaves``, what stands in the way stays as it is; else it is refused by whose it is."""
    must_change(_materials_of(plan), by)
    done = TakenBack(stays=list(plan.obstacles.values()))
    moves = rows_of(StockMove.objects.all(), "pk", plan.moves)

    def back(some: Sequence[StockMove]) -> object:
        return stock.reverse(moves=some, by=by, document=document[:100])

    def end_purchases(numbers: Sequence[str]) -> object:
        rows = purchase_rows(site=site, numbers=numbers, by=by)
        gone = [dataclasses.replace(row, is_cancelled=True) for row in rows]
        return save_purchase_orders(site=site, rows=gone, by=by)

    def end_orders(numbers: Sequence[str]) -> object:
        rows = production_order_rows(site=site, numbers=numbers, by=by)
        ended = [dataclasses.replace(row, status="cancelled") for row in rows]
        return save_production_orders(site=site, rows=ended, by=by)

    try_all = _as_many_as_can if leaves else _all
    done.reversed_moves = try_all(back, moves, done.stays)
    done.cancelled = try_all(end_purchases, plan.orders("buy"), done.stays)
    done.cancelled += try_all(end_orders, plan.orders("make"), done.stays)
    gone, put_back = plan.gone(), plan.put_back()
    try:
        done.changes = [*_put_back(plan, put_back), *_bring_back(plan.returned), *_take_away(gone)]
    except IntegrityError as error:
        raise Stale(
            "Somebody has taken a code or place that the undo needs. Nothing was undone."
        ) from error
    if any(net.model is Equipment for net in [*put_back, *plan.returned]):
        repath(site)
    done.restored, done.removed = len(put_back), len(gone)
    done.changes = [_without_personal(each) for each in done.changes]
    stuck = plan.obstacles.keys()
    untold = {SUPPLY, *GO_WITH}  # cancelled, or told with their material
    done.kept = sorted(key for key in plan.kept if key[0] not in untold and key not in stuck)
    return done


def names_of(keys: Iterable[Key], plan: Plan) -> list[str]:
    return [name_of(plan.rows[key]) for key in keys if key in plan.rows]


def _all(do: "Verb[Item]", items: Sequence[Item], stays: list[Problem]) -> int:
    if items:
        do(items)
    return len(items)


def _as_many_as_can(do: "Verb[Item]", items: Sequence[Item], stays: list[Problem]) -> int:
    """All at once; where that is refused, each half, until what stands in the way is alone."""
    if not items:
        return 0
    try:
        with transaction.atomic():
            do(items)
    except Refusal as refusal:
        if len(items) == 1:
            stays.append(Problem(str(refusal), BY_HAND))
            return 0
        half = len(items) // 2
        first = _as_many_as_can(do, items[:half], stays)
        return first + _as_many_as_can(do, items[half:], stays)
    return len(items)


def _materials_of(plan: Plan) -> set[int]:
    """Whose own values, revisions or BOM lines go back: they are of every site that deals with
    them, so that the right at this site is not enough.
    """
    rows = plan.rows.values()
    lines = [row for row in rows if isinstance(row, BomLine)]
    revisions = [row for row in rows if isinstance(row, MaterialRevision)]
    revisions += rows_of(MaterialRevision.objects.all(), "pk", {line.revision_id for line in lines})
    changed = {row.pk for row in rows if isinstance(row, Material)}
    return changed | {each.material_id for each in revisions}


def _without_personal(change: Change) -> Change:
    """No log keeps what belongs to a person, however it changed."""
    if change.model not in PERSONAL:
        return change
    kept = {
        name: [HIDDEN] * 2 if name in PERSONAL_FIELDS else values
        for name, values in change.fields.items()
    }
    return dataclasses.replace(change, fields=kept)


def _put_back(plan: Plan, nets: Iterable[Net]) -> list[Change]:
    changes: list[Change] = []
    rows: dict[type[Model], list[Model]] = {}
    names: dict[type[Model], set[str]] = {}
    for net in nets:
        row, fields = plan.rows[key_of(net)], fields_of(net.model)
        told = {}
        for name, old in (net.before or {}).items():
            attribute = fields[name].attname
            told[name] = [getattr(row, attribute), old]
            setattr(row, attribute, _value(net.model, name, old))
            names.setdefault(net.model, set()).add(attribute)
        rows.setdefault(net.model, []).append(row)
        changes.append(Change(net.model._meta.label, net.row_id, told))
    for model, found in rows.items():
        update_many(found, sorted(names[model]))
    return changes


def _bring_back(nets: Iterable[Net]) -> list[Change]:
    rows: dict[type[Model], list[Model]] = {}
    for net in nets:
        fields = fields_of(net.model)
        values = {
            fields[name].attname: _value(net.model, name, old)
            for name, old in (net.before or {}).items()
        }
        rows.setdefault(net.model, []).append(net.model(pk=net.row_id, **values))
    changes = []
    for model, made in rows.items():
        insert_many(made)
        changes += [
            Change(
                model._meta.label,
                row.pk,
                {name: [None, getattr(row, f.attname)] for name, f in fields_of(model).items()},
            )
            for row in made
        ]
    return changes


def _take_away(rows: Iterable[Model]) -> list[Change]:
    by_model: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    return [change for found in by_model.values() for change in delete_many(found)]


def _value(model: type[Model], name: str, logged: Any) -> Any:
    """A value of the log as the field holds it; they are equal when they are logged again."""
    field_of = fields_of(model)[name]
    kind = field_of.target_field if field_of.is_relation else field_of
    value = kind.to_python(logged)
    if plain(value) != logged:
        raise Stale(f"The log's {name} of {model._meta.verbose_name} cannot be read back.")
    return value
