"""What it takes to undo an import: read off the change rows that its events left.

Rows that it changed get their old values back, rows that it made go, unless a ledger has entries
on them: those stay, and are told. What was changed or used since is an obstacle, by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.undo.log import STOCK_SET, ImportLog
from obeya.modules.exchange.undo.nets import (
    SUPPLY,
    Key,
    Net,
    fields_of,
    key_of,
    name_of,
    nets_of,
    rows_now,
)
from obeya.modules.exchange.undo.use import Use
from obeya.plant.log.canonical import plain
from obeya.plant.log.checking import rows_of
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.publishing import HIDDEN
from obeya.plant.log.refusal import Problem
from obeya.plant.work.models import SupplyOrder

ORDERS_SAVED = "planning.production_orders_saved"
PERSONAL = {"resources.Party": "Parties", "resources.Person": "People"}  # and their sheets
FOLLOWS = {("resources.Equipment", "path")}  # from other fields: the tree keeps it itself


@dataclass
class Plan:
    """What an undo would do, and what stands in its way."""

    moves: list[int] = field(default_factory=list)
    restored: list[Net] = field(default_factory=list)
    returned: list[Net] = field(default_factory=list)
    made: list[Net] = field(default_factory=list)
    kept: set[Key] = field(default_factory=set)
    rows: dict[Key, Model] = field(default_factory=dict)  # as they are now
    obstacles: dict[Key, Problem] = field(default_factory=dict)

    def put_back(self) -> list[Net]:
        """Rows that get their old values, all of them where nothing stands in the way."""
        return [each for each in self.restored if key_of(each) not in self.obstacles]

    def gone(self) -> list[Model]:
        """Rows to take away, those that refer to others first."""
        left = [each for each in reversed(self.made) if key_of(each) not in self.kept]
        return [self.rows[key_of(each)] for each in left]

    def orders(self, kind: str) -> list[str]:
        """Numbers of the orders of this kind that the import made."""
        made = [net.after or {} for net in self.made if net.model._meta.label == SUPPLY]
        return [each["number"] for each in made if each["kind"] == kind]


def plan_undo(done: FileImport, events: Sequence[OperationsEvent], log: ImportLog) -> Plan:
    """For these events of the import. Reads only; the number of questions depends on the kinds of
    rows, not on the rows.
    """
    plan = Plan()
    for event in events:
        if event.kind == STOCK_SET:
            plan.moves += event.data["moves"]
        if event.kind == ORDERS_SAVED:
            plan.obstacles |= _moved_on(event.data)
    changes = ChangeRow.objects.filter(event__in=[each.pk for each in events]).order_by("pk")
    for net in nets_of(changes):
        if net.before is None and net.after is not None:
            plan.made.append(net)
        elif net.after is None and net.before is not None:
            plan.returned.append(net)
        elif net.before is not None:
            plan.restored.append(net)
    plan.rows = rows_now([*plan.made, *plan.restored])
    _unhide(plan, done)
    for net in [*plan.made, *plan.restored]:
        for problem in _changed_since(net, plan.rows.get(key_of(net))):
            plan.obstacles.setdefault(key_of(net), problem)
    use = Use(plan.made, plan.restored, plan.obstacles, log)
    plan.kept = use.kept
    for key, problem in use.problems(plan.rows):
        plan.obstacles.setdefault(key, problem)
    return plan


def _moved_on(told: Mapping[str, list[int]]) -> dict[Key, Problem]:
    """Orders that were there and that the import released or ended: no state goes back."""
    moved = {*told["released"], *told["cancelled"]} - set(told["new"])
    found = {}
    for order in rows_of(SupplyOrder.objects.all(), "pk", moved):
        word = "released" if order.pk in told["released"] else "cancelled"
        found[SUPPLY, order.pk] = Problem(
            f"{name_of(order)} was {word} by the import, which no undo takes back",
            "Correct the rest by hand.",
        )
    return found


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
