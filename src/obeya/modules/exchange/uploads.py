"""An uploaded file: kept in the file storage under a name that nobody can guess."""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from obeya.modules.exchange.foreign.mapping import TableMapping, from_json
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.opening import read_mapped
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles import MAPPED, read_file
from obeya.modules.exchange.reading.fixing import Fix
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.shifting import shift_dates

FOLDER = "imports"
TAKEN = "shadow"  # files of the ERP by their hash


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, with what was said about it."""

    name: str
    stored_as: str
    profile: str
    site_code: str = ""
    zone: str = ""
    shift_to: date | None = None
    fixes: Sequence[Fix] = ()  # cells that were corrected in the preview
    mappings: Sequence[TableMapping] = ()  # of a file whose columns are not ours


def keep(sent: "File[bytes]") -> tuple[str, str]:
    """Write the file into the storage; answers its name and where it lies.

    A CSV file that is sent alone keeps its name there, which is its sheet's.
    """
    name = PurePath(sent.name or "file").name
    place = f"{FOLDER}/{secrets.token_urlsafe(16)}/{harmless(name)}"
    return name[:100], default_storage.save(place, sent)


def keep_taken(name: str, sha256: str, content: bytes) -> str:
    """Keep a file of the ERP under its hash; one of which a worker that died has written only a
    part is written anew.
    """
    place = f"{TAKEN}/{sha256}/{harmless(name)}"
    if default_storage.exists(place):
        if default_storage.size(place) == len(content):
            return place
        default_storage.delete(place)
    return default_storage.save(place, ContentFile(content))


def forget(stored_as: str) -> None:
    default_storage.delete(stored_as)
    with suppress(OSError):  # the same content may lie there under another name
        default_storage.delete(str(PurePath(stored_as).parent))


def sent_before(moment: datetime) -> Iterator[str]:
    """Where the files lie that were sent earlier."""
    return _written_before(moment, FOLDER)


def taken_before(moment: datetime) -> Iterator[tuple[str, str]]:
    """The hashes of the ERP's files that were kept earlier, and where they lie."""
    return ((PurePath(place).parent.name, place) for place in _written_before(moment, TAKEN))


def _written_before(moment: datetime, top: str) -> Iterator[str]:
    if not default_storage.exists(top):
        return
    folders, _ = default_storage.listdir(top)
    for folder in folders:
        _, names = default_storage.listdir(f"{top}/{folder}")
        for name in names:
            place = f"{top}/{folder}/{name}"
            if default_storage.get_modified_time(place) < moment:
                yield place


def upload_of(checked: FileImport) -> Upload:
    return Upload(
        checked.name,
        checked.stored_as,
        checked.profile,
        checked.site_code,
        checked.zone,
        checked.shift_to,
        [Fix(*each) for each in checked.fixes],
        from_json(checked.mappings),
    )


def path_of(upload: Upload) -> Path:
    if not upload.stored_as or not default_storage.exists(upload.stored_as):
        raise FileRefused(f"{upload.name} is no longer kept here. Choose it again.")
    return Path(default_storage.path(upload.stored_as))


def read(upload: Upload) -> PlantFile:
    """The plant in the file, with its dates moved where that was asked for."""
    path = path_of(upload)
    if upload.profile == MAPPED:
        file = read_mapped(path, upload.mappings, upload.fixes)
    else:
        file = read_file(path, upload.profile, upload.fixes)
    return shifted(file, upload)


def shifted(file: PlantFile, upload: Upload) -> PlantFile:
    if upload.shift_to:
        shift_dates(file, upload.shift_to)
    return file


def harmless(name: str) -> str:
    path = PurePath(name)
    suffix = path.suffix.lower()
    stem = re.sub(r"[^\w ()-]", "_", path.stem)[:60].strip() or "file"
    return stem + (suffix if re.fullmatch(r"\.[a-z]{2,5}", suffix) else "")
