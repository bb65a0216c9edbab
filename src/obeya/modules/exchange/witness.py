"""What saving some rows does to the plant, short enough to be kept with a preview and compared.

A part of a large file is tried beside the plant and taken over later. It must then do what it did
in the trial: make as many rows, and change the same ones, which still hold what they held. Ids of
rows that the trial itself made mean nothing in the plant, so that these are only counted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps

from obeya.modules.exchange.undoing import was_there
from obeya.plant.log.canonical import canonical_text
from obeya.plant.log.publishing import Change
from obeya.plant.log.saving import Saved

Row = tuple[str, int]  # model, id


class Rehearsal:
    """Follows a trial from part to part."""

    def __init__(self) -> None:
        self._touched: set[Row] = set()

    def expected(self, saved: Saved, changes: Iterable[Change]) -> dict[str, Any]:
        """What to keep of this part; rows that an earlier part has touched are only counted."""
        told = list(changes)
        there = [
            each
            for each in told
            if _row(each) not in self._touched and was_there(apps.get_model(each.model), _old(each))
        ]
        self._touched.update(_row(each) for each in told)
        ids: dict[str, list[int]] = {}
        for each in there:
            ids.setdefault(each.model, []).append(each.row_id)
        return {**_counted(saved, told), "ids": ids, "digest": _digest(there)}


def does_the_same(expected: Mapping[str, Any], saved: Saved, changes: Iterable[Change]) -> bool:
    told = list(changes)
    found = _counted(saved, told)
    if any(expected[name] != value for name, value in found.items()):
        return False
    wanted = {(model, each) for model, ids in expected["ids"].items() for each in ids}
    return _digest([each for each in told if _row(each) in wanted]) == expected["digest"]


def _counted(saved: Saved, changes: Iterable[Change]) -> dict[str, Any]:
    counts = Counter(each.model for each in changes)
    return {
        "saved": [saved.new, saved.changed, saved.unchanged],
        "changes": {model: counts[model] for model in sorted(counts)},
    }


def _digest(changes: Iterable[Change]) -> str:
    held = sorted([each.model, each.row_id, canonical_text(_old(each))] for each in changes)
    return hashlib.sha256(canonical_text(held).encode()).hexdigest()


def _row(change: Change) -> Row:
    return change.model, change.row_id


def _old(change: Change) -> dict[str, Any]:
    return {name: values[0] for name, values in change.fields.items()}
