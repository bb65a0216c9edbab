"""Best known values, from a `bounds.csv` that lies beside or above the instances."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

NAME = "bounds.csv"


@dataclass(frozen=True)
class Bound:
    """What is known of one instance; None where unknown."""

    problem: str = ""
    lower: float | None = None
    upper: float | None = None


def bound_of(path: Path, table: Path | None = None) -> Bound:
    """Look an instance up in the table named, or in the nearest one above it."""
    path = path.resolve()
    tables = [table.resolve()] if table else [folder / NAME for folder in path.parents]
    for each in tables:
        if each.is_file() and (found := _found(path, each)):
            return found
    return Bound()


def _found(path: Path, table: Path) -> Bound | None:
    """By its path below the table, else by its last folders, else by a name that is unique."""
    rows = _rows(table)
    for count in range(len(path.parts) - 1, 1, -1):
        if found := rows.get("/".join(path.parts[-count:])):
            return found
    return rows.get(path.name) or rows.get(path.stem)


@cache
def _rows(table: Path) -> dict[str, Bound | None]:
    """Bounds by file, and by name and stem where only one file has it."""
    known: dict[str, Bound | None] = {}
    with table.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            file = PurePosixPath((row.get("file") or row.get("instance") or "").strip())
            if not file.name:
                continue
            bound = Bound(row.get("problem") or "", _number(row.get("lb")), _number(row.get("ub")))
            known[str(file)] = bound
            for name in {file.name, file.stem} - {str(file)}:
                known[name] = None if name in known else bound
    return known


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
