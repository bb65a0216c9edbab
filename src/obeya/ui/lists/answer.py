"""A list as a page, as the fragment that htmx swaps, as a workbook, or after a bulk action."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from obeya.ui.lists import keyset
from obeya.ui.lists.declaration import List
from obeya.ui.lists.keyset import Cursor, Page
from obeya.ui.lists.question import Question, of_request
from obeya.ui.lists.sides import sides_of
from obeya.ui.lists.state import ALL
from obeya.ui.models import SavedView
from obeya.ui.toasts import add_toast


def respond(
    request: HttpRequest,
    declared: List,
    rows: QuerySet,
    *,
    context: Mapping[str, Any] | None = None,
    template: str = "ui/lists/page.html",
    may: Callable[[str], bool] = lambda permission: True,
) -> HttpResponse:
    """Answer a page's request about this list. `rows` is already scoped to what may be seen.

    `template` extends "ui/base.html" and includes "ui/lists/list.html". `may` answers for the
    permissions of bulk actions.
    """
    question = of_request(declared, request)
    done = ""
    if request.method == "POST":
        done = _run_bulk(request, declared, rows, question.narrow(rows), may)
    elif request.GET.get("format") == "xlsx":
        from obeya.ui.lists import export  # noqa: PLC0415 - loads openpyxl, which a page needs not

        return export.as_workbook(question, rows, site=_site_of(request))

    shown = {**(context or {}), "list": _shown(request, question, rows, may)}
    is_part = request.headers.get("HX-Target") == f"div#list-{declared.name}"
    response = render(request, "ui/lists/list.html" if is_part else template, shown)
    if is_part and request.method == "GET":
        place = {"after": question.after, "before": question.before}
        header = "HX-Push-Url" if any(place.values()) else "HX-Replace-Url"  # typing is no journey
        response.headers[header] = request.path + question.address(**place).removesuffix("?")
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    patch_cache_control(response, private=True, no_cache=True)
    return add_toast(response, done) if done else response


def _site_of(request: HttpRequest) -> str:
    """The code of the site in the address, where the list is one site's."""
    match = request.resolver_match
    return str(match.kwargs.get("site", "")) if match else ""


def _run_bulk(
    request: HttpRequest,
    declared: List,
    rows: QuerySet,
    narrowed: QuerySet,
    may: Callable[[str], bool],
) -> str:
    """Run the chosen verb on the ticked rows, or on everything that the filter finds."""
    wanted = request.POST.get("bulk", "")
    action = next((each for each in _allowed(declared, may) if each.name == wanted), None)
    if action is None:
        return ""
    if request.POST.get("everything"):
        return action.run(request, narrowed)
    picked = [
        int(text) for text in request.POST.getlist("pick") if text.isdecimal() and len(text) < 19
    ]
    return action.run(request, rows.filter(pk__in=picked))


def _allowed(declared: List, may: Callable[[str], bool]) -> list:
    return [each for each in declared.bulk if not each.permission or may(each.permission)]


def _page(question: Question, rows: QuerySet) -> Page:
    field, size, apart = question.sort.sort, question.declared.page_size, question.apart(rows)
    if question.before:
        cursor = Cursor.decode(question.before, rows.model, field)
        if cursor:
            page = keyset.backward(apart, field, question.descending, size, cursor)
            if page.rows and page.before:
                return page  # else: the first page, and full
    after = Cursor.decode(question.after, rows.model, field) if question.after else None
    return keyset.forward(apart, field, question.descending, size, after)


def _shown(
    request: HttpRequest, question: Question, rows: QuerySet, may: Callable[[str], bool]
) -> dict[str, Any]:
    declared = question.declared
    page = _page(question, rows)
    if page.rows and declared.enrich:
        declared.enrich(page.rows)
    sides = sides_of(question, rows)
    shown = next((side for side in sides if side.is_shown and not question.names_a_state), None)
    count, is_capped = shown.counted if shown else keyset.capped_count(question.narrow(rows))

    def turn(name: str, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        return question.address(**{name: cursor.encode(rows.model, question.sort.sort)})

    return {
        "declared": declared,
        "id": f"list-{declared.name}",
        "question": question,
        "sides": sides,
        "elsewhere": next((side for side in sides if side.name == ALL and side.count), None),
        "can_search": declared.search is not None,
        "headings": [_heading(question, column) for column in question.columns],
        "rows": [_row(question, row) for row in page.rows],
        "count": count,
        "is_capped": is_capped,
        "previous": turn("before", page.before),
        "next": turn("after", page.after),
        "export": question.address(format="xlsx"),
        "here": question.address(),
        "filters": [_filter(question, each) for each in declared.filters],
        "clear": question.address(q=None, **{each.name: None for each in declared.filters}),
        "choosable": [(column, column in question.columns) for column in declared.columns[1:]],
        "bulk": _allowed(declared, may),
        "views": _views(request, declared),
    }


def _heading(question: Question, column: Any) -> dict[str, Any]:
    is_sorted = column == question.sort
    direction = "descending" if question.descending else "ascending"
    return {
        "column": column,
        "url": question.toggled(column) if column.sort else "",
        "direction": direction if is_sorted else "",
    }


def _row(question: Question, row: Any) -> dict[str, Any]:
    cells = [(column, column.of(row)) for column in question.columns]
    url = question.columns[0].url
    return {
        "id": row.pk,
        "cells": cells,
        "url": url(row) if url else "",
        "tone": question.declared.row_tone(row),
    }


def _filter(question: Question, each: Any) -> dict[str, Any]:
    value = question.filters.get(each.name, "")
    options = [(str(code), word, str(code) == value) for code, word in each.options()]
    return {"filter": each, "value": value, "options": options}


def _views(request: HttpRequest, declared: List) -> list[SavedView]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return list(SavedView.objects.filter(owner=person, list_name=declared.name).order_by("name"))
