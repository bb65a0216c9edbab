"""What a check has found, as the rows of its preview."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from obeya.modules.exchange.differing import Difference
from obeya.modules.exchange.importing import PartTried
from obeya.modules.exchange.models import ImportPart, ImportRow
from obeya.modules.exchange.refusals import Fault, Place
from obeya.modules.exchange.sheets import SHEETS
from obeya.modules.exchange.stored_rows import to_text

LONGEST_SHEET = 150
NOT_TRIED = ("", "", "its sheet is refused as a whole", "Put the other places right first.")


@dataclass(slots=True)
class StagedRow:
    """An `ImportRow` to be; of a large file there are tens of thousands."""

    sheet: str
    number: int | None
    named: str
    state: str
    fields: Sequence[Sequence[str]] = ()
    faults: Sequence[Sequence[object]] = ()
    place: int = 0


def staged_rows(
    *,
    differences: Sequence[Difference],
    faults: Iterable[Fault],
    left_out: Mapping[Place, str],
) -> list[StagedRow]:
    """One row for each of the file (and for what follows from it), in the order of the file."""
    refused: dict[Place, list[Sequence[object]]] = {place: [] for place in left_out}
    for fault in faults:
        told = [fault.column, fault.value, fault.rule, fault.remedy]
        if fault.choices:
            told.append(list(fault.choices))
        refused.setdefault((fault.sheet, fault.row), []).append(told)
    rows = [
        StagedRow(
            sheet[:LONGEST_SHEET],
            number,
            _named(left_out, (sheet, number)),
            ImportRow.State.REFUSED.value,
            faults=[list(each) for each in found or [NOT_TRIED]],
        )
        for (sheet, number), found in refused.items()
    ]
    rows += [
        StagedRow(each.sheet, each.number, each.named, each.state, each.fields)
        for each in differences
    ]
    order = {kind.name: at for at, kind in enumerate(SHEETS)}
    last = max((row.number or 0 for row in rows), default=0) + 1
    rows.sort(
        key=lambda row: (order.get(row.sheet, -1), _line(row, last), row.named)  # headers first
    )
    for place, row in enumerate(rows):
        row.place = place
    return rows


def columns_of(
    rows: Sequence[StagedRow], *, file_import_id: int, version: int
) -> dict[str, Sequence[Any]]:
    """As `insert_columns` writes them."""
    return {
        "file_import_id": [file_import_id] * len(rows),
        "version": [version] * len(rows),
        "place": [each.place for each in rows],
        "sheet": [each.sheet for each in rows],
        "number": [each.number for each in rows],
        "named": [each.named for each in rows],
        "state": [each.state for each in rows],
        "fields": [each.fields for each in rows],
        "faults": [each.faults for each in rows],
    }


def staged_parts(tried: Iterable[PartTried]) -> list[ImportPart]:
    """What is taken over later, as it was tried."""
    return [
        ImportPart(
            place=place,
            sheet=each.sheet,
            count=len(each.numbered),
            first=min(number for number, _ in each.numbered),
            last=max(number for number, _ in each.numbered),
            rows=to_text(each.numbered),
            expected=each.expected,
        )
        for place, each in enumerate(tried)
    ]


def counted(rows: Iterable[StagedRow]) -> list[tuple[str, dict[str, int]]]:
    """Rows of each sheet by state, in the order of the rows."""
    numbers: dict[str, Counter[str]] = {}
    for row in rows:
        numbers.setdefault(row.sheet, Counter())[row.state] += 1
    return [(sheet, dict(each)) for sheet, each in numbers.items()]


def _named(left_out: Mapping[Place, str], place: Place) -> str:
    """Empty only for what is no row: the whole sheet, or its header."""
    return left_out[place] or "–" if place in left_out else ""


def _line(row: StagedRow, last: int) -> int:
    if row.number is None:  # of the whole sheet: before its rows; what only follows: after them
        return 0 if row.state == ImportRow.State.REFUSED.value else last
    return row.number
