"""What the address asks of a list: sort, filters, text, columns, place. All of it is in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date

from obeya.ui.lists.declaration import Column, Filter, List
from obeya.ui.lists.state import ALL, OPEN, WORDS


@dataclass(frozen=True)
class Question:
    """Unknown or impossible parts of an address are dropped, never an error: links grow old."""

    declared: List
    sort: Column
    descending: bool
    filters: Mapping[str, str]
    text: str
    columns: tuple[Column, ...]
    after: str = ""
    before: str = ""
    state: str = ""  # open, done or all; "" where the rows of the list have none

    @classmethod
    def read(cls, declared: List, asked: QueryDict) -> Self:
        filters = {
            each.name: asked[each.name]
            for each in declared.filters
            if asked.get(each.name) and _is_possible(each, asked[each.name])
        }
        state = _state(declared, filters, asked.get("state", ""))
        usual = _usual_sort(declared, state)
        sort = asked.get("sort") or usual
        column = declared.column(sort.removeprefix("-"))
        if column is None or not column.sort:
            sort = usual
            column = declared.column(sort.removeprefix("-"))
        chosen = set(asked.getlist("columns") if "columns" in asked else ())
        chosen = {name for part in chosen for name in part.split(",")}
        columns = tuple(
            each
            for at, each in enumerate(declared.columns)
            if at == 0 or (each.name in chosen if chosen else not each.is_optional)
        )
        return cls(
            declared=declared,
            sort=column,
            descending=sort.startswith("-"),
            filters=filters,
            text=asked.get("q", "").replace("\x00", "").strip() if declared.search else "",
            columns=columns,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
            state=state,
        )

    def found(self, rows: QuerySet, *, of_any_state: bool = False) -> QuerySet:
        """What search and filters find, be it open or done."""
        left_out = self.declared.state_filter() if of_any_state else None
        for each in self.declared.filters:
            if each.name in self.filters and each is not left_out:
                try:
                    rows = each.apply(rows, self.filters[each.name])
                except (ValueError, ValidationError):
                    continue
        if self.text and self.declared.search:
            rows = self.declared.search(rows, self.text)
        return rows

    def narrow(self, rows: QuerySet) -> QuerySet:
        """What was found, on the side of its state that is asked for."""
        return self.on_side(self.found(rows), self.state)

    def on_side(self, found: QuerySet, side: str) -> QuerySet:
        return self.declared.state.narrow(found, side) if self.declared.state else found

    def apart(self, rows: QuerySet) -> list[QuerySet]:
        """The narrowed rows as queries that each are one scan of an index.

        Where the rows come by the date that the list is about, that is one for each value of the
        state: an index has them in this order within a value only.
        """
        found, state = self.found(rows), self.declared.state
        is_usual = self.sort.name == self.declared.default_sort.removeprefix("-")
        if state is None or not is_usual or self.names_a_state:
            return [self.on_side(found, self.state)]
        values = state.values(self.state)
        return [found.filter(**{state.field: value}) for value in values] or [found]

    @property
    def names_a_state(self) -> bool:
        """Whether a filter asks for one value of the state, which is narrower than its side."""
        narrowing = self.declared.state_filter()
        return narrowing is not None and narrowing.name in self.filters

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.text)

    def address(self, **changes: str | None) -> str:
        """The query string of this question, changed; a change starts again on the first page."""
        parts: dict[str, str | None] = {"state": self.state, **self.filters, "q": self.text}
        parts["sort"] = self.said_sort
        if self.columns != self._default_columns():
            parts["columns"] = ",".join(column.name for column in self.columns)
        parts |= changes
        if parts["state"] == _state(self.declared, parts, ""):  # it follows from the rest
            parts["state"] = None
        if parts["sort"] == _usual_sort(self.declared, self.state):
            parts["sort"] = None
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def side(self, state: str) -> str:
        """Where a click on open, done or all leads; no filter names a state there."""
        narrowing = self.declared.state_filter()
        left_out = {narrowing.name: None} if narrowing else {}
        return self.address(state=state, **left_out)

    @property
    def said_sort(self) -> str:
        """Empty where it is the one that the rows have by themselves."""
        is_usual = self.sort_text() == _usual_sort(self.declared, self.state)
        return "" if is_usual else self.sort_text()

    def sort_text(self) -> str:
        return ("-" if self.descending else "") + self.sort.name

    def toggled(self, column: Column) -> str:
        """Where a click on the heading leads."""
        again = column == self.sort and not self.descending
        return self.address(sort=("-" if again else "") + column.name)

    def _default_columns(self) -> tuple[Column, ...]:
        return tuple(
            each for at, each in enumerate(self.declared.columns) if at == 0 or not each.is_optional
        )


def _state(declared: List, filters: Mapping[str, str | None], asked: str) -> str:
    """A filter by one value of the state leads to its side, unless all is asked for."""
    if declared.state is None:
        return ""
    narrowing = declared.state_filter()
    value = filters.get(narrowing.name) if narrowing else None
    if value and asked != ALL:
        return declared.state.side_of(value)
    return asked if asked in WORDS else OPEN


def _usual_sort(declared: List, state: str) -> str:
    """What is open begins with the first, what is done with the last."""
    usual = declared.default_sort
    if state in ("", OPEN):
        return usual
    return usual.removeprefix("-") if usual.startswith("-") else f"-{usual}"


def _is_possible(narrowing: Filter, value: str) -> bool:
    if "\x00" in value:
        return False
    if narrowing.kind == "date":
        try:
            return parse_date(value) is not None
        except ValueError:
            return False
    options = narrowing.options()
    return not options or value in {str(code) for code, _ in options}


def of_request(declared: List, request: HttpRequest) -> Question:
    return Question.read(declared, request.GET)
