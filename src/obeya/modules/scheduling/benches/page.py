"""Write the rows of a JSON file as a table into a page: `python -m` this file JSON PAGE."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .table import COLUMNS, HEADS, PLANT, cell

TABLE = re.compile(r"(<!-- table of \S+ -->\n).*?(<!-- end of table -->)", re.S)
KEYS = {
    "scheduling": [*(name for name, _ in COLUMNS), "cpu_s", "theirs", "ratio", "error"],
    "plant": [*(name for name, _ in PLANT), "error"],
    "engine": ["what", "per_core_and_second", "seconds"],
}


def markdown(figures: Mapping[str, Any]) -> str:
    """The rows as a Markdown table, with the command and the machine above."""
    machine = figures["machine"]
    rows = [row | _theirs(row) for row in figures["rows"]]
    keys = [key for key in KEYS[figures["bench"]] if any(key in row for row in rows)]
    lines = [
        f"Command: `{figures['command']}`, {figures['measured_at'][:10]}. Machine: "
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"Python {machine['python']}, load before {machine['load_before']}.",
        "",
        "| " + " | ".join(HEADS.get(key, key).replace("_", " ") for key in keys) + " |",
        "|" + "---|" * len(keys),
        *("| " + " | ".join(cell(row, key) for key in keys) + " |" for row in rows),
        *_means(figures.get("means", {})),
    ]
    return "\n".join(lines) + "\n"


def with_table(page: str, figures: Mapping[str, Any]) -> str:
    """The page with a new table between its two marks."""
    if not TABLE.search(page):
        raise ValueError("The page has no marks. Expected <!-- table of … --> and its end.")
    return TABLE.sub(lambda marks: marks[1] + markdown(figures) + marks[2], page)


def _means(means: Mapping[str, Mapping[str, Any]]) -> list[str]:
    if not means:
        return []
    keys = list(dict.fromkeys(key for mean in means.values() for key in mean))
    return [
        "",
        "| mean of | " + " | ".join(key.replace("_", " ") for key in keys) + " |",
        "|" + "---|" * (len(keys) + 1),
        *(
            f"| {name} | " + " | ".join(cell(dict(mean), key) for key in keys) + " |"
            for name, mean in means.items()
        ),
    ]


def _theirs(row: Mapping[str, Any]) -> dict[str, Any]:
    other = row.get("pyjobshop")
    return {} if other is None else {"theirs": other.get("value", other.get("error"))}


if __name__ == "__main__":
    source, target = (Path(name) for name in sys.argv[1:3])
    target.write_text(with_table(target.read_text("utf-8"), json.loads(source.read_text("utf-8"))))
