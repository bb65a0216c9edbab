"""Instance files: which of a folder, and what is in them."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

NO_INSTANCES = {".md", ".csv", ".py", ".html", ".pdf", ".xlsx", ".lock"}
NO_INSTANCE_NAMES = {"readme", "license", "licence", "readme.txt", "license.txt", "bks.json"}


class NothingToRead(ValueError):
    """A path holds no instance."""


def instance_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and of a folder all in it and below, sorted; nothing twice.

    Raises
    ------
    NothingToRead
        If a path does not exist or a folder has no instance in it.
    """
    seen = set()
    for path in paths:
        found = [path]
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if _is_instance(each))
        if not found or not path.exists():
            raise NothingToRead(f"{path}: no such file, or no instance in this folder.")
        for each in found:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def read_text(path: Path) -> str:
    """The text of a file; of a .zip the one text in it."""
    if path.suffix.lower() != ".zip":
        return path.read_text("utf-8", errors="replace")
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(names) != 1:
            raise ValueError(f"{path.name} holds {len(names)} files. Expected one text.")
        return archive.read(names[0]).decode("utf-8", errors="replace")


def _is_instance(path: Path) -> bool:
    return (
        path.is_file()
        and not path.name.startswith(".")
        and path.suffix.lower() not in NO_INSTANCES
        and path.name.lower() not in NO_INSTANCE_NAMES
    )
