"""What a check has found, as the rows of its preview."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from obeya.modules.exchange.differing import Difference
from obeya.modules.exchange.importing import PartTried
from obeya.modules.exchange.models import ImportPart, ImportRow
from obeya.modules.exchange.refusals import Fault, Place
from obeya.modules.exchange.sheets import SHEETS
from obeya.modules.exchange.stored_rows import to_text

LONGEST_SHEET = 150
NOT_TRIED = ("", "", "its sheet is refused as a whole", "Put the other places right first.")


def staged_rows(
    *,
    differences: Sequence[Difference],
    faults: Iterable[Fault],
    left_out: Mapping[Place, str],
) -> list[ImportRow]:
    """One row for each of the file (and for what follows from it), in the order of the file."""
    refused: dict[Place, list[Sequence[object]]] = {place: [] for place in left_out}
    for fault in faults:
        told = [fault.column, fault.value, fault.rule, fault.remedy]
        if fault.choices:
            told.append(list(fault.choices))
        refused.setdefault((fault.sheet, fault.row), []).append(told)
    rows = [
        ImportRow(
            sheet=sheet[:LONGEST_SHEET],
            number=number,
            named=_named(left_out, (sheet, number)),
            state=ImportRow.State.REFUSED,
            faults=[list(each) for each in found or [NOT_TRIED]],
        )
        for (sheet, number), found in refused.items()
    ]
    rows += [
        ImportRow(
            sheet=each.sheet,
            number=each.number,
            named=each.named,
            state=each.state,
            fields=[list(field) for field in each.fields],
        )
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


def counted(rows: Iterable[ImportRow]) -> list[tuple[str, dict[str, int]]]:
    """Rows of each sheet by state, in the order of the rows."""
    numbers: dict[str, Counter[str]] = {}
    for row in rows:
        numbers.setdefault(row.sheet, Counter())[str(row.state)] += 1
    return [(sheet, dict(each)) for sheet, each in numbers.items()]


def _named(left_out: Mapping[Place, str], place: Place) -> str:
    """Empty only for what is no row: the whole sheet, or its header."""
    return left_out[place] or "–" if place in left_out else ""


def _line(row: ImportRow, last: int) -> int:
    if row.number is None:  # of the whole sheet: before its rows; what only follows: after them
        return 0 if row.state == ImportRow.State.REFUSED else last
    return row.number
