"""Files on rows. The bytes lie once in the file storage, named by their SHA-256."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from obeya.plant.log import clock
from obeya.plant.log.access.grants import OWN_ACCOUNT
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.events import event
from obeya.plant.log.file_types import ENDINGS, HEAD, type_of
from obeya.plant.log.models import Attachment
from obeya.plant.log.publishing import publish
from obeya.plant.log.queries import query
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.subjects import NoSuchSubject, must_change, must_see, rows_of, site_id_of

MOST_BYTES = 50 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the storage; what an action is given instead of its bytes."""

    digest: str
    size: int  # bytes
    content_type: str
    name: str


@dataclass(frozen=True)
class NewAttachment:
    model: str  # "resources.Material"
    row_id: int
    file: StoredFile


@event("log.files_attached", view=OWN_ACCOUNT)
@dataclass(frozen=True)
class FilesAttached:
    """Files were added to rows; digests prove later that they are the same."""

    attachments: list[int]
    digests: list[str]


@event("log.attachments_withdrawn", view=OWN_ACCOUNT)
@dataclass(frozen=True)
class AttachmentsWithdrawn:
    """Files are no longer shown with their rows; they are still kept."""

    attachments: list[int]


class FileRefused(Refusal):
    """A file of a kind or size that we do not keep."""


def store(content: Any, name: str) -> StoredFile:
    """Check a file (read, seek) and put it into the storage; the same one lies there once."""
    head = content.read(HEAD)
    content_type = type_of(name, head)
    if content_type is None:
        raise FileRefused(
            _("%(name)s is not what its name says, or of a kind we do not keep. Known: %(known)s.")
            % {"name": name, "known": ", ".join(ENDINGS)}
        )
    hashed, size = hashlib.sha256(head), len(head)
    for chunk in iter(lambda: content.read(_CHUNK), b""):
        hashed.update(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileRefused(_("%s is larger than 50 MB. Attach a smaller one.") % name)
    digest = hashed.hexdigest()
    if not default_storage.exists(place_of(digest)):
        content.seek(0)
        default_storage.save(place_of(digest), File(content))
    return StoredFile(digest, size, content_type, get_valid_filename(PurePath(name).name)[-200:])


def place_of(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


@action(permission=OWN_ACCOUNT)
def attach_files(*, files: Sequence[NewAttachment], by: Actor) -> list[Attachment]:
    """Add files to rows, where one may change them."""
    rows = rows_of((each.model, each.row_id) for each in files)
    for (model, _pk), row in rows.items():
        must_change(model, row, by)
    now = clock.now()
    made = insert_many(
        [
            Attachment(
                model=each.model,
                row_id=each.row_id,
                site_id=site_id_of(rows[each.model, each.row_id]),
                by_id=by.account_id,
                attached_at=now,
                **vars(each.file),
            )
            for each in files
        ],
        ids=True,
    )
    publish(FilesAttached([each.pk for each in made], [each.digest for each in made]), at=now)
    return made


@action(permission=OWN_ACCOUNT)
def withdraw_attachments(*, attachments: Sequence[Attachment], by: Actor) -> list[Attachment]:
    """No longer show files with their rows: a further row says so, the old ones stay."""
    rows = rows_of((each.model, each.row_id) for each in attachments)
    for (model, _pk), row in rows.items():
        must_change(model, row, by)
    ids = [each.pk for each in attachments]
    if Attachment.objects.filter(withdraws__in=ids).exists():
        raise Refusal(_("The file was taken off before. Load the page again."))
    kept = ("model", "row_id", "site_id", "digest", "size", "content_type", "name")
    now = clock.now()
    made = insert_many(
        [
            Attachment(
                withdraws=each,
                by_id=by.account_id,
                attached_at=now,
                **{name: getattr(each, name) for name in kept},
            )
            for each in attachments
        ],
        ids=True,
    )
    publish(AttachmentsWithdrawn(ids), at=now)
    return made


@query(permission=OWN_ACCOUNT)
def attachments_on(*, model: str, row_id: int, by: Actor) -> list[Attachment]:
    """Those that are shown, newest first."""
    must_see(model, rows_of([(model, row_id)])[model, row_id], by)
    return list(_shown().filter(model=model, row_id=row_id).select_related("by").order_by("-pk"))


@query(permission=OWN_ACCOUNT)
def attachment(*, attachment_id: int, by: Actor) -> Attachment:
    """One that may be seen; for everybody else it does not exist."""
    found = _shown().filter(pk=attachment_id).first()
    if found is None:
        raise NoSuchSubject(_("There is no such file."))
    must_see(found.model, rows_of([(found.model, found.row_id)])[found.model, found.row_id], by)
    return found


def false_files() -> list[str]:
    """Proof: every file that a row names lies in the storage, and is the one that was attached."""
    wanted = set(Attachment.objects.values_list("digest", flat=True))
    return [sentence for each in sorted(wanted) if (sentence := _what_is_wrong(each))]


def _what_is_wrong(digest: str) -> str:
    if not default_storage.exists(place_of(digest)):
        return f"the file {digest} is missing from the storage"
    with default_storage.open(place_of(digest)) as content:
        lies = hashlib.file_digest(content, "sha256").hexdigest()
    return "" if lies == digest else f"the file {digest} was changed in the storage"


def _shown() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(withdraws=None, withdrawn_by=None)
