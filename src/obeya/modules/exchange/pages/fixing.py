"""Correcting refused cells in the preview: laid over the file, then checked again."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import check_import
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.pages.places import address_of, shown_import
from obeya.modules.exchange.queries import preview_rows
from obeya.modules.exchange.reading.fixing import LETTERS, Fix
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal, Stale

CELL = re.compile(r"cell-(\d{1,18})-(\d{1,4})")
CHOICE = re.compile(r"choice-(\d{1,18})-(\d{1,4})")  # of a conflict: 0 the plant's, 1 the file's
CONFLICT = 5  # parts of a fault that has choices
LEFT = re.compile(r"leave-(\d{1,18})")


class NothingCorrected(Refusal):
    """No cell differs from what the file says."""


@require_POST
def fix(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Lay the corrected cells over the file and check it again; `take_back` lifts them all."""
    checked = shown_import(request, site, import_id)
    if not checked.is_checked:
        return HttpResponseRedirect(address_of("columns", checked))
    upload = uploads.upload_of(checked)
    try:
        fixes: list[Fix] = []
        if not request.POST.get("take_back"):
            fixes = _joined(upload.fixes, _corrected(request, checked))
        upload = replace(upload, fixes=fixes)
        again = check_import(
            site=checked.site,
            upload=upload,
            file=uploads.read(upload),
            again=checked,
            by=request.actor,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(again))
    return HttpResponseRedirect(address_of("preview", checked))


def _corrected(request: ActorRequest, checked: FileImport) -> list[Fix]:
    """What differs from the refused cells; a form that is older than the preview is refused."""
    cells, left = _posted(request.POST)
    chosen = _chosen(request.POST)
    asked = {*(row for row, _place in [*cells, *chosen]), *left}
    refused = preview_rows(checked=checked, state="refused", by=request.actor)
    found = refused.in_bulk(asked)
    if asked - found.keys():
        raise Stale(
            _("The file was checked again meanwhile. Nothing was corrected: look at what is "
              "refused now.")
        )  # fmt: skip
    fixes = [_left_out(found[row]) for row in left]
    for (row, place), value in cells.items():
        faults = found[row].faults
        if row in left or place >= len(faults) or not is_cell(found[row], faults[place][0]):
            continue
        column, old = faults[place][:2]
        if value.strip() != old:
            fixes.append(Fix(found[row].sheet, found[row].number or 0, column, value.strip()))
    fixes += [
        decision
        for (row, place), at in chosen.items()
        if row not in left and (decision := _decision(found[row], place, at)) is not None
    ]
    if not fixes:
        raise NothingCorrected(
            _("No cell was changed. Type the right value into a cell, or tick a row to leave out.")
        )
    return fixes


def _posted(form: QueryDict) -> tuple[dict[tuple[int, int], str], list[int]]:
    cells = {
        (int(found[1]), int(found[2])): str(value)
        for name, value in form.items()
        if (found := CELL.fullmatch(name))
    }
    return cells, [int(found[1]) for name in form if (found := LEFT.fullmatch(name))]


def _chosen(form: QueryDict) -> dict[tuple[int, int], int]:
    """Conflicts that were decided: for the plant's value (0), or for the file's (1)."""
    return {
        (int(found[1]), int(found[2])): int(value)
        for name, value in form.items()
        if (found := CHOICE.fullmatch(name)) and value in ("0", "1")
    }


def _decision(row: ImportRow, place: int, at: int) -> Fix | None:
    if place >= len(row.faults) or len(row.faults[place]) < CONFLICT:
        return None
    column, choices = row.faults[place][0], row.faults[place][4]
    return Fix(row.sheet, row.number or 0, column, str(choices[at]), over=str(choices[0]))


def is_cell(row: ImportRow, column: str) -> bool:
    """Whether there is one cell to correct: in a row, or a header under its letters."""
    if row.number is None:
        return False
    return bool(column) if row.named else LETTERS.fullmatch(column) is not None


def _left_out(row: ImportRow) -> Fix:
    return Fix(row.sheet, row.number or 0, "")


def _joined(old: Iterable[Fix], new: Iterable[Fix]) -> list[Fix]:
    """The newer word on a cell counts."""
    by_cell = {(each.sheet, each.row, each.column): each for each in [*old, *new]}
    return list(by_cell.values())


def _told(checked: FileImport) -> str:
    refused = checked.rows_in("refused")
    if not refused:
        return _("Checked again: nothing is refused any more.")
    left = ngettext("%d row is still refused.", "%d rows are still refused.", refused) % refused
    return _("Checked again: %(left)s") % {"left": left}
