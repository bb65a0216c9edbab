"""Rows as text for a terminal."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from .process import Row

COLUMNS = (
    ("file", 34),
    ("problem", 10),
    ("operations", 10),
    ("value", 11),
    ("lower_bound", 11),
    ("ub", 10),
    ("gap_pct", 8),
    ("first_value", 11),
    ("first_seconds", 8),
    ("seconds", 8),
    ("checked", 7),
    ("peak_mb", 8),
)
HEADS = {
    "operations": "operations",
    "lower_bound": "lower bound",
    "ub": "best known",
    "gap_pct": "gap %",
    "first_value": "first value",
    "first_seconds": "first s",
    "peak_mb": "peak MB",
}


def head(*, against: bool) -> str:
    """The first line of the table."""
    cells = [_fit(HEADS.get(name, name), width) for name, width in COLUMNS]
    return " ".join([*cells, *(["  PyJobShop   ratio"] if against else [])])


def line(row: Row, *, against: bool) -> str:
    """One row; an instance that failed says why."""
    name = _fit("/".join(PurePath(row["file"]).parts[-2:]), COLUMNS[0][1])
    if "value" not in row:
        return f"{name} {_fit(row.get('problem', ''), COLUMNS[1][1])} {row['error']}"
    text = " ".join([name, *(_fit(cell(row, key), width) for key, width in COLUMNS[1:])])
    if against:
        other = row["pyjobshop"]
        text += f" {other.get('value', 'none')!s:>11} {row.get('ratio') or '':>7}"
    notes = [row["violation"]] if not row["checked"] else []
    notes += [row[key] for key in ("reading", "bounds") if key in row]
    return "\n    ".join([text, *notes])


def closing(means: Mapping[str, Row]) -> str:
    """Means by problem, as the last lines of the table."""
    lines = [""]
    for problem, mean in means.items():
        text = f"{problem:<10} {mean['solved']} of {mean['instances']} solved, "
        text += f"{mean['checked']} checked"
        if "mean_gap_pct" in mean:
            text += (
                f"; gap mean {mean['mean_gap_pct']:.2f} %, median {mean['median_gap_pct']:.2f} %"
            )
        if "at_or_below_ub_pct" in mean:
            text += (
                f"; at or below best known {mean['at_or_below_ub_pct']:.0f} % of {mean['known']}"
            )
        if "without_gap" in mean:
            text += (
                f", {mean['without_gap']} of which have no gap: above a best known 0, or no plan"
            )
            text += " that is right"
        if "compared" in mean:
            text += f"; at or below PyJobShop {mean['at_or_below_other_pct']:.0f} % "
            text += f"of {mean['compared']}, of {mean['other_solved']} of which it has a plan"
            text += f" (mean ratio {mean['mean_ratio']})" if mean["mean_ratio"] else ""
        lines.append(text)
    return "\n".join(lines)


PLANT = (
    ("operations", 10),
    ("seed", 4),
    ("tardiness_cut_pct", 17),
    ("setup_cut_pct", 13),
    ("late", 6),
    ("dispatch_late", 13),
    ("late_share_dispatch", 19),
    ("lower_bound", 11),
    ("moves_per_s", 11),
    ("checked", 7),
    ("first_seconds", 13),
    ("construct_seconds", 17),
)


def plant_head() -> str:
    """The first line of the table of plants."""
    return " ".join(_fit(name, width) for name, width in PLANT)


def plant_line(row: Row) -> str:
    """One plant; one that failed says why."""
    if "error" in row:
        return f"{row['size']} operations, seed {row['seed']}: {row['error']}"
    text = " ".join(_fit(cell(row, name), width) for name, width in PLANT)
    return text if row["checked"] else f"{text}\n    {row['violation']}"


def plant_closing(means: Mapping[str, Row]) -> str:
    """Means by size, as the last lines of the table."""
    lines = [""]
    for size, mean in means.items():
        text = f"{size} operations: {mean['checked']} of {mean['plants']} checked"
        if "tardiness_cut_pct" in mean:
            text += (
                f"; weighted tardiness {-mean['tardiness_cut_pct']:+.1f} %, "
                f"setup {-mean['setup_cut_pct']:+.1f} %, {mean['moves_per_s']:,.0f} moves/s"
            )
        lines.append(text)
    return "\n".join(lines)


REACTION = (
    ("operations", 10),
    ("seed", 4),
    ("kind", 13),
    ("first_seconds", 13),
    ("seconds", 7),
    ("is_better", 9),
    ("moved", 6),
    ("reassigned", 10),
    ("newly_late", 10),
    ("least_moved_a_shift_pct", 23),
    ("least_must_move_pct", 19),
    ("promise_seconds", 15),
    ("checked", 7),
)


def reaction_head() -> str:
    """The first line of the table of disruptions."""
    return " ".join(_fit(name, width) for name, width in REACTION)


def reaction_line(row: Row) -> str:
    """One disruption."""
    return " ".join(_fit(cell(row, name), width) for name, width in REACTION)


def reaction_closing(means: Mapping[str, Row]) -> str:
    """What holds of each size, as the last lines of the table."""
    return "\n".join(
        f"{size} operations: {mean['checked']} of {mean['disruptions']} checked, "
        f"{mean['better']} better than moving right; first answer in the median after "
        f"{1000 * mean['median_first_seconds']:.0f} ms, at most "
        f"{1000 * mean['slowest_first_seconds']:.0f} ms; few moved a shift in "
        f"{mean['few_moved_a_shift']}; a promise takes at most "
        f"{mean['slowest_promise_seconds']:.2f} s"
        for size, mean in means.items()
    )


def cell(row: Mapping[str, Any], key: str) -> str:
    """One figure as text, empty where there is none."""
    value = row.get(key)
    if key == "file":
        return "/".join(PurePath(str(value)).parts[-2:])
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def _fit(text: str, width: int) -> str:
    return f"…{text[1 - width :]:<{width - 1}}" if len(text) > width else f"{text:<{width}}"
