"""The lists of this room: rows of a file beside the plant, and an ERP beside us."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from obeya.modules.exchange.actions import decide_differences
from obeya.modules.exchange.models import ImportRow, ShadowDifference, ShadowNight
from obeya.modules.exchange.shadow.rows import Decision, DecisionRow
from obeya.modules.exchange.sheets import SHEETS
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.ui.lists import BulkAction, Column, Filter, List, register


def _find(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(named__icontains=text)


def _number(row: Any) -> int | str:
    return row.number or ""


IMPORT_ROWS = register(
    List(
        name="import-rows",
        title=_("Rows of the file"),
        columns=[
            Column("named", _("What")),
            Column("sheet", _("Sheet")),
            Column("number", _("Row"), value=_number, kind="number", sort="place"),
            Column("fields", _("Field: before → after"), kind="changes"),
        ],
        filters=[Filter("sheet", _("Sheet"), choices=[(kind.name, kind.name) for kind in SHEETS])],
        search=_find,
        closed=_(
            "It tells what a file would do, or has done. Correct the file, or what is refused in"
            " its preview."
        ),
        default_sort="number",
        empty_title=_("No such rows"),
        empty_text=_("No row of the file is in this state."),
        example=lambda: ImportRow.objects.filter(file_import_id=1, version=0, state="changed"),
    )
)


def _decide(decision: Decision) -> Callable[[HttpRequest, QuerySet[ShadowDifference]], str]:
    def run(request: HttpRequest, rows: QuerySet[ShadowDifference]) -> str:
        asked = cast(ActorRequest, request)
        found = list(rows.order_by("pk"))
        if not found:
            return str(_("Nothing was chosen."))
        said = [DecisionRow(each.pk, decision) for each in found]
        try:
            done = decide_differences(site=found[0].source.site, rows=said, by=asked.actor)
        except Refusal as refusal:
            return str(refusal)
        return ngettext("%d difference was decided.", "%d differences were decided.", done) % done

    return run


def _state(row: Any) -> tuple[str, str]:
    tones = {
        "taken": "good",
        "same": "neutral",
        "under way": "info",
        "being undone": "info",
        "undone": "neutral",
    }
    return row.told_state, tones.get(row.stage, "warning")


def _who(row: Any) -> str:
    """Nobody where the row is on one side only; the log does not know every field."""
    if row.changed_by is None:
        return str(_("not known")) if row.field else ""
    return str(row.changed_by)


SHADOW_DIFFERENCES = register(
    List(
        name="shadow-differences",
        title=_("Where the two differ"),
        columns=[
            Column("named", _("What"), sort="named", index="shadow_difference_list"),
            Column("sheet", _("Sheet")),
            Column("kind", _("Difference"), value=lambda row: row.get_kind_display()),
            Column("field", _("Field")),
            Column("theirs", _("The ERP says")),
            Column("ours", _("We say")),
            Column("changed_at", _("Ours since"), kind="moment"),
            Column("changed_by", _("By"), value=_who),
        ],
        filters=[
            Filter("sheet", _("Sheet"), choices=[(kind.name, kind.name) for kind in SHEETS]),
            Filter("kind", _("Difference"), choices=ShadowDifference.Kind.choices),
            Filter("field", _("Field"), kind="text"),
        ],
        search=_find,
        bulk=[
            BulkAction("theirs", _("Take theirs"), _decide("theirs"), icon="download"),
            BulkAction("ours", _("Keep ours"), _decide("ours"), icon="check"),
            BulkAction("give", _("Give the field to the ERP"), _decide("give"), icon="refresh-cw"),
        ],
        closed=_("Decide the differences on this page; each night tells them anew."),
        default_sort="named",
        empty_title=_("The two agree"),
        empty_text=_("What the ERP and we say differently stands here after each night."),
        example=lambda: ShadowDifference.objects.filter(source_id=1, state="open"),
    )
)

SHADOW_NIGHTS = register(
    List(
        name="shadow-nights",
        title=_("Nights"),
        columns=[
            Column("at", _("When"), kind="moment"),
            Column("file", _("File"), value=lambda row: row.name or "–"),
            Column("state", _("State"), value=_state, kind="badge"),
            Column("rows", _("Rows"), kind="number"),
            Column("said", _("Why"), value=lambda row: row.why),
            Column("sha256", _("SHA-256"), is_optional=True),
            Column("pk", _("No."), kind="number", sort="id", is_optional=True),
        ],
        filters=[Filter("state", _("State"), choices=ShadowNight.State.choices)],
        closed=_("It tells what became of the ERP's files; nobody edits it."),
        default_sort="-pk",
        empty_title=_("No night yet"),
        empty_text=_("After each night it stands here what became of the ERP's file."),
        example=lambda: ShadowNight.objects.filter(source_id=1),
    )
)
