"""An import taken back by its counterpart: whole, or not at all."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Model

from obeya.modules.engineering.public import must_change
from obeya.modules.exchange.actions.previewed import NoSuchImport
from obeya.modules.exchange.actions.turns import refuse_beside
from obeya.modules.exchange.events import ImportUndone
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.undoing import (
    PERSONAL,
    SUPPLY,
    Net,
    Plan,
    fields_of,
    key_of,
    name_of,
    plan_undo,
)
from obeya.modules.planning.public import production_order_rows, save_production_orders
from obeya.modules.purchasing.public import purchase_rows, save_purchase_orders
from obeya.plant.ledgers import stock
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.canonical import plain
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import HIDDEN, Change, publish
from obeya.plant.log.refusal import Refusal, RowsRefused, Stale
from obeya.plant.log.saving import delete_many, update_many
from obeya.plant.resources.models import Equipment, Material, MaterialRevision, Site
from obeya.plant.resources.tree import repath
from obeya.plant.work.models import BomLine


class NotUndoable(Refusal):
    """It was not taken over, or it was undone before."""

    http_status = 409


class ChangedOrUsedSince(RowsRefused):
    """Rows of the import were changed or used since; each is named."""


PERSONAL_FIELDS = ("name", "extra")
MOST_NAMED = 20


@dataclass(frozen=True)
class Undone:
    """What an undo did; ``kept`` names rows that stay because a ledger has entries on them, at
    most so many: a name may ask the database.
    """

    restored: int
    removed: int
    cancelled: int
    reversed_moves: int
    kept: Sequence[str]


@action(permission="exchange.import_plant")
def undo_import(*, site: Site, done: FileImport, by: Actor) -> Undone:
    """Put back what the import changed and take away what it made; all of it or nothing. Of an
    import in parts, all parts that are in the plant, the last one first.

    Stock goes back by reversing moves, orders are cancelled, rows that such entries name stay.
    """
    found = FileImport.objects.select_for_update().filter(pk=done.pk, site=site).first()
    if found is None:
        raise NoSuchImport("There is no such import at this site.")
    if found.is_under_way:
        raise NotUndoable(f"{found.name} is being taken over. Stop that first, then undo it.")
    is_in = found.applied_at is not None or found.begun_at is not None
    if not is_in or found.undone_at is not None:
        word = "was undone already" if is_in else "was not taken over yet"
        raise NotUndoable(f"{found.name} {word}. Look at the list of imports.")
    refuse_beside(site)
    plan = plan_undo(found)
    if plan.obstacles:
        raise ChangedOrUsedSince(plan.obstacles)
    must_change(_materials_of(plan), by)
    moves = rows_of(StockMove.objects.all(), "pk", plan.moves)
    if moves:
        stock.reverse(moves=moves, by=by, document=f"undo of {found.name}"[:100])
    cancelled = _cancel_orders(site, plan, by)
    try:
        changes = [*_put_back(plan), *_bring_back(plan.returned), *_take_away(plan.gone())]
    except IntegrityError as error:
        raise Stale(
            "Somebody has taken a code or place that the undo needs. Nothing was undone."
        ) from error
    if any(net.model is Equipment for net in [*plan.restored, *plan.returned]):
        repath(site)
    found.undone_at = clock.real_now()
    found.save(update_fields=["undone_at"])
    publish(ImportUndone(found.pk, len(plan.restored), len(plan.gone())), site=site,
            changes=[_without_personal(each) for each in changes])  # fmt: skip
    kept = sorted(key for key in plan.kept if key[0] != SUPPLY)[:MOST_NAMED]
    named = [name_of(plan.rows[key]) for key in kept]
    return Undone(len(plan.restored), len(plan.gone()), cancelled, len(moves), named)


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


def _cancel_orders(site: Site, plan: Plan, by: Actor) -> int:
    made = [net.after or {} for net in plan.made if net.model._meta.label == SUPPLY]
    bought = [each["number"] for each in made if each["kind"] == "buy"]
    own = [each["number"] for each in made if each["kind"] == "make"]
    if bought:
        rows = purchase_rows(site=site, numbers=bought, by=by)
        gone = [dataclasses.replace(row, is_cancelled=True) for row in rows]
        save_purchase_orders(site=site, rows=gone, by=by)
    if own:
        orders = production_order_rows(site=site, numbers=own, by=by)
        ended = [dataclasses.replace(row, status="cancelled") for row in orders]
        save_production_orders(site=site, rows=ended, by=by)
    return len(made)


def _put_back(plan: Plan) -> list[Change]:
    changes: list[Change] = []
    rows: dict[type[Model], list[Model]] = {}
    names: dict[type[Model], set[str]] = {}
    for net in plan.restored:
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


def _value(model: type[Model], name: str, logged: object) -> object:
    """A value of the log as the field holds it; they are equal when they are logged again."""
    field = fields_of(model)[name]
    value = field.target_field.to_python(logged) if field.is_relation else field.to_python(logged)
    if plain(value) != logged:
        raise Stale(f"The log's {name} of {model._meta.verbose_name} cannot be read back.")
    return value
