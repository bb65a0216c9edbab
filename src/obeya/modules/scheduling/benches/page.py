"""Write the rows of JSON files as tables into a page: `python -m` this file JSON... PAGE."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import plant, reaction, summary
from .table import COLUMNS, HEADS, PLANT, REACTION, cell

TABLE = re.compile(r"(<!-- table of \S+ -->\n).*?(<!-- end of table -->)", re.S)
KEYS = {
    "scheduling": [
        *(name for name, _ in COLUMNS),
        "objective",
        "cpu_s",
        "theirs",
        "ratio",
        "error",
    ],
    "plant": [*(name for name, _ in PLANT), "weighted_tardiness_h", "cpu_s", "peak_mb", "error"],
    "reaction": [name for name, _ in REACTION],
    "engine": ["what", "per_core_and_second", "seconds", "error"],
}
MEANS = {"scheduling": summary.means, "plant": plant.means, "reaction": reaction.means}


def markdown(runs: Sequence[Mapping[str, Any]]) -> str:
    """Means over the rows of all runs; then each run, with its command and its machine above."""
    bench = runs[0]["bench"]
    parts = []
    if bench in MEANS:
        means = MEANS[bench](row for run in runs for row in run["rows"])
        keys = list(dict.fromkeys(key for mean in means.values() for key in mean))
        rows = [{"mean of": name} | mean for name, mean in means.items()]
        parts.append(_table(["mean of", *keys], rows))
    for run in runs:
        rows = [row | _theirs(row) for row in run["rows"]]
        keys = [key for key in KEYS[bench] if any(key in row for row in rows)]
        parts += [_origin(run), _table(keys, rows)]
    return "\n\n".join(parts) + "\n"


def with_table(page: str, runs: Sequence[Mapping[str, Any]]) -> str:
    """The page with new tables between its two marks."""
    if not TABLE.search(page):
        raise ValueError("The page has no marks. Expected <!-- table of … --> and its end.")
    return TABLE.sub(lambda marks: marks[1] + markdown(runs) + marks[2], page)


def _origin(run: Mapping[str, Any]) -> str:
    machine = run["machine"]
    return (
        f"Command: `{run['command']}`, {run['measured_at'][:10]}. Machine: "
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"Python {machine['python']}, load before {machine['load_before']}."
    )


def _table(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    lines = [
        [HEADS.get(key, key).replace("_", " ") for key in keys],
        ["---"] * len(keys),
        *([cell(row, key) for key in keys] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _theirs(row: Mapping[str, Any]) -> dict[str, Any]:
    other = row.get(summary.OTHER)
    return {} if other is None else {"theirs": other.get("value", other.get("error"))}


if __name__ == "__main__":
    *sources, target = (Path(name) for name in sys.argv[1:])
    found = [json.loads(source.read_text("utf-8")) for source in sources]
    target.write_text(with_table(target.read_text("utf-8"), found), "utf-8")
