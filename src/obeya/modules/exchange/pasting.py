"""Into which tables rows are pasted, and what may stand in their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.sheets import SHEETS, row_class_of
from obeya.modules.exchange.writing.cells import kind_of
from obeya.ui.lists import registered_lists
from obeya.ui.lists.declaration import words_of


@dataclass(frozen=True)
class PasteColumn:
    """A column that may stand in what is pasted, under its title or its field's name."""

    title: str
    name: str
    field: str  # empty: only read
    kind: str = ""
    note: str = ""
    is_required: bool = False
    is_usual: bool = True  # taken in this order where no header is pasted
    words: Sequence[tuple[str, str]] = ()
    is_number: bool = False  # with decimals


@dataclass(frozen=True)
class Target:
    """A table into which rows are pasted: a list, or a sheet of the plant's workbook."""

    name: str
    title: str | Promise
    sheet: str
    columns: Sequence[PasteColumn]
    given: Mapping[str, str] = field(default_factory=dict)  # what every row says


def target_of(name: str, said: Mapping[str, str]) -> Target | None:
    """The list of this name, else the sheet; ``said`` may name the noun that all rows are of."""
    sheet = next((kind.name for kind in SHEETS if kind.slug == name), "")
    declared = next((each for each in registered_lists() if each.name == name and each.sheet), None)
    row_class = row_class_of(declared.sheet if declared else sheet)
    if row_class is None:
        return None
    fields = columns_of(row_class)
    first = fields[row_class.KEY[0]]
    given = {first.name: said[first.name]} if said.get(first.name) and not declared else {}
    columns: list[PasteColumn] = []
    for shown in declared.columns if declared else ():
        at = fields[shown.edit.field] if shown.edit else None
        columns.append(
            PasteColumn(
                str(shown.title),
                shown.name,
                at.name if at else "",
                kind_of(at) if at and not words_of(shown) else "",
                at.note if at else str(shown.elsewhere),
                at.is_required if at else False,
                not shown.is_optional,
                words_of(shown),
                at is not None and at.kind == "number",
            )
        )
    known = {each.field for each in columns}
    columns += [
        PasteColumn(
            each.name,
            each.name,
            each.name,
            kind_of(each),
            each.note,
            each.is_required and each.name not in given,
            not declared and each.name not in given,
            is_number=each.kind == "number",
        )
        for each in fields.values()
        if each.name not in known
    ]
    return Target(name, declared.title if declared else sheet, row_class.SHEET, columns, given)
