"""The stock/requirements list of SAP (MD04), which mixes what other lists say: taken apart.

Each line says by its MRP element what it is. Those that are orders, forecasts and the safety
stock become tables of their own, with our names of columns and the rows' numbers in the file;
the others are told, with where else to find them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from obeya.modules.exchange.foreign.cells import mark_of, number_in
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.periods import day_in
from obeya.modules.exchange.foreign.periods import is_day_first as is_first
from obeya.modules.exchange.foreign.units import order_state
from obeya.modules.exchange.foreign.vocabulary import words_for
from obeya.modules.exchange.foreign.words import plain_words, synonyms
from obeya.modules.exchange.reading.book import Cell, Sheet
from obeya.modules.exchange.reading.values import shown

ELEMENT = synonyms(
    "mrp element|mrp elemnt|mrp elem|dispoelement|dispoelem|dispositionselement|delkz|delb0"
)
DATA = synonyms(
    "mrp element data|mrp elem data|daten zum dispoelement|daten zum dispoelem|"
    "dispoelementdaten|extra"
)
QUANTITY = synonyms(
    "receipt reqmt|receipt requirement|rec reqd qty|receipt reqmt qty|receipts requirements|"
    "zugang bedarf|zugangs bedarfsmenge|mng01"
)
AVAILABLE = synonyms("available qty|available quantity|verfuegbare menge|mng02")
DATE = synonyms("date|datum|mrp date|receipt requirements date|dat00|per segmt|periode|termin")

#: what a line is called, in English, in German and by its key → what it becomes
_TAKEN = {
    "Demand": "cusord kauft kdauft vc schagr",
    "Forecast": "indreq vpbed vsf lsf pp forreq pr cusreq",
    "Production orders": "prdord feauf fe prcord prauf br",
    "Purchases": "poitem bsein be schlne lpein le",
    "Materials": "safest sibed sichbs sh",
}
_LEFT = {
    "Stock lines name no storage: send the stock list (MB52)": "stock wbest wb slocst lb btchst",
    "Proposals are not taken over: the plan here makes its own": "pldord plauf pa purrqs bsanf ba",
    "What orders need follows from their BOM": "depreq skbed sb ordres arres ar subreq bb",
}
_OTHERS = "There is no place for them here"


def _by_element(words: Mapping[str, str]) -> dict[str, str]:
    return {word: into for into, text in words.items() for word in text.split()}


TAKEN, LEFT = _by_element(_TAKEN), _by_element(_LEFT)
TITLES: Mapping[str, Sequence[str]] = {  # our columns of each part, in order
    "Demand": ("code", "order_code", "material", "quantity", "due_at", "kind", "customer"),
    "Production orders": ("number", "material", "quantity", "due_at", "status"),
    "Purchases": ("number", "material", "quantity", "due_at", "supplier"),
    "Materials": ("code", "safety_stock"),
}


@dataclass
class _Columns:
    """Where the list says what."""

    element: int
    data: int | None
    quantity: int
    date: int | None
    material: int | None
    customer: int | None
    supplier: int | None
    head: Cell | None  # the material that stands above the list
    mark: str | None  # how the list writes decimals, where it shows it
    is_day_first: bool | None


@dataclass
class _Parts:
    rows: dict[str, dict[int, dict[str, Cell | None]]] = field(default_factory=dict)
    left: dict[str, Counter[str]] = field(default_factory=dict)  # why → element → lines

    def add(self, part: str, number: int, cells: dict[str, Cell | None]) -> None:
        self.rows.setdefault(part, {})[number] = cells


def parts_of(table: ForeignTable) -> list[ForeignTable]:
    """The tables that the list holds; the table itself where it is no such list."""
    columns = _columns(table)
    if columns is None:
        return [table]
    parts = _Parts()
    for number in table.data():
        _sort(number, table.sheet.rows[number], columns, parts)
    notes = tuple(_notes(table.name, parts))
    made = [_table(table, part, rows) for part, rows in parts.rows.items()]
    if not made:
        return [replace(table, notes=notes)]
    return [replace(made[0], notes=notes), *made[1:]]


def _columns(table: ForeignTable) -> _Columns | None:
    at = {plain_words(title): index for index, title in table.titles.items()}

    def place(words: Sequence[str]) -> int | None:
        return next((at[word] for word in words if word in at), None)

    element, quantity = place(ELEMENT), place(QUANTITY)
    if element is None or quantity is None:
        return None

    def texts(*columns: int | None) -> list[str]:
        rows = (table.sheet.rows[number] for number in table.data())
        cells = (row.get(at) for row in rows for at in columns if at is not None)
        return [cell.strip() for cell in cells if isinstance(cell, str)]

    date, is_day_first = place(DATE), is_first(texts(place(DATE)))
    mark = mark_of(texts(quantity, place(AVAILABLE)))
    known = words_for("Materials")["code"]
    head = next((said for label, said in table.heads.items() if plain_words(label) in known), None)
    return _Columns(
        element,
        place(DATA),
        quantity,
        date,
        place(known),
        place(words_for("Demand")["customer"]),
        place(words_for("Purchases")["supplier"]),
        head,
        "." if mark is None and is_day_first is False else mark,
        is_day_first,
    )


def _sort(number: int, row: Mapping[int, Cell], at: _Columns, parts: _Parts) -> None:
    element = shown(row.get(at.element))
    word = plain_words(element).replace(" ", "")
    if not word:
        if element:
            parts.left.setdefault(_OTHERS, Counter())[element] += 1
        return
    part = TAKEN.get(word, "")
    if not part:
        parts.left.setdefault(LEFT.get(word, _OTHERS), Counter())[element] += 1
        return
    data = [each.strip() for each in shown(_cell(row, at.data)).split("/")]
    material = _cell(row, at.material) or at.head
    quantity, day = _unsigned(row.get(at.quantity), at), _day(_cell(row, at.date), at)
    if part == "Materials":
        parts.add(part, number, {"code": material, "safety_stock": quantity})
        return
    line = {"material": material, "quantity": quantity, "due_at": day}
    if part == "Forecast":
        code = "/".join(("FC", shown(material), shown(day)))
        parts.add("Demand", number, line | {"code": code, "kind": "forecast"})
    elif part == "Demand":
        named: dict[str, Cell | None] = {
            "code": _line(data), "order_code": data[0] or None, "kind": "order_line",
            "customer": _cell(row, at.customer),
        }  # fmt: skip
        parts.add(part, number, line | named)
    elif part == "Purchases":
        supplier = _cell(row, at.supplier)
        parts.add(part, number, line | {"number": _line(data), "supplier": supplier})
    else:
        state = order_state(" ".join(data[1:]).replace(".", " "))
        parts.add(part, number, line | {"number": data[0] or None, "status": state})


def _cell(row: Mapping[int, Cell], at: int | None) -> Cell | None:
    return None if at is None else row.get(at)


def _line(data: Sequence[str]) -> str | None:
    """10001/000010/0001 is line 10001/10; the second delivery of a line is 10001/10/2."""
    if not data[0]:
        return None
    item, *more = [part.lstrip("0") for part in data[1:]] or [""]
    parts = [data[0], item] if item else [data[0]]
    return "/".join([*parts, *(part for part in more[:1] if part not in ("", "1"))])


def _unsigned(cell: Cell | None, at: _Columns) -> Cell | None:
    """Requirements stand with a minus, before or after."""
    read = number_in(cell.strip(), at.mark) if isinstance(cell, str) and cell.strip() else cell
    if isinstance(read, Decimal):
        return abs(read)
    return read.strip("-+") if isinstance(read, str) else read


def _day(cell: Cell | None, at: _Columns) -> Cell | None:
    """The day, where the dates of the whole list tell which of its numbers is the month."""
    found = day_in(cell.strip(), is_day_first=at.is_day_first) if isinstance(cell, str) else None
    return cell if found is None else found


def _table(
    table: ForeignTable, part: str, rows: Mapping[int, Mapping[str, Cell | None]]
) -> ForeignTable:
    filled = {name for cells in rows.values() for name, cell in cells.items() if cell}
    if part == "Production orders" and not all(cells.get("status") for cells in rows.values()):
        filled.discard("status")  # of those that say none it would say something wrong
    titles = {at: name for at, name in enumerate(TITLES[part]) if name in filled}
    header: dict[int, Cell] = dict(titles)
    sheet = Sheet(
        f"{table.name} {part.lower()}",
        {
            table.header_row: header,
            **{
                number: {at: cell for at, name in titles.items() if (cell := cells.get(name))}
                for number, cells in rows.items()
            },
        },
        decimal_mark=table.sheet.decimal_mark,
    )
    return ForeignTable(sheet, table.header_row, titles, origin=table.name)


def _notes(name: str, parts: _Parts) -> Iterator[str]:
    for why, elements in parts.left.items():
        told = ", ".join(f"{count} {element}" for element, count in sorted(elements.items()))
        yield f"Sheet {name}: not read were {told}. {why}."
