"""The list of this room: the rows of a file beside the plant."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.models import ImportRow
from obeya.modules.exchange.sheets import SHEETS
from obeya.ui.lists import Column, Filter, List, register


def _find(rows: QuerySet[ImportRow], text: str) -> QuerySet[ImportRow]:
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
