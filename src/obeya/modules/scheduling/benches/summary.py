"""Means of rows, by problem and by the groups that there are goals for."""

from collections.abc import Callable, Iterable
from math import inf
from statistics import fmean, median

from .process import Row

OTHER = "pyjobshop"
ANY_SIZE = range(2**62)
GROUPS = {  # problems, and the operations of an instance
    "JSP and FJSP up to 600 operations": ({"JSP", "FJSP"}, range(601)),
    "JSP of 10,000 operations": ({"JSP"}, [10_000]),
    "JSP of 100,000 operations": ({"JSP"}, [100_000]),
    "JSP of 1,000,000 operations": ({"JSP"}, [1_000_000]),
    "FAJSP and FJSP-SDST": ({"FAJSP", "FJSP-SDST"}, ANY_SIZE),
    "HFSP, SDST-PFSP and NW-PFSP": ({"HFSP", "SDST-PFSP", "NW-PFSP"}, ANY_SIZE),
}


def means(rows: Iterable[Row]) -> dict[str, Row]:
    """Per group and per problem that has rows, and under ``all`` for every row."""
    rows = list(rows)
    named = [row for row in rows if row.get("problem")]
    parts = {
        name: [row for row in named if row["problem"] in problems and row["operations"] in sizes]
        for name, (problems, sizes) in GROUPS.items()
    }
    for problem in sorted({row["problem"] for row in named}):
        parts[problem] = [row for row in named if row["problem"] == problem]
    return {name: _mean(part) for name, part in parts.items() if part} | {"all": _mean(rows)}


def by_size(rows: Iterable[Row], mean: Callable[[list[Row]], Row]) -> dict[str, Row]:
    """The mean of the rows of each size, in the order in which the sizes come."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(str(row["size"]), []).append(row)
    return {size: mean(part) for size, part in parts.items()}


def _mean(rows: list[Row]) -> Row:
    """Only plans that are right count; without one, what is known is missed and the other wins."""
    right = [row for row in rows if row.get("checked")]
    known = [row for row in rows if row.get("ub") is not None]
    gaps = [row["gap_pct"] for row in right if row.get("gap_pct") is not None]
    found: Row = {
        "instances": len(rows),
        "solved": sum("value" in row for row in rows),
        "checked": len(right),
        "known": len(known),
    }
    if len(gaps) < len(known):
        found["without_gap"] = len(known) - len(gaps)
    if gaps:
        found["mean_gap_pct"] = round(fmean(gaps), 3)
        found["median_gap_pct"] = round(median(gaps), 3)
        found["worst_gap_pct"] = max(gaps)
    if known:
        found["below_ub"] = sum(_value(row) < row["ub"] for row in known)
        found["at_or_below_ub_pct"] = _share_pct(_value(row) <= row["ub"] for row in known)
    if right:
        found["mean_seconds"] = round(fmean(row["seconds"] for row in right), 2)
        found["mean_first_seconds"] = round(fmean(row["first_seconds"] for row in right), 3)
    compared = [row for row in rows if OTHER in row and row[OTHER].get("is_asked", True)]
    if compared:
        ratios = [row["ratio"] for row in compared if row.get("ratio") and row.get("checked")]
        found["compared"] = len(compared)
        found["other_solved"] = sum("value" in row[OTHER] for row in compared)
        found["at_or_below_other_pct"] = _share_pct(
            _value(row) < inf and _value(row) <= row[OTHER].get("value", inf) for row in compared
        )
        found["mean_ratio"] = round(fmean(ratios), 4) if ratios else None
    return found


def _value(row: Row) -> float:
    """Of a plan that is right; without one, more than any."""
    return float(row["value"]) if row.get("checked") else inf


def _share_pct(hits: Iterable[bool]) -> float:
    return round(100 * fmean(hits), 1)
