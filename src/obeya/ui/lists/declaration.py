"""What a list is: its columns, filters and bulk actions, said once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from obeya.ui.lists.state import State

KINDS = ("text", "number", "moment", "date", "badge", "changes")


@dataclass(frozen=True)
class Edit:
    """A column that may be changed in Excel: the field of the plant's row that it is."""

    field: str
    value: Callable[[Any], Any] | None = None  # of a row, as the plant's row says it
    words: Sequence[tuple[Any, Any]] = ()  # (code, word that people read): a drop-down

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.field)


@dataclass(frozen=True)
class Column:
    """One column. It sorts only by a field of the row's own table that has an index ending in id.

    A column from another room has `value` alone; `List.enrich` fetches it for the whole page.
    """

    name: str
    title: str
    value: Callable[[Any], Any] | None = None  # of a row; default: the attribute called `name`
    kind: str = "text"  # text, number, moment, date; badge: value is (word, tone)
    # changes: value is a list of (field, old, new), all text
    sort: str = ""  # a field; rows without a value always stand last
    index: str = ""  # the name of the index that serves the sort: a test holds it to that
    url: Callable[[Any], str] | None = None  # the row's own page; give it to the first column
    is_optional: bool = False  # shown only when chosen
    edit: Edit | None = None  # in the Excel file of a list with a `sheet`; None: only read
    unit: Callable[[Any], str] | str = ""  # stands behind the number in Excel
    elsewhere: str = ""  # where a column that is only read is changed: a sentence

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Expected kind of column {self.name} to be one of {KINDS}.")

    def of(self, row: Any) -> Any:
        if self.value:
            return self.value(row)
        return getattr(row, self.name)

    def unit_of(self, row: Any) -> str:
        return self.unit if isinstance(self.unit, str) else self.unit(row)


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows the list.

    With `choices` (pairs, or a function that gives them) it is a drop-down that refuses anything
    else; without, a date (`kind="date"`) or a text that must be equal.
    """

    name: str
    title: str
    lookup: str = ""  # a Django lookup such as "due_at__gte"; default: the name
    choices: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]] = ()
    kind: str = "choice"  # choice, date, text
    narrow: Callable[[QuerySet, str], QuerySet] | None = None  # instead of the lookup

    def options(self) -> Sequence[tuple[str, str]]:
        return self.choices() if callable(self.choices) else self.choices

    def apply(self, rows: QuerySet, value: Any) -> QuerySet:
        if self.narrow:
            return self.narrow(rows, value)
        return rows.filter(**{self.lookup or self.name: value})


@dataclass(frozen=True)
class BulkAction:
    """A verb on many rows. `run` calls one action of the room and says what was done."""

    name: str
    title: str
    run: Callable[[HttpRequest, QuerySet], str]
    icon: str = ""
    permission: str = ""  # the page hides it from whoever lacks it: see `may` of `respond`


@dataclass(frozen=True)
class List:
    name: str  # plain, unique in the house: "orders"
    title: str
    columns: Sequence[Column]
    default_sort: str  # a column's name, "-name" for descending
    state: State | None = None  # then the list opens on what is open, the first of it on top
    filters: Sequence[Filter] = ()
    search: Callable[[QuerySet, str], QuerySet] | None = None
    bulk: Sequence[BulkAction] = ()
    enrich: Callable[[Sequence[Any]], None] | None = None  # one set-based call for the page's rows
    page_size: int = 50
    row_tone: Callable[[Any], str] = field(default=lambda row: "")  # "danger", "warning" or ""
    empty_title: str = ""
    empty_text: str = ""  # says how rows get here
    example: Callable[[], QuerySet] | None = None  # scoped as a page scopes it: for the index test
    sheet: str = ""  # of the plant's workbook, whose rows these are: the Excel file comes back
    known_by: str = ""  # the column that tells which row is meant; default: the first editable
    closed: str = ""  # instead: why nobody changes it in Excel, and where it is changed

    def __post_init__(self) -> None:
        if self.sheet and self.closed:
            raise ValueError(f"Expected list {self.name} to have a sheet or be closed, not both.")
        column = self.column(self.default_sort.removeprefix("-"))
        if column is None or not column.sort:
            raise ValueError(f"Expected default_sort of list {self.name} to be a sortable column.")

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def state_filter(self) -> Filter | None:
        """The filter that names single values of the field of `state`."""
        if self.state is None:
            return None
        field = self.state.field
        return next((each for each in self.filters if (each.lookup or each.name) == field), None)

    def sortable(self) -> list[Column]:
        return [column for column in self.columns if column.sort]

    def key_column(self) -> Column | None:
        """What tells which row is meant: each file has it."""
        if self.known_by:
            return self.column(self.known_by)
        return next((column for column in self.columns if column.edit), None)


def words_of(column: Column) -> list[tuple[str, str]]:
    """(code, word) of a column that is one of few words, where it may be changed."""
    words: Sequence[tuple[Any, Any]] = column.edit.words if column.edit else ()
    return [(str(code), str(word)) for code, word in words]


_LISTS: dict[str, List] = {}


def register(declared: List) -> List:
    """Make the list known to the index test and to saved views."""
    if declared.name in _LISTS:
        raise ValueError(f"Expected list names to be unique, {declared.name} is taken.")
    _LISTS[declared.name] = declared
    return declared


def registered_lists() -> list[List]:
    return list(_LISTS.values())
