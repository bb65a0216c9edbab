"""An uploaded file between its dry run and the yes: kept for a day, for its sender alone."""

import json
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from obeya.modules.exchange.refusals import Fault, FileRefused

KEPT_FOR = timedelta(days=1)
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
NEWER = "The file is no longer kept here. Choose it again."


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, with what was said about it and what was found in it."""

    token: str
    name: str
    kept_as: str  # its own name without what a path must not hold: a CSV file's is its sheet's
    profile: str
    site_code: str
    zone: str
    shift_to: date | None
    faults: Sequence[Fault] = ()

    @property
    def folder(self) -> Path:
        return _folder() / self.token

    @property
    def path(self) -> Path:
        return self.folder / "sent" / self.kept_as


def keep(sent: UploadedFile, *, account_id: int, at: datetime, said: Mapping[str, Any]) -> Upload:
    """Write the file where only the server looks, under a name that nobody can guess."""
    _sweep(at)
    name = PurePath(sent.name or "file").name
    upload = Upload(
        secrets.token_urlsafe(16),
        name[:100],
        _harmless(name),
        **said,
    )
    upload.folder.mkdir(parents=True, mode=0o700)
    upload.path.parent.mkdir()
    with upload.path.open("wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    _write(upload, account_id)
    return upload


def _harmless(name: str) -> str:
    path = PurePath(name)
    suffix = path.suffix.lower()
    stem = re.sub(r"[^\w ()-]", "_", path.stem)[:60].strip() or "file"
    return stem + (suffix if re.fullmatch(r"\.[a-z]{2,5}", suffix) else "")


def note_faults(upload: Upload, faults: Sequence[Fault], account_id: int) -> None:
    _write(replace(upload, faults=tuple(faults)), account_id)


def kept(token: str, account_id: int) -> Upload:
    """The upload of this account, or a refusal to look for it."""
    if not TOKEN.fullmatch(token):
        raise FileRefused(NEWER)
    try:
        said = json.loads((_folder() / token / "said.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise FileRefused(NEWER) from None
    if said.pop("account_id") != account_id:
        raise FileRefused(NEWER)
    day = said.pop("shift_to")
    faults = tuple(Fault(**fault) for fault in said.pop("faults"))
    return Upload(**said, shift_to=date.fromisoformat(day) if day else None, faults=faults)


def forget(upload: Upload) -> None:
    shutil.rmtree(upload.folder, ignore_errors=True)


def _write(upload: Upload, account_id: int) -> None:
    said = asdict(upload) | {
        "account_id": account_id,
        "shift_to": upload.shift_to.isoformat() if upload.shift_to else None,
    }
    (upload.folder / "said.json").write_text(json.dumps(said), "utf-8")


def _sweep(at: datetime) -> None:
    """Files whose sender never came back go when somebody sends the next one."""
    for folder in _folder().glob("*/"):
        if at.timestamp() - folder.stat().st_mtime > KEPT_FOR.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    return Path(settings.DATA) / "imports"
