"""The page of a file whose columns are not ours: what is each of them?"""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import (
    ProfileRow,
    check_import,
    save_profiles,
)
from obeya.modules.exchange.foreign.converting import tables_in
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.foreign.recognising import missing
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.pages.column_cards import Card, card_of, cards_of
from obeya.modules.exchange.pages.column_form import said_mappings
from obeya.modules.exchange.pages.places import address, address_of, shown_import
from obeya.modules.exchange.profiles import MAPPED
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.refusals import FileRefused
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal


class StillToSay(Refusal):
    """A column that must be filled is not named."""


@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """GET shows what is guessed; POST takes what is said, and compares the file with the plant."""
    checked = shown_import(request, site, import_id)
    if checked.applied_at is not None or checked.profile != MAPPED:
        return HttpResponseRedirect(address_of("preview", checked))
    upload = uploads.upload_of(checked)
    try:
        tables = tables_in(read_book(uploads.path_of(upload)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(address("import", checked.site))
    if request.method == "GET":
        return _page(request, checked, cards_of(upload.mappings, tables))
    said, is_other = said_mappings(request.POST, upload.mappings, tables)
    if is_other:  # another sheet was chosen for a table: guessed again, for another look
        return _page(request, checked, cards_of(said, tables))
    name = request.POST.get("profile_name", "").strip()
    try:
        _must_be_whole(said)
        upload = replace(upload, mappings=said, fixes=())
        file = uploads.read(upload)
        if name:
            place = None if request.POST.get("profile_everywhere") else checked.site
            save_profiles(site=place, rows=[ProfileRow(name, said)], by=request.actor)
            messages.success(request, _("Kept as the profile %(name)s.") % {"name": name})
        check_import(site=checked.site, upload=upload, file=file, again=checked, by=request.actor)
    except Refusal as refusal:
        cards = [card_of(at, each, _table(each, tables)) for at, each in enumerate(said)]
        return _page(request, checked, cards, refusal=refusal, name=name)
    return HttpResponseRedirect(address_of("preview", checked))


def _must_be_whole(said: Sequence[TableMapping]) -> None:
    gaps = [
        _("%(table)s as %(sheet)s needs %(columns)s")
        % {"table": each.source, "sheet": each.into, "columns": ", ".join(absent)}
        for each in said
        if each.into and (absent := missing(each))
    ]
    if gaps:
        remedy = _("Choose the column or write what it always is, or leave the table out.")
        raise StillToSay(f"{'; '.join(gaps)}. {remedy}")
    if not any(each.into for each in said):
        raise FileRefused(_("Say of at least one table what it holds."))


def _table(mapping: TableMapping, tables: Sequence[ForeignTable]) -> ForeignTable:
    return next(table for table in tables if table.name == mapping.source)


def _page(
    request: ActorRequest,
    checked: FileImport,
    cards: Sequence[Card],
    *,
    refusal: Refusal | None = None,
    name: str = "",
) -> HttpResponse:
    context = {
        "site": checked.site,
        "checked": checked,
        "cards": cards,
        "refusal": refusal,
        "profile_name": name,
        "may_share": checked.site is not None
        and request.actor.may_everywhere("exchange.import_plant"),
        "import_address": address("import", checked.site),
        "leave_address": address_of("leave", checked),
        "action": address_of("columns", checked),
    }
    return render(request, "exchange/columns.html", context, status=422 if refusal else 200)
