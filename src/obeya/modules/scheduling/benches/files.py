"""Instance files: which of a folder, and what is in them."""

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

MOST_BYTES = 200_000_000  # of a text; a million operations are eight million
NO_INSTANCES = {".md", ".csv", ".py", ".html", ".pdf", ".xlsx", ".lock"}
NO_INSTANCE_NAMES = {"readme", "license", "licence", "readme.txt", "license.txt", "bks.json"}
NO_INSTANCE_NAMES |= {"thumbs.db", "desktop.ini"}


_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
_BROKEN += (RuntimeError,)  # it has a password, or is packed in a way that Python does not know


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
        if not found or not (path.is_dir() or path.is_file()):
            raise NothingToRead(f"{path}: no such file, or no instance in this folder.")
        for each in found:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def read_text(path: Path) -> str:
    """The text of a file; of a .zip the one text in it.

    What computers put beside a text, and words about it, do not count.

    Raises
    ------
    ValueError
        If the .zip is none, holds another number of texts, or is locked; or if the text is too
        large: what is packed to a thousandth fills the memory when it is unpacked.
    """
    if path.suffix.lower() != ".zip":
        _refuse_large(path, path.stat().st_size)
        return path.read_text("utf-8", errors="replace")
    try:
        with zipfile.ZipFile(path) as archive:
            found = [each for each in archive.infolist() if not each.is_dir()]
            if len(found) > 1:
                found = [each for each in found if _is_named_like_one(each.filename)]
            if len(found) != 1:
                raise ValueError(f"{path.name} holds {len(found)} texts. Expected one.")
            _refuse_large(path, found[0].file_size)
            return archive.read(found[0]).decode("utf-8", errors="replace")
    except _BROKEN as broken:
        raise ValueError(f"{path.name} is no .zip that can be unpacked: {broken}") from broken


def _refuse_large(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise ValueError(f"{path.name} holds {size} bytes. Expected {MOST_BYTES} or fewer.")


def _is_instance(path: Path) -> bool:
    return path.is_file() and _is_named_like_one(path.name)


def _is_named_like_one(name: str) -> bool:
    """Not words about instances, nor what a Mac or Windows leaves in every folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    own = path.name.lower()
    return not hidden and path.suffix.lower() not in NO_INSTANCES and own not in NO_INSTANCE_NAMES
