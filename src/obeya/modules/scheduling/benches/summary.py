"""Means of rows, by problem."""

from collections.abc import Iterable
from statistics import fmean, median

from .process import Row

OTHER = "pyjobshop"


def means(rows: Iterable[Row]) -> dict[str, Row]:
    """Per problem, and under ``all`` for every row."""
    rows = list(rows)
    problems = sorted({row["problem"] for row in rows if row.get("problem")})
    found = {name: _mean([row for row in rows if row.get("problem") == name]) for name in problems}
    return found | {"all": _mean(rows)}


def share_at_or_below(rows: Iterable[Row]) -> float | None:
    """Share of instances on which our value is at most the other solver's, or it had none."""
    compared = [row for row in rows if OTHER in row and "value" in row]
    if not compared:
        return None
    return round(fmean(row["value"] <= _others(row) for row in compared), 4)


def _mean(rows: list[Row]) -> Row:
    solved = [row for row in rows if "value" in row]
    gaps = [row["gap_pct"] for row in solved if row.get("gap_pct") is not None]
    found: Row = {
        "instances": len(rows),
        "solved": len(solved),
        "checked": sum(row["checked"] for row in solved),
        "known": len(gaps),
    }
    if gaps:
        found["mean_gap_pct"] = round(fmean(gaps), 3)
        found["median_gap_pct"] = round(median(gaps), 3)
        found["worst_gap_pct"] = max(gaps)
        found["at_or_below_ub"] = sum(gap <= 0 for gap in gaps)
    if solved:
        found["mean_seconds"] = round(fmean(row["seconds"] for row in solved), 2)
        found["mean_first_seconds"] = round(fmean(row["first_seconds"] for row in solved), 3)
    compared = [row for row in solved if OTHER in row]
    if compared:
        ratios = [row["ratio"] for row in compared if row.get("ratio")]
        found["compared"] = len(compared)
        found["other_solved"] = sum("value" in row[OTHER] for row in compared)
        found["at_or_below_other"] = sum(row["value"] <= _others(row) for row in compared)
        found["mean_ratio"] = round(fmean(ratios), 4) if ratios else None
    return found


def _others(row: Row) -> float:
    return row[OTHER].get("value", float("inf"))
