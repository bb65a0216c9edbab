"""A large file on its way into the plant: begun, followed, stopped, gone on with."""

from typing import Any

from django.contrib import messages
from django.db.models import Min, Q, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import begin_take_over, check_import, stop_take_over
from obeya.modules.exchange.kinds import UNDO
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.pages.places import address_of, shown_import
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal

OPEN, UNDER_WAY, HALFWAY, APPLIED = "open", "under way", "halfway", "applied"
GIVEN_UP = "given up"
BEING_UNDONE, HALF_UNDONE, UNDONE = "being undone", "half undone", "undone"
MOST_LEFT = 200  # rows that the page names


def how_far(checked: FileImport, stage: str, page: str) -> dict[str, Any]:
    """What the page says about a take-over in parts, or about its undo."""
    run = checked.run
    context: dict[str, Any] = {
        "run": run,
        "stop_address": address_of("stop", checked),
        "go_on_address": address_of("go_on", checked),
        "again_address": address_of("again", checked),
        "has_failed": stage == OPEN and run is not None,
        "undo_failed": run is not None and run.kind == UNDO and bool(run.error),
        "refused": checked.undo_refused,
    }
    if stage in (UNDER_WAY, BEING_UNDONE):
        context |= {"topics": "runs", "progress_address": f"{page}?progress"}
    if stage in (HALFWAY, GIVEN_UP, HALF_UNDONE):
        context["taken"] = _taken(checked)
    if stage in (HALF_UNDONE, UNDONE):
        context["left"] = _left(checked)
    return context


@require_POST
def go_on(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Take over what is left of a file whose take-over has stopped."""
    return begin(request, shown_import(request, site, import_id))


def begin(request: ActorRequest, checked: FileImport, *, only_valid: bool = False) -> HttpResponse:
    try:
        begin_take_over(
            site=checked.site,
            checked=checked,
            only_valid=only_valid,
            by=request.actor,
            source="import",
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        checked.refresh_from_db()
    return HttpResponseRedirect(address_of("preview", checked))


@require_POST
def stop(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Call the take-over or its undo off; the part at hand is finished."""
    checked = shown_import(request, site, import_id)
    try:
        if checked.site is not None:
            is_undo = checked.is_being_undone
            stop_take_over(site=checked.site, checked=checked, by=request.actor)
            checked.refresh_from_db(fields=["undo_begun_at"])  # a worker may just have begun
            if is_undo and not checked.undo_begun_at:
                told = _("The undo was called off before it began. Nothing was undone.")
                messages.success(request, told)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address_of("preview", checked))


@require_POST
def again(request: ActorRequest, import_id: int, site: str = "") -> HttpResponse:
    """Compare the file with the plant as it is now."""
    checked = shown_import(request, site, import_id)
    upload = uploads.upload_of(checked)
    try:
        file = uploads.read(upload)
        check_import(site=checked.site, upload=upload, file=file, again=checked, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file was compared with the plant again."))
    return HttpResponseRedirect(address_of("preview", checked))


def _taken(checked: FileImport) -> list[dict[str, Any]]:
    """Sheet by sheet, how many of its rows are in the plant."""
    is_in = Q(taken_at__isnull=False, undone_at=None)
    was_in = Q(taken_at__isnull=False)
    parts = checked.valid_parts().order_by().values("sheet")
    sheets = parts.annotate(
        first=Min("place"),
        rows=Sum("count"),
        done=Sum("count", filter=is_in, default=0),
        was_in=Sum("count", filter=was_in, default=0),
    )
    return list(sheets.order_by("first"))


def _left(checked: FileImport) -> dict[str, Any]:
    """What stays after an undo in parts: used since it began, or because the books name it."""
    told = list(checked.valid_parts().exclude(undone_at=None).values_list("left", flat=True))
    used = [each for left in told for each in left.get("used", [])]
    kept = [each for left in told for each in left.get("kept", [])]
    return {
        "used": used[:MOST_LEFT],
        "used_count": len(used),
        "kept": kept[:5],
        "kept_count": sum(left.get("kept_count", 0) for left in told),
    }
