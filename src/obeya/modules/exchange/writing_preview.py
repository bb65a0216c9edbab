"""The preview of a large file, written in pieces under a version that nobody sees yet.

It is no state of the plant, so that it needs no verb: the one that shows it says which version
counts.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import transaction

from obeya.modules.exchange.models import FileImport, ImportPart, ImportRow
from obeya.modules.exchange.staging import StagedRow, columns_of
from obeya.plant.log.breathing import part_of_long_work
from obeya.plant.log.bulk import insert_columns, insert_many

ROWS = 4_000
PARTS = 20
Each = TypeVar("Each")


def write_pieces(
    checked: FileImport, rows: Sequence[StagedRow], parts: Sequence[ImportPart]
) -> int:
    """Write them beside the preview that is shown; answers their version."""
    version = secrets.randbelow(2**62) + 1
    for piece in _pieces(rows, ROWS):
        _briefly(write_rows, checked, piece, version)
    for each in parts:
        each.file_import, each.version = checked, version
    for some in _pieces(parts, PARTS):
        _briefly(insert_many, some)
    return version


def write_rows(checked: FileImport, rows: Sequence[StagedRow], version: int) -> None:
    insert_columns(ImportRow, columns_of(rows, file_import_id=checked.pk, version=version))


def forget_others(shown: FileImport) -> None:
    """What was shown before, or was begun and never shown; not what somebody begins meanwhile."""
    written = [
        (model.objects.filter(file_import=shown), most)
        for model, most in ((ImportRow, ROWS), (ImportPart, PARTS))
    ]
    old = {
        each for rows, _ in written for each in rows.values_list("version", flat=True).distinct()
    }
    old.discard(shown.version)
    for rows, most in written:
        others = rows.filter(version__in=old)
        while ids := list(others.order_by("pk").values_list("pk", flat=True)[:most]):
            _briefly(rows.filter(pk__in=ids).delete)


def forget_cleared() -> None:
    """Rows of previews that have been cleared: nobody sees them any more."""
    cleared = ImportRow.objects.filter(file_import__cleared_at__isnull=False)
    while ids := list(cleared.order_by("pk").values_list("pk", flat=True)[:ROWS]):
        _briefly(ImportRow.objects.filter(pk__in=ids).delete)


def _pieces(all_of_them: Sequence[Each], most: int) -> Iterator[Sequence[Each]]:
    for start in range(0, len(all_of_them), most):
        yield all_of_them[start : start + most]


def _briefly(do: Callable[..., Any], *arguments: Any) -> None:
    with part_of_long_work(), transaction.atomic():
        do(*arguments)
