"""`obeya bench scheduling`: published instances, one row each; how to read them, in docs."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from obeya.plant.log.refusal import Refusal

from . import table
from .asked import refuse_unfit
from .bounds import UnfitTable, bound_of
from .files import NothingToRead, instance_files
from .judging import judged
from .one import Task
from .process import Row, ask, compile_beforehand
from .summary import means

CHECKING_S = 900  # for what follows the search; a million operations are checked in plain Python
ONE = f"{__package__}.one"
AGAINST = {"pyjobshop": f"{__package__}.against_pyjobshop"}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    parser.add_argument("--seconds", type=float, default=30, metavar="S", help="for each instance")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="threads that search")
    parser.add_argument("--seed", type=int, default=1, metavar="K")
    parser.add_argument(
        "--work",
        type=int,
        default=0,
        metavar="W",
        help="work units of each worker, instead of seconds",
    )
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only each Nth file, as sorted"
    )
    parser.add_argument("--against", choices=sorted(AGAINST), help="another solver, in turn")
    parser.add_argument(
        "--bounds", type=Path, metavar="CSV", help="best known values, instead of bounds.csv above"
    )


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Solve the instances named, print the row of each, and tell all rows so far."""
    refuse_unfit(options)
    if options.against and find_spec(options.against) is None:
        raise Refusal(
            "PyJobShop is not installed; only benchmarks need it. Install it with\n"
            "    python -m pip install --require-hashes -r requirements/bench.txt"
        )
    try:
        files = list(instance_files(options.paths))[:: options.every]
        for path in files:
            bound_of(path, options.bounds)
    except (NothingToRead, UnfitTable) as unfit:
        raise Refusal(str(unfit)) from None
    compile_beforehand()
    print(table.head(against=bool(options.against)), flush=True)
    rows: list[Row] = []
    for path in files:
        row = measure(path, options)
        print(table.line(row, against=bool(options.against)), flush=True)
        rows.append(row)
        yield {"command": command(options), "rows": rows, "means": means(rows)}
    print(table.closing(means(rows)), flush=True)


def is_right(figures: dict[str, Any]) -> bool:
    """No check failed, and not everything failed."""
    rows = figures["rows"]
    return all(row.get("checked", True) for row in rows) and any("value" in row for row in rows)


def measure(path: Path, options: Namespace) -> Row:
    """One instance by ours and, if asked, by the other solver right after."""
    known = bound_of(path, options.bounds)
    task = Task(
        path=str(path),
        seconds=options.seconds,
        workers=options.workers,
        seed=options.seed,
        hint=" ".join([*path.resolve().parts[-4:], known.hint]),
        work=options.work,
    )
    limit_s = 2 * task.seconds + CHECKING_S
    row: Row = {"file": str(path)} | ask(ONE, vars(task), limit_s=None if task.work else limit_s)
    row |= judged(row, known)
    if options.against and "problem" not in row:
        row[options.against] = {"is_asked": False, "error": "not asked: we could not read it"}
    elif options.against:
        other = ask(AGAINST[options.against], vars(task), limit_s=limit_s)
        row[options.against] = other
        if row.get("checked") and row["value"] and other.get("value"):
            row["ratio"] = round(row["value"] / other["value"], 4)
    return row


def command(options: Namespace) -> str:
    """The command line that gives these rows."""
    return " ".join(["obeya bench scheduling", *_words(options)])


def _words(options: Namespace) -> Iterator[str]:
    yield from (str(path) for path in options.paths)
    if options.work:
        yield f"--work {options.work}"
    if options.against or not options.work:  # the other solver knows no work units
        yield f"--seconds {options.seconds:g}"
    yield f"--workers {options.workers} --seed {options.seed}"
    if options.every > 1:
        yield f"--every {options.every}"
    if options.against:
        yield f"--against {options.against}"
    if options.bounds:
        yield f"--bounds {options.bounds}"
