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

    @classmethod
    def read(cls, declared: List, asked: QueryDict) -> Self:
        sort = asked.get("sort") or declared.default_sort
        column = declared.column(sort.removeprefix("-"))
        if column is None or not column.sort:
            sort = declared.default_sort
            column = declared.column(sort.removeprefix("-"))
        chosen = set(asked.getlist("columns") if "columns" in asked else ())
        chosen = {name for part in chosen for name in part.split(",")}
        columns = tuple(
            each
            for at, each in enumerate(declared.columns)
            if at == 0 or (each.name in chosen if chosen else not each.is_optional)
        )
        filters = {
            each.name: asked[each.name]
            for each in declared.filters
            if asked.get(each.name) and _is_possible(each, asked[each.name])
        }
        return cls(
            declared=declared,
            sort=column,
            descending=sort.startswith("-"),
            filters=filters,
            text=asked.get("q", "").replace("\x00", "").strip() if declared.search else "",
            columns=columns,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )

    def narrow(self, rows: QuerySet) -> QuerySet:
        for each in self.declared.filters:
            if each.name in self.filters:
                try:
                    rows = each.apply(rows, self.filters[each.name])
                except (ValueError, ValidationError):
                    continue
        if self.text and self.declared.search:
            rows = self.declared.search(rows, self.text)
        return rows

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.text)

    def address(self, **changes: str | None) -> str:
        """The query string of this question, changed; a change starts again on the first page."""
        parts: dict[str, str | None] = {**self.filters, "q": self.text, "sort": self.sort_text()}
        if self.columns != self._default_columns():
            parts["columns"] = ",".join(column.name for column in self.columns)
        parts |= changes
        if parts["sort"] == self.declared.default_sort:
            parts["sort"] = None
        return "?" + urlencode({key: value for key, value in parts.items() if value})

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
