"""Which files may be attached, told by their first bytes and not by what they call themselves.

Nothing that a browser would run: no HTML, no SVG, no scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

HEAD = 4096  # bytes that are looked at
Test = Callable[[bytes], bool]


@dataclass(frozen=True)
class FileType:
    content_type: str
    endings: tuple[str, ...]
    fits: Test


def _begins(*starts: bytes) -> Test:
    return lambda head: head.startswith(starts)


def _is_office(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"_rels/" in head)


def _is_open_document(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis" in head


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(head: bytes) -> bool:
    if b"\0" in head or head.lstrip()[:1] == b"<":
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and len(head) == HEAD  # a letter cut in two
    return True


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = (
    FileType("application/pdf", ("pdf",), _begins(b"%PDF-")),
    FileType("image/png", ("png",), _begins(b"\x89PNG\r\n\x1a\n")),
    FileType("image/jpeg", ("jpg", "jpeg"), _begins(b"\xff\xd8\xff")),
    FileType("image/gif", ("gif",), _begins(b"GIF87a", b"GIF89a")),
    FileType("image/webp", ("webp",), _is_webp),
    FileType("image/tiff", ("tif", "tiff"), _begins(b"II*\0", b"MM\0*")),
    FileType(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), _is_office),
    FileType(f"{_OFFICE}.wordprocessingml.document", ("docx",), _is_office),
    FileType(f"{_OFFICE}.presentationml.presentation", ("pptx",), _is_office),
    FileType("application/vnd.oasis.opendocument.spreadsheet", ("ods",), _is_open_document),
    FileType("application/vnd.oasis.opendocument.text", ("odt",), _is_open_document),
    FileType("text/csv", ("csv",), _is_text),
    FileType("text/plain", ("txt", "log", "md"), _is_text),
    FileType("model/step", ("step", "stp"), _begins(b"ISO-10303-21;")),
    FileType("image/vnd.dxf", ("dxf",), _is_text),
    FileType("image/vnd.dwg", ("dwg",), _begins(b"AC10")),
)
ENDINGS = tuple(ending for each in TYPES for ending in each.endings)


def type_of(name: str, head: bytes) -> str | None:
    """The content type, when the ending is known and the bytes are what it promises."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    for each in TYPES:
        if ending in each.endings and each.fits(head[:HEAD]):
            return each.content_type
    return None
