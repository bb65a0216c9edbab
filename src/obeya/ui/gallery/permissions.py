"""A list over a table that every installation has, to show lists without a plant."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest

from obeya.ui.lists import BulkAction, Column, Filter, List


def _find(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(codename__icontains=text)


def _kind(permission: Permission) -> tuple[str, str]:
    verb = permission.codename.split("_")[0]
    tones = {"delete": "danger", "change": "warning", "add": "good"}
    return verb, tones.get(verb, "neutral")


def _count(request: HttpRequest, rows: QuerySet) -> str:
    return f"{rows.count()} counted; nothing was changed."


PERMISSIONS = List(
    name="gallery",
    title="Rows of any table",
    columns=[
        Column("codename", "Code", sort="codename", url=lambda row: "#"),
        Column("kind", "Kind", value=_kind, kind="badge"),
        Column("name", "Name", sort="name"),
        Column("id", "Number", sort="id", kind="number"),
        Column("content_type_id", "Type", kind="number", is_optional=True),
    ],
    filters=[
        Filter(
            "verb",
            "Verb",
            lookup="codename__startswith",
            choices=[(verb, verb) for verb in ("add", "change", "delete", "view")],
        )
    ],
    search=_find,
    bulk=[BulkAction("count", "Count them", _count, icon="list")],
    row_tone=lambda row: "danger" if row.codename.startswith("delete_log") else "",
    default_sort="codename",
    page_size=25,
    empty_title="No rows yet",
    empty_text="Rows come with the migrations.",
)
