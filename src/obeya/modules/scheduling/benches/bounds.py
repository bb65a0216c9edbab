"""Best known values, from a `bounds.csv` that lies beside or above the instances."""

import csv
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from pathlib import Path, PurePosixPath

NAME = "bounds.csv"


class UnfitTable(ValueError):
    """A table of best known values cannot be read, or names no files."""


@dataclass(frozen=True)
class Bound:
    """What is known of one instance; None where unknown.

    Attributes
    ----------
    file, problem
        As the table writes them.
    is_namesake
        The table names this file in another folder: it is the same instance, or another one.
    """

    file: str = ""
    problem: str = ""
    lower: float | None = None
    upper: float | None = None
    is_namesake: bool = False

    @property
    def hint(self) -> str:
        """Words that tell how to read the instance."""
        return "" if self.is_namesake else self.problem

    def holds_for(self, problem: str) -> bool:
        """Whether these are values of a problem; PSPLIB's texts of one mode are read as of many."""
        told = self.problem.strip().upper()
        return told in {"", problem} or (told, problem) == ("RCPSP", "MMRCPSP")


def bound_of(path: Path, table: Path | None = None) -> Bound:
    """Look an instance up in the table named, or in the nearest one above it.

    Raises
    ------
    UnfitTable
        If a table is no text of rows, or has no column that names files.
    """
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
    found = rows.get(path.name) or rows.get(path.stem)
    return found and replace(found, is_namesake="/" in found.file)


@cache
def _rows(table: Path) -> dict[str, Bound | None]:
    """Bounds by file, and by name and stem where only one file has it."""
    known: dict[str, Bound | None] = {}
    for row in _read(table):
        file = PurePosixPath((row.get("file") or row.get("instance") or "").strip())
        if not file.name:
            continue
        numbers = _number(row.get("lb")), _number(row.get("ub"))
        bound = Bound(str(file), row.get("problem") or "", *numbers)
        known[str(file)] = bound
        for name in {file.name, file.stem} - {str(file)}:
            known[name] = None if name in known else bound
    return known


def _read(table: Path) -> list[dict[str, str | None]]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as lines:  # Excel marks the first byte
            reader = csv.DictReader(lines)
            names, rows = reader.fieldnames or (), list(reader)
    except (UnicodeDecodeError, csv.Error, OSError) as unread:
        raise UnfitTable(
            f"{table} cannot be read: {unread}. Expected a table in UTF-8, separated by commas."
        ) from unread
    if not {"file", "instance"} & set(names):
        raise UnfitTable(
            f"{table} begins with {','.join(names) or 'nothing'!r}. Expected a first line"
            " file,problem,lb,ub, separated by commas."
        )
    return rows


def _number(text: str | None) -> float | None:
    """None also for what is no number, or has no end."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) else None
