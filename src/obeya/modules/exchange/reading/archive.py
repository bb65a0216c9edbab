"""Is this zip (a workbook is one too) safe to open? Asked before a byte of it is believed.

Sizes stand in the central directory; `zipfile` never gives out more than is declared there and
refuses a part whose checksum differs, so limits on the declared sizes are limits on the work.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from obeya.modules.exchange.refusals import FileRefused

MEGABYTE = 1_000_000
_UNREADABLE = (  # what zipfile raises for bytes that are no zip, or one that it does not know
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Limits:
    """How big a plant's file may be. An enormous plant (a million rows) stays well below."""

    file_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 768 * MEGABYTE
    ratio: int = 250  # unpacked to packed; Excel's own sheets reach about 30
    ratio_counts_from_bytes: int = 2 * MEGABYTE
    parts: int = 2_000
    cells: int = 12_000_000
    columns: int = 512


LIMITS = Limits()


def open_archive(content: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip, after every check that can be made without unpacking it.

    Raises
    ------
    FileRefused
        Damaged, encrypted, too many parts, too big when unpacked, packed too tightly to be
        honest, or a zip inside the zip.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except _UNREADABLE as error:
        raise FileRefused(
            "The file is damaged: it is not a complete workbook or zip. "
            "Open it in Excel, save it again as .xlsx and send that."
        ) from error
    if len(parts) > limits.parts:
        raise FileRefused(
            f"The file holds {len(parts):,} parts, more than {limits.parts:,}: no workbook is "
            "like that. Save it again as .xlsx."
        )
    if len({part.filename for part in parts}) < len(parts):
        raise FileRefused("The file holds two parts of one name. Save it again as .xlsx.")
    for part in parts:
        _check_part(part, limits)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise FileRefused(
            f"Unpacked the file would take {unpacked / MEGABYTE:,.0f} MB, more than "
            f"{limits.unpacked_bytes / MEGABYTE:,.0f} MB (a zip bomb?). "
            "Split it into several workbooks."
        )
    return archive


def _check_part(part: zipfile.ZipInfo, limits: Limits) -> None:
    if part.flag_bits & 0x1:
        raise FileRefused("The file is protected by a password. Remove it and save again.")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused("The file is packed in an unusual way. Save it again as .xlsx.")
    packed_too_tightly = part.file_size > limits.ratio * max(part.compress_size, 1)
    if part.file_size > limits.ratio_counts_from_bytes and packed_too_tightly:
        raise FileRefused(
            f"A part of the file unpacks to {part.file_size / max(part.compress_size, 1):,.0f} "
            "times its size (a zip bomb?). Save the workbook again as .xlsx, without the rows "
            "and formats that nobody filled."
        )
    if part.filename.lower().endswith((".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar")):
        raise FileRefused(
            f"The file holds another packed file ({part.filename!r}). Send the files one by one."
        )


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked; the limits were checked when the archive was opened."""
    try:
        content = archive.read(name)
    except _UNREADABLE as error:
        raise FileRefused(
            f"The file is damaged: its part {name!r} cannot be unpacked. "
            "Open it in Excel, save it again as .xlsx and send that."
        ) from error
    if content.startswith(b"PK\x03\x04"):
        raise FileRefused(
            f"The file holds another packed file ({name!r}). Send the files one by one."
        )
    return content
