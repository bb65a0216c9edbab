"""The watched folder of a source: inside OBEYA_DATA, one for each, by names that are harmless."""

import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from obeya.modules.exchange.models import ShadowSource
from obeya.modules.exchange.reading.archive import LIMITS, MEGABYTE
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.uploads import harmless

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SUFFIXES = (
    *(".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".zip", ".json"),
    *(".xls", ".dat", ".htm", ".html", ".mht", ".mhtml", ".xml"),  # what programs call a list
)
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
    found = []
    for each in folder.iterdir():
        if each.suffix.lower() in SUFFIXES and not each.name.startswith((".", "~")):
            with suppress(FileNotFoundError):  # the ERP has taken it away meanwhile
                status = each.lstat()
                if stat.S_ISREG(status.st_mode):
                    found.append((status.st_mtime_ns, each.name))
    return folder / max(found)[1] if found else None


def read_arrived(path: Path, *, now: datetime) -> Arrived:
    """The file as it is, or a refusal where it cannot be read, or is not there as a whole yet."""
    try:
        with open(path, "rb", opener=_no_link) as stream:
            before = os.fstat(stream.fileno())
            written_at = _moment(before)
            _refuse_early(path.name, written_at, now)
            content = stream.read(LIMITS.file_bytes + 1)
        after = path.lstat()
    except FileNotFoundError:
        raise StillArriving(f"{path.name} was there just now. It is looked for again.") from None
    except OSError as error:
        raise FileRefused(
            f"{path.name} cannot be read: {error.strerror}. Let the ERP write it so that Obeya "
            "may read it."
        ) from error
    if len(content) > LIMITS.file_bytes:
        raise FileRefused(
            f"{path.name} is larger than {LIMITS.file_bytes // MEGABYTE} MB. Let the ERP write "
            "fewer columns, or several lists."
        )
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise StillArriving(f"{path.name} is being written to. It is looked at again.")
    return arrived(path.name, content, written_at)


def _no_link(path: str, flags: int) -> int:
    """What has become a link since the folder was listed is not followed."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _moment(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime, UTC)


def _refuse_early(name: str, written_at: datetime, now: datetime) -> None:
    if written_at - now >= SETTLED:
        raise FileRefused(
            f"{name} says that it was written at {written_at:%Y-%m-%d %H:%M} UTC, which is yet to "
            "come. Set the clock of the ERP's computer, and let it write the file again."
        )
    if now - written_at < SETTLED:
        raise StillArriving(f"{name} was written to just now. It is looked at again.")


def arrived(name: str, content: bytes, written_at: datetime) -> Arrived:
    return Arrived(name, content, hashlib.sha256(content).hexdigest(), written_at)


def put(source: ShadowSource, name: str, content: bytes) -> Path:
    """Write a file that was sent into the folder: whole, or not to be seen."""
    folder = folder_of(source)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / harmless(name)
    begun = folder / f".{secrets.token_hex(8)}"  # two may send the same name at once
    begun.write_bytes(content)
    begun.replace(target)
    return target


def put_aside(path: Path, file: Arrived) -> None:
    """A file that was taken lies in `taken`, so that the folder shows what still waits; what the
    ERP has written under its name meanwhile stays, and so waits.
    """
    taken = path.parent / "taken"
    taken.mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        status = path.lstat()
        if (_moment(status), status.st_size) == (file.written_at, len(file.content)):
            path.replace(taken / path.name)
