"""What the log says of an import: its events, whole or part by part, and what else it has made."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from obeya.modules.exchange.events import FileTakenOver, PartTakenOver, TakeOverBegun
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.undo.nets import SUPPLY, Key, was_there
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.canonical import canonical_text
from obeya.plant.log.checking import MOST_IN_A_QUERY, rows_of
from obeya.plant.log.events import kind_of
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.work.models import JobOrder, JobSpecification, MaterialRequirement

STOCK_SET = "inventory.stock_set"
OF_AN_ORDER: tuple[tuple[type[Model], str], ...] = (  # what ends, and stays, with its order
    (JobOrder, "supply_order_id"),
    (JobSpecification, "job__supply_order_id"),
    (MaterialRequirement, "supply_order_id"),
)


class ImportLog:
    """The events of an import: those that the same actions wrote, each in the moment of its last
    event, which is that of the whole file, of its beginning, or of one of its parts.
    """

    def __init__(self, done: FileImport) -> None:
        self.done = done

    def whole(self) -> list[OperationsEvent]:
        return self._beside(self.ends)

    def of_part(self, part: ImportPart) -> list[OperationsEvent]:
        """Found without a look at what was written before the part, however long the log is."""
        said = canonical_text(PartTakenOver(self.done.pk, part.place))
        end = max((each for each in self.ends if each.payload == said), key=_id)
        before = [each.pk for each in self.ends if each.recorded_at < end.recorded_at]
        least = max(before, default=0)
        mine = OperationsEvent.objects.filter(
            pk__gt=least, pk__lte=end.pk, recorded_at=end.recorded_at, actor=end.actor_id
        )
        return list(mine.order_by("pk"))

    def of_beginning(self) -> list[OperationsEvent]:
        """A file in parts opens its site before the first of them; else it does nothing then."""
        begun = kind_of(TakeOverBegun).kind
        return self._beside([each for each in self.ends if each.kind == begun][:1])

    def made(self, keys: Iterable[Key]) -> set[Key]:
        """Those of the rows that the import made, or that belong to an order which it made."""
        asked = set(keys)
        found = self._made(asked)
        for model, path in OF_AN_ORDER:
            label = model._meta.label
            ids = [row_id for name, row_id in asked if name == label]
            orders = {
                pk: order
                for some in _batches(ids)
                for pk, order in model._base_manager.filter(pk__in=some).values_list("pk", path)
            }
            mine = self._made({(SUPPLY, order) for order in orders.values() if order})
            found |= {(label, pk) for pk, order in orders.items() if (SUPPLY, order) in mine}
        return found

    def own_moves(self, ids: Iterable[int]) -> set[int]:
        """Those of the moves of stock that the import made, or an undo of it since."""
        mine, others = self._moves & set(ids), set(ids) - self._moves
        for some in _batches(sorted(others)):
            told = StockMove.objects.filter(pk__in=some, reverses__isnull=False)
            mine |= {pk for pk, wrong in told.values_list("pk", "reverses") if wrong in self._moves}
        return mine

    @cached_property
    def ends(self) -> list[OperationsEvent]:
        taken = self.done.valid_parts().exclude(taken_at=None).values_list("place", flat=True)
        said = [FileTakenOver(self.done.pk), TakeOverBegun(self.done.pk)]
        said += [PartTakenOver(self.done.pk, place) for place in taken]
        found = rows_of(
            OperationsEvent.objects.filter(kind__in={kind_of(type(each)).kind for each in said}),
            "payload",
            {canonical_text(each) for each in said},
        )
        return sorted(found, key=_id)

    @cached_property
    def _moments(self) -> dict[tuple[Any, int], int]:
        """(when, who) → the last event of that action."""
        return {(each.recorded_at, each.actor_id): each.pk for each in self.ends}

    @cached_property
    def _moves(self) -> set[int]:
        told = OperationsEvent.objects.filter(kind=STOCK_SET)
        if self.done.begun_at is not None:  # in parts: nothing of it is older than its beginning
            told = told.filter(pk__gt=self.ends[0].pk, pk__lt=self.ends[-1].pk)
            told = told.filter(recorded_at__in={moment for moment, _ in self._moments})
        else:
            told = _in_a_moment(told, self.ends)
        return {pk for each in told for pk in each.data["moves"] if self._is_mine(each)}

    def _made(self, keys: Iterable[Key]) -> set[Key]:
        ids: dict[str, list[int]] = {}
        for label, row_id in keys:
            ids.setdefault(label, []).append(row_id)
        made: dict[Key, int] = {}
        for label, wanted in ids.items():
            model = apps.get_model(label)
            for some in _batches(wanted):
                told = ChangeRow.objects.filter(model=label, row_id__in=some)
                for row_id, event, fields in told.values_list("row_id", "event", "fields"):
                    if not was_there(model, {name: old for name, (old, _) in fields.items()}):
                        made[label, row_id] = event
        makers = rows_of(OperationsEvent.objects.all(), "pk", made.values())
        mine = {each.pk for each in makers if self._is_mine(each)}
        return {key for key, event in made.items() if event in mine}

    def _beside(self, ends: Sequence[OperationsEvent]) -> list[OperationsEvent]:
        found = _in_a_moment(OperationsEvent.objects.all(), ends)
        return sorted((each for each in found if self._is_mine(each)), key=_id)

    def _is_mine(self, event: OperationsEvent) -> bool:
        return event.pk <= self._moments.get((event.recorded_at, event.actor_id), 0)


def _in_a_moment(
    among: "QuerySet[OperationsEvent]", ends: Sequence[OperationsEvent]
) -> "QuerySet[OperationsEvent]":
    return among.filter(recorded_at__in={each.recorded_at for each in ends})


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), MOST_IN_A_QUERY):
        yield ids[start : start + MOST_IN_A_QUERY]


def _id(event: OperationsEvent) -> int:
    return event.pk
