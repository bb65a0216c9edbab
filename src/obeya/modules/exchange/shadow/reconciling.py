"""A file of the ERP beside the plant: what is ours stays out of it, and is told."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from obeya.modules.exchange.differing import RowIndex, named_by, text_of
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.exchange.sheets import BY_NAME
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

Owned = Collection[tuple[str, str]]  # (sheet, field) that is ours
FIELD, GONE, OURS = "field", "gone", "ours"


@dataclass(frozen=True)
class Found:
    """One difference; ``key`` is JSON, so that it can be compared with that of another night."""

    kind: str
    sheet: str
    key: str
    named: str
    field: str = ""
    theirs: str = ""
    ours: str = ""


@dataclass
class Reconciled:
    """What a file says that the plant does not, after which only the ERP's fields are in it."""

    found: list[Found] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)  # sheet → its rows
    brings: dict[str, list[str]] = field(default_factory=dict)  # sheet → its fields
    rows: int = 0


def reconcile(
    file: PlantFile,
    *,
    site: Site,
    owned: Owned,
    about: Collection[str],
    before: Mapping[str, Sequence[str]],
    by: Actor,
) -> Reconciled:
    """Take fields that are ours out of the rows that we know, and tell where they differ.

    ``about`` are the sheets that the file lists whole: only of these is a row missed. ``before``
    are the keys of the last file.
    """
    told = Reconciled()
    for sheet in file.sheets:
        if sheet.name not in BY_NAME:
            continue
        index = RowIndex(sheet, BY_NAME[sheet.name].rows(site=site, by=by))
        today = dict(index.left)
        there = _take_out(sheet, index, today, {f for s, f in owned if s == sheet.name}, told)
        told.brings[sheet.name] = [
            name for name in columns_of(sheet.row_class) if name in sheet.headers
        ]
        if sheet.name in about:
            told.rows += len(sheet.rows) + len(sheet.unread)
            told.keys[sheet.name] = [key_text(key) for key in there]
            _missed(sheet, today, there, set(before.get(sheet.name, ())), told)
    return told


def key_text(key: Sequence[Any]) -> str:
    return json.dumps([text_of(part) for part in key], ensure_ascii=False)


def _take_out(
    sheet: TypedSheet,
    index: RowIndex,
    today: Mapping[Any, Any],
    ours: Collection[str],
    told: Reconciled,
) -> dict[Any, None]:
    """The keys of the file's rows, in their order."""
    there: dict[Any, None] = {}
    rows = []
    for row in sheet.rows:
        key = index.key_of(sheet.row_class(**row.given))
        is_double = key in there  # the file names it twice: the first is told
        there[key] = None
        if (known := today.get(key)) is not None:
            told.found += [
                Found(
                    FIELD, sheet.name, key_text(key), named_by(key), name,
                    text_of(row.given[name]), text_of(getattr(known, name)),
                )
                for name in row.given
                if name in ours and not is_double and row.given[name] != getattr(known, name)
            ]  # fmt: skip
            kept = {name: value for name, value in row.given.items() if name not in ours}
            rows.append(replace(row, given=kept))
        else:
            rows.append(row)
    sheet.rows = rows
    for given in sheet.unread.values():  # it is refused, and yet the ERP has it
        there[tuple(given.get(name) for name in sheet.key)] = None
    return there


def _missed(
    sheet: TypedSheet,
    today: Mapping[Any, Any],
    there: Mapping[Any, None],
    before: Collection[str],
    told: Reconciled,
) -> None:
    for key in today:
        if key not in there:
            text = key_text(key)
            kind = GONE if text in before else OURS
            told.found.append(Found(kind, sheet.name, text, named_by(key)))
