"""The watched folder of a source: inside OBEYA_DATA, one for each, by names that are harmless."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from obeya.modules.exchange.models import ShadowSource
from obeya.modules.exchange.reading.archive import LIMITS, MEGABYTE
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.uploads import harmless

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".zip", ".json")
SETTLED = timedelta(minutes=1)  # a file that was written to later may still grow
_ODD = re.compile(r"[^a-z0-9]+")


class StillArriving(FileRefused):
    """The file is being written; it is looked at again in a moment."""


@dataclass(frozen=True)
class Arrived:
    """A file that was read whole."""

    name: str
    content: bytes
    sha256: str
    written_at: datetime


def folder_of(source: ShadowSource) -> Path:
    """OBEYA_DATA/shadow/<id of the site>-<its code>/<name of the source>/"""
    code = _ODD.sub("-", source.site.code.casefold()).strip("-")
    return Path(settings.DATA) / "shadow" / f"{source.site_id}-{code}" / source.name


def newest(source: ShadowSource) -> Path | None:
    """The file that was written to last; links, folders and others' endings are left alone."""
    folder = folder_of(source)
    if not folder.is_dir() or folder.is_symlink():
        return None
    files = [
        each
        for each in folder.iterdir()
        if each.suffix.lower() in SUFFIXES
        and not each.name.startswith((".", "~"))
        and not each.is_symlink()
        and each.is_file()
    ]
    return max(files, key=lambda each: (each.stat().st_mtime_ns, each.name), default=None)


def read_arrived(path: Path, *, now: datetime) -> Arrived:
    """The file as it is, or a refusal where it is too large, or not there as a whole yet."""
    before = path.stat()
    written_at = datetime.fromtimestamp(before.st_mtime, UTC)
    if before.st_size > LIMITS.file_bytes:
        raise FileRefused(
            f"{path.name} is larger than {LIMITS.file_bytes // MEGABYTE} MB. Let the ERP write "
            "fewer columns, or several lists."
        )
    if now - written_at < SETTLED:
        raise StillArriving(f"{path.name} was written to just now. It is looked at again.")
    content = path.read_bytes()
    after = path.stat()
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise StillArriving(f"{path.name} is being written to. It is looked at again.")
    return arrived(path.name, content, written_at)


def arrived(name: str, content: bytes, written_at: datetime) -> Arrived:
    return Arrived(name, content, hashlib.sha256(content).hexdigest(), written_at)


def put(source: ShadowSource, name: str, content: bytes) -> Path:
    """Write a file that was sent into the folder: whole, or not to be seen."""
    folder = folder_of(source)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / harmless(name)
    begun = folder / f".{target.name}"
    begun.write_bytes(content)
    begun.replace(target)
    return target


def put_aside(path: Path) -> None:
    """A file that was taken lies in `taken`, so that the folder shows what still waits."""
    taken = path.parent / "taken"
    taken.mkdir(exist_ok=True)
    path.replace(taken / path.name)
