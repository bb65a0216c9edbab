"""What it takes to undo an import: read off the change rows that its events left.

Rows that it changed get their old values back, rows that it made go, unless a ledger has entries
on them: those stay, and are told. What was changed or used since is an obstacle, by name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from obeya.modules.exchange.events import FileTakenOver, PartTakenOver, TakeOverBegun
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.plant.log.canonical import canonical_text, plain
from obeya.plant.log.checking import rows_of
from obeya.plant.log.events import kind_of
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.publishing import HIDDEN
from obeya.plant.log.refusal import Problem
from obeya.plant.work.models import (
    JobOrder,
    JobSpecification,
    MaterialRequirement,
    SupplyOrder,
)

STOCK_SET = "inventory.stock_set"
ORDERS_SAVED = "planning.production_orders_saved"
SUPPLY = "work.SupplyOrder"  # never taken away: cancelled instead
PERSONAL = {"resources.Party": "Parties", "resources.Person": "People"}  # and their sheets
BOOKS = {  # entries that stay for good, or that follow from others: what they name stays
    "ledgers.StockMove", "ledgers.StockBalance", "resources.Shift", "log.OperationsEvent",
    "exchange.FileImport", "log.Run", "work.SupplyOrderTransition",
}  # fmt: skip
GO_WITH = {"resources.MaterialAtSite": "material_id", "resources.MaterialRevision": "material_id"}
FOLLOWS = {("resources.Equipment", "path")}  # from other fields: the tree keeps it itself
Key = tuple[str, int]  # model, id


@dataclass
class Net:
    """A row over the whole import; None before: made by it, None after: taken away by it."""

    model: type[Model]
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass
class Plan:
    """What an undo would do, and what stands in its way."""

    moves: list[int] = field(default_factory=list)
    restored: list[Net] = field(default_factory=list)
    returned: list[Net] = field(default_factory=list)
    made: list[Net] = field(default_factory=list)
    kept: set[Key] = field(default_factory=set)
    rows: dict[Key, Model] = field(default_factory=dict)  # as they are now
    obstacles: list[Problem] = field(default_factory=list)

    def gone(self) -> list[Model]:
        """Rows to take away, those that refer to others first."""
        left = [each for each in reversed(self.made) if key_of(each) not in self.kept]
        return [self.rows[key_of(each)] for each in left]


def plan_undo(done: FileImport) -> Plan:
    """Reads only; the number of questions depends on the kinds of rows, not on the rows."""
    events = _events_of(done)
    plan = Plan()
    for event in events:
        if event.kind == STOCK_SET:
            plan.moves += event.data["moves"]
        if event.kind == ORDERS_SAVED:
            plan.obstacles += _moved_on(event.data)
    changes = ChangeRow.objects.filter(event__in=[each.pk for each in events]).order_by("pk")
    for net in _nets(changes):
        if net.before is None and net.after is not None:
            plan.made.append(net)
        elif net.after is None and net.before is not None:
            plan.returned.append(net)
        elif net.before is not None:
            plan.restored.append(net)
    plan.rows = _rows_now([*plan.made, *plan.restored])
    _unhide(plan, done)
    for net in [*plan.made, *plan.restored]:
        plan.obstacles += _changed_since(net, plan.rows.get(key_of(net)))
    if not plan.obstacles:
        _look_at_use(plan)
    return plan


def _moved_on(told: Mapping[str, list[int]]) -> Iterator[Problem]:
    """Orders that were there and that the import released or ended: no state goes back."""
    moved = {*told["released"], *told["cancelled"]} - set(told["new"])
    for order in rows_of(SupplyOrder.objects.all(), "pk", moved):
        word = "released" if order.pk in told["released"] else "cancelled"
        yield Problem(
            f"{name_of(order)} was {word} by the import, which no undo takes back",
            "Correct the rest by hand.",
        )


def key_of(net: Net) -> Key:
    return net.model._meta.label, net.row_id


def name_of(row: Model) -> str:
    return f"{row._meta.verbose_name} {row}"


@cache
def fields_of(model: type[Model]) -> "Mapping[str, Field[Any, Any]]":
    return {each.name: each for each in model._meta.concrete_fields if not each.primary_key}


def _events_of(done: FileImport) -> list[OperationsEvent]:
    """Those that the same actions wrote, each in the moment of its last event: that of the whole
    file, or of each of its parts.
    """
    taken = done.valid_parts().exclude(taken_at=None).values_list("place", flat=True)
    said = [FileTakenOver(done.pk), TakeOverBegun(done.pk)]
    said += [PartTakenOver(done.pk, place) for place in taken]
    kinds = {kind_of(type(each)).kind for each in said}
    ends = rows_of(
        OperationsEvent.objects.filter(kind__in=kinds),
        "payload",
        {canonical_text(each) for each in said},
    )
    last = {(each.recorded_at, each.actor_id): each.pk for each in sorted(ends, key=_id)}
    same = rows_of(OperationsEvent.objects.all(), "recorded_at", {moment for moment, _ in last})
    mine = [each for each in same if each.pk <= last.get((each.recorded_at, each.actor_id), 0)]
    return sorted(mine, key=_id)


def _id(event: OperationsEvent) -> int:
    return event.pk


def _nets(changes: Iterable[ChangeRow]) -> list[Net]:
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


def _held(model: type[Model], values: dict[str, Any]) -> dict[str, Any] | None:
    return values if was_there(model, values) else None


def was_there(model: type[Model], values: Mapping[str, Any]) -> bool:
    """A row was not, where what must be filled is empty."""
    fields = fields_of(model)
    return not any(value is None and not fields[name].null for name, value in values.items())


def _rows_now(nets: Iterable[Net]) -> dict[Key, Model]:
    ids: dict[type[Model], set[int]] = {}
    for net in nets:
        ids.setdefault(net.model, set()).add(net.row_id)
    return {
        (model._meta.label, row.pk): row
        for model, wanted in ids.items()
        for row in rows_of(model._base_manager.all(), "pk", wanted)
    }


def _unhide(plan: Plan, done: FileImport) -> None:
    """Personal values stand in no log; those that the preview has shown are its own to keep."""
    hidden = [net for net in plan.restored if HIDDEN in (net.before or {}).values()]
    if not hidden:
        return
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    rows = done.shown_rows().filter(sheet__in=PERSONAL.values(), state=ImportRow.State.CHANGED)
    for row in rows:
        code = row.named.split(" · ")[0]
        shown |= {(f"{row.sheet} {code}", name): (old, new) for name, old, new in row.fields}
    for net in hidden:
        owner = getattr(plan.rows.get(key_of(net)), "code", "")
        code = f"{PERSONAL.get(net.model._meta.label)} {owner}"
        for name, value in list((net.before or {}).items()):
            if value == HIDDEN and net.before and net.after and (code, name) in shown:
                net.before[name], net.after[name] = shown[code, name]


def _changed_since(net: Net, row: Model | None) -> Iterator[Problem]:
    if row is None:
        name = f"{net.model._meta.verbose_name} {net.row_id}"
        yield Problem(f"{name} was taken away since", "Correct what is left by hand.")
        return
    fields = fields_of(net.model)
    for name, value in (net.after or {}).items():
        if (net.model._meta.label, name) in FOLLOWS:
            continue
        hidden = HIDDEN in (value, (net.before or {}).get(name))
        if hidden and net.before is not None:
            rule = f"the old {name} of {name_of(row)} is personal and not kept in the log"
            yield Problem(rule, "Correct it by hand.", field=name)
        elif not hidden and plain(getattr(row, fields[name].attname)) != value:
            remedy = "Put it back to what the import said, or correct the rest by hand."
            yield Problem(f"{name_of(row)} was changed since: {name}", remedy, field=name)
            return


def _look_at_use(plan: Plan) -> None:
    """Who refers to what the import made: ledgers keep it, other rows of the plant stop us."""
    made = {key_of(net) for net in plan.made}
    restored = {key_of(net): net for net in plan.restored}
    names: dict[Key, list[Key]] = {}  # a made row → the made rows that it refers to
    used: dict[Key, Key] = {}  # a made row → who else uses it
    stays: list[Key] = [key for key in made if key[0] == SUPPLY]
    own = _own_parts(made)
    for target, user, through in _references(plan.made):
        if user in made:
            names.setdefault(user, []).append(target)
            if GO_WITH.get(user[0]) == f"{through}_id":
                names.setdefault(target, []).append(user)
        elif user[0] == "ledgers.StockMove" and user[1] not in plan.moves:
            used.setdefault(target, user)
        elif user[0] in BOOKS or user in own:
            stays.append(target)
        elif user not in restored or through not in (restored[user].before or {}):
            used.setdefault(target, user)
    while stays:
        key = stays.pop()
        if key not in plan.kept:
            plan.kept.add(key)
            stays += names.get(key, [])
    plan.obstacles += _used_since(plan, used)


def _own_parts(made: Iterable[Key]) -> set[Key]:
    """Jobs, their specifications and the material of orders that the import made: they end, and
    stay, with their order.
    """
    orders = {row_id for label, row_id in made if label == SUPPLY}
    jobs = {job.pk for job in rows_of(JobOrder.objects.all(), "supply_order_id", orders)}
    parts = {
        JobOrder: jobs,
        JobSpecification: {e.pk for e in rows_of(JobSpecification.objects.all(), "job_id", jobs)},
        MaterialRequirement: {
            e.pk for e in rows_of(MaterialRequirement.objects.all(), "supply_order_id", orders)
        },
    }
    return {(model._meta.label, pk) for model, ids in parts.items() for pk in ids}


def _references(made: Iterable[Net]) -> Iterator[tuple[Key, Key, str]]:
    """(a made row, a row that refers to it, the field by which it does)."""
    ids: dict[type[Model], set[int]] = {}
    for net in made:
        ids.setdefault(net.model, set()).add(net.row_id)
    for model, wanted in ids.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            user, column = relation.related_model, relation.field
            found = user._base_manager.order_by().filter(**{f"{column.attname}__isnull": False})
            if len(wanted) <= 10_000:
                found = found.filter(**{f"{column.attname}__in": wanted})
            for row_id, target in found.values_list("pk", column.attname):
                if target in wanted:
                    label = user._meta.label
                    yield (model._meta.label, target), (label, row_id), column.name


def _used_since(plan: Plan, used: Mapping[Key, Key]) -> Iterator[Problem]:
    users = _rows_now(Net(apps.get_model(label), pk, None, None) for label, pk in used.values())
    for target, user in used.items():
        row = users.get(user)
        by_whom = name_of(row) if row is not None else "something newer"
        rule = f"{name_of(plan.rows[target])} is used since by {by_whom}"
        yield Problem(rule, "Take that use away first, or correct the rest by hand.")
