"""What saving some rows does to the plant, short enough to be kept with a preview and compared.

A part of a large file is tried beside the plant and taken over later. It must then do what it did
in the trial: make as many rows, change the same ones, which still hold what they held, and move
the same stock. Ids of rows that the trial itself made mean nothing in the plant, so that these are
only counted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps

from obeya.modules.exchange.undo.log import STOCK_SET
from obeya.modules.exchange.undo.nets import was_there
from obeya.plant.ledgers.models import StockMove
from obeya.plant.log.canonical import canonical_text
from obeya.plant.log.publishing import Change, Published
from obeya.plant.log.saving import Saved

Row = tuple[str, int]  # model, id
MOVED = (
    "material__code", "lot__code", "from_location__code", "to_location__code", "status", "quantity",
)  # fmt: skip


class Rehearsal:
    """Follows a trial from part to part."""

    def __init__(self) -> None:
        self._touched: set[Row] = set()

    def expected(self, saved: Saved, published: Sequence[Published]) -> dict[str, Any]:
        """What to keep of this part; rows that an earlier part has touched are only counted."""
        told = _changes(published)
        there = [
            each
            for each in told
            if _row(each) not in self._touched and was_there(apps.get_model(each.model), _old(each))
        ]
        self._touched.update(_row(each) for each in told)
        ids: dict[str, list[int]] = {}
        for each in there:
            ids.setdefault(each.model, []).append(each.row_id)
        found = _found(saved, told, published)
        return {**found, "ids": ids, "digest": _digest(there)}


def does_the_same(
    expected: Mapping[str, Any], saved: Saved, published: Sequence[Published]
) -> bool:
    told = _changes(published)
    found = _found(saved, told, published)
    if any(expected.get(name) != value for name, value in found.items()):
        return False
    wanted = {(model, each) for model, ids in expected["ids"].items() for each in ids}
    return _digest([each for each in told if _row(each) in wanted]) == expected["digest"]


def _changes(published: Iterable[Published]) -> list[Change]:
    return [change for each in published for change in each.changes]


def _found(
    saved: Saved, changes: Iterable[Change], published: Iterable[Published]
) -> dict[str, Any]:
    counts = Counter(each.model for each in changes)
    return {
        "saved": [saved.new, saved.changed, saved.unchanged],
        "changes": {model: counts[model] for model in sorted(counts)},
        "moves": _moves(published),
    }


def _moves(published: Iterable[Published]) -> str:
    """Of stock, which is put to what a row says: what has gone from there since moves more."""
    told = [each.event.data for each in published if each.event.kind == STOCK_SET]
    ids = [pk for each in told for pk in each["moves"]]
    moves = StockMove.objects.filter(pk__in=ids).order_by().values_list(*MOVED)
    return _hash(sorted([str(part) for part in each] for each in moves))


def _digest(changes: Iterable[Change]) -> str:
    return _hash(sorted([each.model, each.row_id, canonical_text(_old(each))] for each in changes))


def _hash(told: Sequence[Any]) -> str:
    return hashlib.sha256(canonical_text(told).encode()).hexdigest()


def _row(change: Change) -> Row:
    return change.model, change.row_id


def _old(change: Change) -> dict[str, Any]:
    return {name: values[0] for name, values in change.fields.items()}
