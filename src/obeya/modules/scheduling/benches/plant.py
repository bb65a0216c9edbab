"""`obeya bench plant`: made-up plants with every constraint on, against the best of many rules."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from statistics import fmean
from typing import Any

from . import table
from .asked import refuse_unfit
from .process import Row, ask, compile_beforehand
from .summary import by_size

ONE = f"{__package__}.one_plant"
AROUND_S = 1_800  # for the rules and the check, which do not count
MEANS = (
    "tardiness_cut_pct",
    "setup_cut_pct",
    "late",
    "dispatch_late",
    "late_share_dispatch",
    "moves_per_s",
    "first_seconds",
    "construct_seconds",
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=30, metavar="S", help="for each plant")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="threads that search")
    parser.add_argument("--seeds", type=int, default=5, metavar="K", help="plants of each size")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000], metavar="OPERATIONS"
    )


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Search each plant, print its row, and tell all rows so far."""
    refuse_unfit(options)
    compile_beforehand()
    print(table.plant_head(), flush=True)
    rows: list[Row] = []
    for size in options.sizes:
        for seed in range(1, options.seeds + 1):
            question = {
                "size": size,
                "seed": seed,
                "seconds": options.seconds,
                "workers": options.workers,
            }
            row = {"size": size, "seed": seed}
            row |= ask(ONE, question, limit_s=2 * options.seconds + AROUND_S)
            print(table.plant_line(row), flush=True)
            rows.append(row)
            yield {"command": command(options), "rows": rows, "means": means(rows)}
    print(table.plant_closing(means(rows)), flush=True)


def command(options: Namespace) -> str:
    """The command line that gives these rows."""
    sizes = " ".join(str(size) for size in options.sizes)
    return (
        f"obeya bench plant --seconds {options.seconds:g} --workers {options.workers} "
        f"--seeds {options.seeds} --sizes {sizes}"
    )


def is_right(figures: dict[str, Any]) -> bool:
    """Every plant has a plan that the checker finds right."""
    return all(row.get("checked", False) for row in figures["rows"])


def means(rows: Iterable[Row]) -> dict[str, Row]:
    """Means by size."""
    return by_size(rows, _mean)


def _mean(rows: list[Row]) -> Row:
    solved = [row for row in rows if "checked" in row]
    found: Row = {"plants": len(rows), "checked": sum(row["checked"] for row in solved)}
    if solved:
        found |= {key: round(fmean(row[key] for row in solved), 3) for key in MEANS}
    return found
