"""What the row of the sheet Site says. See `organisation.rows` for how rows are read."""

from dataclasses import dataclass
from typing import Annotated, ClassVar


@dataclass(frozen=True)
class SiteRow:
    """The plant itself: one row; the site is opened if there is none of this code."""

    SHEET: ClassVar[str] = "Site"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "short code of the plant, as in its addresses: KES"]
    name: Annotated[str, "empty: its code"] = ""
    time_zone: Annotated[str, "IANA name: Europe/Berlin; empty: UTC"] = ""
    currency: Annotated[str, "ISO 4217: EUR; empty: EUR"] = ""
