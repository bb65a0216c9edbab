"""The preview: the file beside the plant, row by row; then yes, or leave it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from obeya.modules.exchange import lists, uploads
from obeya.modules.exchange.actions import (
    Imported,
    apply_import,
    check_import,
    forget_imports,
)
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.pages.fixing import is_cell
from obeya.modules.exchange.pages.places import address, address_of, shown_import
from obeya.modules.exchange.pages.taking_over import (
    BEING_UNDONE,
    OPEN,
    UNDER_WAY,
    begin,
    how_far,
)
from obeya.modules.exchange.profiles import MAPPED, is_fixable
from obeya.modules.exchange.queries import preview_rows
from obeya.modules.exchange.refusals import ImportRefused
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal, Stale
from obeya.ui.lists import respond

TABS = {
    "refused": gettext_lazy("To put right"),
    "changed": gettext_lazy("Changed"),
    "new": gettext_lazy("New"),
    "removed": gettext_lazy("Falls away"),
    "unchanged": gettext_lazy("As before"),
}
ALWAYS_SHOWN = ("changed", "new", "unchanged")
ON_A_PAGE = 50  # refused rows


@dataclass(frozen=True)
class Refused:
    """A refused row; its cells are (column, value, rule, remedy, choices of a conflict, whether
    it is corrected here).
    """

    row: ImportRow
    cells: Sequence[tuple[Any, ...]]


@require_GET
def preview(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """The first tab that says something: what is refused, else what changes, else what is new."""
    checked = shown_import(request, site, import_id)
    if not checked.is_checked:
        return HttpResponseRedirect(address_of("columns", checked))
    state = next((each for each in TABS if checked.rows_in(each)), "new")
    return HttpResponseRedirect(_tab(checked, state))


@require_GET
def preview_of(request: ActorRequest, import_id: int, state: str, site: str = "") -> HttpResponse:
    """The rows of the file in one state."""
    if state not in TABS:
        raise Http404
    checked = shown_import(request, site, import_id)
    if not checked.is_checked:
        return HttpResponseRedirect(address_of("columns", checked))
    rows = preview_rows(checked=checked, state=state, by=request.actor)
    context = _context(checked, state)
    if state == "refused":
        response = _refused(request, rows, context)
    else:
        response = respond(
            request, lists.IMPORT_ROWS, rows, context=context, template="exchange/rows.html"
        )
    if "progress" in request.GET and context["stage"] not in (UNDER_WAY, BEING_UNDONE):
        response["HX-Refresh"] = "true"  # the take-over that the page followed has ended
    return response


@require_POST
def apply(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Take the file over; `only_valid` leaves out what is refused."""
    checked = shown_import(request, site, import_id)
    only_valid = bool(request.POST.get("only_valid"))
    if checked.valid_parts().exists():
        return begin(request, checked, only_valid=only_valid)
    upload = uploads.upload_of(checked)
    try:
        imported = apply_import(
            site=checked.site,
            checked=checked,
            file=uploads.read(upload),
            only_valid=only_valid,
            by=request.actor,
            source="import",
        )
    except (Stale, ImportRefused) as refusal:
        check_import(
            site=checked.site,
            upload=upload,
            file=uploads.read(upload),
            again=checked,
            by=request.actor,
        )
        messages.warning(request, str(refusal))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(imported))
        checked.refresh_from_db()
    return HttpResponseRedirect(address_of("preview", checked))


@require_POST
def leave(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Forget the file: nothing was changed, and nothing is kept."""
    checked = shown_import(request, site, import_id)
    for place in forget_imports(imports=[checked], by=request.actor):
        uploads.forget(place)
    messages.success(request, _("Nothing was imported, and the file is gone from here."))
    return HttpResponseRedirect(address("import", checked.site))


def _refused(request: ActorRequest, rows: Any, context: dict[str, Any]) -> HttpResponse:
    if sheet := request.GET.get("sheet", ""):
        rows = rows.filter(sheet=sheet)
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 10:
        rows = rows.filter(place__gt=int(after))
    found = list(rows.order_by("place", "id")[: ON_A_PAGE + 1])
    context["refused"] = [
        Refused(row, [_cell(row, fault, context["may_fix"]) for fault in row.faults])
        for row in found[:ON_A_PAGE]
    ]
    context["next"] = (
        f"?{urlencode({'sheet': sheet, 'after': found[ON_A_PAGE - 1].place})}"
        if len(found) > ON_A_PAGE
        else ""
    )
    context["is_first"] = not after
    return render(request, "exchange/refused.html", context)


def _cell(row: ImportRow, fault: Sequence[Any], may_fix: bool) -> tuple[Any, ...]:
    choices = fault[4] if len(fault) > 4 else ()
    return (*fault[:4], choices, may_fix and is_cell(row, fault[0]))


def _context(checked: FileImport, state: str) -> dict[str, Any]:
    stage = checked.stage
    is_open = stage == OPEN
    tabs = [
        {
            "title": title,
            "url": _tab(checked, each),
            "is_current": each == state,
            "count": checked.rows_in(each),
        }
        for each, title in TABS.items()
        if each in ALWAYS_SHOWN or checked.rows_in(each)
    ]
    return {
        "checked": checked,
        "site": checked.site,
        "stage": stage,
        "is_open": is_open,
        "tabs": tabs,
        "sheets": [
            _sheet(checked, name, numbers)
            for name, numbers in checked.counts
            if set(numbers) != {"unchanged"}
        ],
        "same": [name for name, numbers in checked.counts if set(numbers) == {"unchanged"}],
        "refused_count": checked.rows_in("refused"),
        "valid_count": checked.rows_in("new", "changed", "removed"),
        "import_address": address("import", checked.site),
        "apply_address": address_of("apply", checked),
        "leave_address": address_of("leave", checked),
        "undo_address": address_of("undo", checked) if checked.site else "",
        "fix_address": address_of("fix", checked),
        "may_fix": is_open and is_fixable(checked.profile),
        "columns_address": address_of("columns", checked)
        if is_open and checked.profile == MAPPED
        else "",
        "workbook_address": address_of("refusals", checked),
        **how_far(checked, stage, _tab(checked, state)),
    }


def _sheet(checked: FileImport, name: str, numbers: dict[str, int]) -> dict[str, Any]:
    cells = [(state, title, numbers.get(state, 0), _tab(checked, state)) for state, title in
             TABS.items() if state in ALWAYS_SHOWN or checked.rows_in(state)]  # fmt: skip
    return {"name": name, "cells": cells, "is_refused": bool(numbers.get("refused"))}


def _tab(checked: FileImport, state: str) -> str:
    return address_of("preview_of", checked, state=state)


def _told(imported: Imported) -> str:
    done = {name: saved.new + saved.changed for name, saved in imported.counts.items()}
    differing = ", ".join(f"{name} {count}" for name, count in done.items() if count)
    if not differing:
        return _("Everything in the file was here already.")
    return _("Taken over: %(what)s.") % {"what": differing}
