"""The rows that comments and files are about: who may see them, who may add."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from obeya.plant.log import rooms
from obeya.plant.log.actor import Actor
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.rooms import Subject

LARGEST_ID = 2**63 - 1


class NoSuchSubject(Refusal):
    """There is no such row, or nobody can add to rows of its kind."""

    http_status = 404


def rows_of(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The rows by (model, id), one query per model."""
    wanted: dict[str, set[int]] = {}
    for model, row_id in keys:
        wanted.setdefault(model, set()).add(row_id)
    found: dict[tuple[str, int], Any] = {}
    for model, ids in wanted.items():
        subject_of(model)
        possible = [row_id for row_id in ids if row_id <= LARGEST_ID]
        for row in apps.get_model(model)._base_manager.filter(pk__in=possible):
            found[model, row.pk] = row
        if missing := ids - {pk for name, pk in found if name == model}:
            raise NoSuchSubject(_("There is no %s like that any more.") % _title(model, missing))
    return found


def subject_of(model: str) -> Subject:
    subject = rooms.subjects().get(model)
    if subject is None:
        raise NoSuchSubject(_("Nothing can be added to rows of %s.") % model)
    return subject


def must_see(model: str, row: Any, by: Actor) -> None:
    by.must(subject_of(model).view, **_where(model, row))


def must_change(model: str, row: Any, by: Actor) -> None:
    by.must(subject_of(model).change, **_where(model, row))


def site_id_of(row: Any) -> int | None:
    return getattr(row, "site_id", None)


def _where(model: str, row: Any) -> dict[str, Any]:
    if model == "resources.Equipment":
        return {"equipment": row}
    return {"site": row.site} if site_id_of(row) is not None else {}


def _title(model: str, missing: set[int]) -> str:
    return f"{rooms.subjects()[model].title} #{min(missing)}"
