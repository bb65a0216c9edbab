"""`obeya bench import PATH`: a plant's file comes in as through the page, step by step.

Read, compared with the plant and kept as a preview; taken over, a large file in parts, a small
one at once after it was read again; then compared once more, now that all its rows are there;
and undone.
Everything runs on a scratch database of its own, while another process writes a small thing ten
times a second.
"""

import resource
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from obeya.modules.exchange.actions import (
    apply_import,
    begin_take_over,
    begin_undo,
    check_import,
    try_undo,
    undo_import,
)
from obeya.modules.exchange.benches.synthetic import is_synthetic, sheets_of
from obeya.modules.exchange.benches.taps import SITE, tapping
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.profiles import PROFILES, read_file
from obeya.modules.exchange.queries import plant_sheets
from obeya.modules.exchange.uploads import Upload
from obeya.modules.exchange.writing.book import write_workbook
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import ChangeRow, Run
from obeya.plant.log.runs import execute
from obeya.plant.log.scratch import scratch_database, timed_transactions
from obeya.plant.resources.sites import open_site

MEGABYTE = 1024 * (1024 if sys.platform == "darwin" else 1)  # in units of ru_maxrss
Result = TypeVar("Result")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="a file that `obeya import` takes, or a folder with items, bom, routing, demand.csv",
    )
    parser.add_argument("--profile", default="", choices=["", *PROFILES], help="whose file it is")
    parser.add_argument("--site", default="", help="site that the rows go into")
    parser.add_argument("--zone", default="", help="its time zone, where the file names none")


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, scratch_database():
        path: Path = options.path
        if is_synthetic(path):
            path = Path(folder, "plant.xlsx")
            write_workbook(path, sheets_of(options.path), [["Made for a bench"]])
        upload = Upload(path.name, "", options.profile, options.site, options.zone)
        open_site(code=SITE, time_zone="UTC")
        yield {"figures": _figures(path, upload)}


def is_right(figures: dict[str, Any]) -> bool:
    """The second look must find everything there, and the undo nothing in its way."""
    found = figures["figures"]
    return bool(found["differences_afterwards"] == 0 and found["undo"]["used_meanwhile"] == 0)


def _figures(path: Path, upload: Upload) -> dict[str, Any]:
    by, clock = system_actor(), _Clock()
    with tapping() as taps, timed_transactions() as took_s:
        file = clock.time("read", lambda: read_file(path, upload.profile))
        checked = clock.time(
            "compare", lambda: check_import(site=None, upload=upload, file=file, by=by)
        )
        parts = checked.valid_parts().count()
        if parts:
            clock.time("take_over", lambda: _in_parts(checked, by))
        else:
            again = clock.time("read_again", lambda: read_file(path, upload.profile))
            clock.time(
                "take_over", lambda: apply_import(site=None, checked=checked, file=again, by=by)
            )
        whole_s = sum(clock.took_s.values())
        third = read_file(path, upload.profile)
        same = clock.time(
            "compare_afterwards", lambda: check_import(site=None, upload=upload, file=third, by=by)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    unlike = same.shown_rows().exclude(state=ImportRow.State.UNCHANGED)
    new = {name: numbers[0] for name, numbers in checked.saved.items()}
    return {
        "file": path.name,
        "file_kb": round(path.stat().st_size / 1024) if path.is_file() else None,
        "rows": sum(new.values()),
        "rows_by_sheet": new,
        "parts": parts,
        "change_rows": ChangeRow.objects.count(),
        "steps_s": {name: round(took, 2) for name, took in clock.took_s.items()},
        "opened_to_committed_s": round(whole_s, 2),
        "longest_transaction_s": round(max(took_s), 2),
        "peak_mb": round(peak),
        "taps": len(taps.took_s),
        "median_tap_ms": taps.median_ms,
        "worst_tap_ms": taps.worst_ms,
        "differences_afterwards": unlike.count(),
        "undo": _undone(checked, by),
    }


def _undone(checked: FileImport, by: Actor) -> dict[str, Any]:
    clock, parts = _Clock(), checked.valid_parts()
    checked.refresh_from_db()
    site = checked.site
    if site is None:
        raise RuntimeError("The file is in no site, so that there is nothing to undo.")
    with tapping() as taps, timed_transactions() as took_s:
        if parts.exists():
            clock.time("try", lambda: try_undo(site=site, done=checked, by=by))
            clock.time("undo", lambda: _done(begin_undo(site=site, done=checked, here=True, by=by)))
        else:
            clock.time("undo", lambda: undo_import(site=site, done=checked, by=by))
    left = plant_sheets(site=site, by=by)
    return {
        "steps_s": {name: round(took, 2) for name, took in clock.took_s.items()},
        "longest_transaction_s": round(max(took_s), 2),
        "taps": len(taps.took_s),
        "median_tap_ms": taps.median_ms,
        "worst_tap_ms": taps.worst_ms,
        "used_meanwhile": sum(len(part.left.get("used", [])) for part in parts),
        "rows_left": {
            kind.SHEET: len(rows) for kind, rows in left if rows and kind.SHEET in checked.saved
        },
    }


def _in_parts(checked: FileImport, by: Actor) -> None:
    """As a worker does."""
    _done(begin_take_over(site=None, checked=checked, here=True, by=by))


def _done(run: Run) -> None:
    execute(run)
    run.refresh_from_db()
    if run.status != run.Status.SUCCEEDED:
        raise RuntimeError(f"{run.kind} did not succeed: {run.error}")


class _Clock:
    def __init__(self) -> None:
        self.took_s: dict[str, float] = {}

    def time(self, name: str, do: Callable[[], Result]) -> Result:
        began = time.perf_counter()
        result = do()
        self.took_s[name] = time.perf_counter() - began
        return result
