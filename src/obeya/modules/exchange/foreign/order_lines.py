"""Lists of orders with several lines each: how a line is told from its neighbours."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.vocabulary import LINE_NUMBER
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.sheets import BY_NAME

LINE_OF = {"Demand": ("code", "order_code"), "Purchases": ("number", "number")}
ONE_ROW_EACH = ("Production orders",)  # of which lists may say more in further rows


def join_line(
    table: ForeignTable,
    sheet: str,
    titles: Mapping[int, str],
    sources: dict[str, tuple[str, ...]],
    used: set[str],
) -> None:
    """The number of an order and that of its line together are the line's number."""
    if sheet not in LINE_OF:
        return
    number, order = LINE_OF[sheet]
    if order not in sources:
        return
    if number != order and number in sources:
        written = table.filled(table.index_of(sources[number][0]))
        if len(set(written)) < len(written):  # 1, 2, 1, 2: counted anew in each order
            sources[number] = (*sources[order], *sources[number])
        return
    free = [t for t in titles.values() if t not in used]
    line = next((t for t in free if plain_words(t) in LINE_NUMBER), None)
    sources[number] = (*sources[order], line) if line else sources[order]
    if line:
        used.add(line)


def gaps(
    table: ForeignTable, sheet: str, sources: Mapping[str, tuple[str, ...]], level: str
) -> dict[str, bool]:
    """Whether an order's cells stand in its first line only, and whether its lines are counted."""
    if sheet in ONE_ROW_EACH:
        return _merging(table, sources.get(BY_NAME[sheet].row_class.KEY[0], ()))
    name = {"BOM": "material", "Operations": "material"}.get(sheet) or LINE_OF.get(sheet, ("",))[0]
    titles = sources.get(name, ())
    if not titles or titles[0] not in table.titles.values() or level:
        return {}
    index = table.index_of(titles[0])
    cells = [shown(table.sheet.rows[number].get(index)) for number in table.data()]
    others = [at for at, title in table.titles.items() if at != index]
    open_rows = [
        number
        for number, cell in zip(table.data(), cells, strict=True)
        if not cell and sum(at in table.sheet.rows[number] for at in others) > 1
    ]
    named = [cell for cell in cells if cell]
    says_all = any(cell and cell == above for above, cell in pairwise(cells))
    # where the first line says nothing, or each line says all, a gap is a cell that is missing
    fills = bool(open_rows) and bool(cells[0]) and not says_all
    repeats = sheet in LINE_OF and len(titles) == 1 and (fills or len(set(named)) < len(named))
    return {"fills_down": fills, "counts_lines": repeats}


def _merging(table: ForeignTable, titles: Sequence[str]) -> dict[str, bool]:
    """Whether several rows name the same."""
    if len(titles) != 1 or titles[0] in table.heads:
        return {}
    named = table.filled(table.index_of(titles[0]))
    return {"merges": len(set(named)) < len(named)}
