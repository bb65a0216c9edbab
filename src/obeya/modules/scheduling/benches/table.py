"""Rows as text for a terminal, and as Markdown for `benchmarks/`."""

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
    text = " ".join([name, *(_fit(_cell(row, key), width) for key, width in COLUMNS[1:])])
    if against:
        other = row["pyjobshop"]
        text += f" {other.get('value', 'none')!s:>11} {row.get('ratio') or '':>7}"
    return text if row["checked"] else f"{text}\n    {row['violation']}"


def closing(means: Mapping[str, Row]) -> str:
    """Means by problem, as the last lines of the table."""
    lines = [""]
    for problem, mean in means.items():
        text = f"{problem:<10} {mean['solved']} of {mean['instances']} solved, "
        text += f"{mean['checked']} checked"
        if "mean_gap_pct" in mean:
            text += (
                f"; gap mean {mean['mean_gap_pct']:.2f} %, median {mean['median_gap_pct']:.2f} %, "
                f"at or below best known {mean['at_or_below_ub']} of {mean['known']}"
            )
        if "compared" in mean:
            text += f"; at or below PyJobShop {mean['at_or_below_other']} of {mean['compared']}"
            text += f" (mean ratio {mean['mean_ratio']})" if mean["mean_ratio"] else ""
        lines.append(text)
    return "\n".join(lines)


def markdown(figures: Mapping[str, Any]) -> str:
    """The rows of a JSON file as a Markdown table, with the command and the machine."""
    rows, machine = figures["rows"], figures["machine"]
    keys = [key for key in _keys(figures["bench"]) if any(key in row for row in rows)]
    lines = [
        f"Command: `{figures['command']}`, {figures['measured_at'][:10]}. Machine: "
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"Python {machine['python']}.",
        "",
        "| " + " | ".join(HEADS.get(key, key).replace("_", " ") for key in keys) + " |",
        "|" + "---|" * len(keys),
        *("| " + " | ".join(_cell(row, key) for key in keys) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _keys(bench: str) -> list[str]:
    if bench == "scheduling":
        return [*(name for name, _ in COLUMNS), "cpu_s", "ratio", "error"]
    return [
        "operations",
        "seed",
        "tardiness_cut_pct",
        "setup_cut_pct",
        "late",
        "dispatch_late",
        "late_share_dispatch",
        "lower_bound",
        "moves_per_s",
        "checked",
        "first_seconds",
        "construct_seconds",
    ]


def _cell(row: Row, key: str) -> str:
    value = row.get(key)
    if key == "file":
        return "/".join(PurePath(str(value)).parts[-2:])
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) and abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def _fit(text: str, width: int) -> str:
    return f"…{text[1 - width :]:<{width - 1}}" if len(text) > width else f"{text:<{width}}"
