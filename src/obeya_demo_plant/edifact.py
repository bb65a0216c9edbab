"""DELFOR and DELJIT as a customer writes them, DESADV as it reads it: UN/EDIFACT D.97A and D.96A,
by the published segment tables.

DELFOR: BGM DTM, SG2 NAD; SG6 GIS, SG7 NAD, then for each part SG12 LIN, SG13 RFF, SG15 QTY DTM
with SG16 RFF, SG17 SCC with SG18 QTY DTM; UNS. DELJIT: BGM DTM, SG2 NAD; SG4 SEQ, SG7 LIN, its
references, and SG11 QTY SCC DTM. DESADV: of each SG15 LIN the QTY.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

DAY_S = 86_400
CHARSET = "iso8859-1"  # UNOC
FIRM, RELEASE, FORECAST = "1", "2", "4"  # 4017, commitment level
ORDERED, RECEIVED, RECEIVED_IN_ALL = "113", "48", "70"  # 6063
SHIPPED, SHIPPED_IN_ALL = "12", "3"  # 6063
DELIVERY, ISSUED, RECEIPT, COUNTED_FROM = "2", "137", "50", "51"  # 2005


@dataclass(frozen=True)
class Head:
    """From whom to whom, and when."""

    customer: str
    supplier: str
    place: str  # where it is unloaded
    document: str
    control: int  # of the interchange
    at: int


@dataclass(frozen=True)
class Wish:
    """What is wanted of a part, and what has come of it."""

    part: str
    slots: Sequence[tuple[int, float, str]]  # day since 1970, quantity, commitment level
    received: float
    counted_from: date
    note: str = ""  # received last
    note_on: int = 0
    note_quantity: float = 0.0


def delfor(head: Head, wishes: Sequence[Wish]) -> bytes:
    """The whole schedule of each part."""
    body = [
        f"BGM+241+{_text(head.document)}+5",
        *_parties(head),
        "GIS+37",
        f"NAD+ST+{_text(head.place)}::92",
    ]
    for number, wish in enumerate(wishes, start=1):
        body += [*_part(number, wish), *_received(wish)]
        level = ""
        for day, quantity, of in wish.slots:
            if of != level:
                body.append(f"SCC+{of}")
            level = of
            body += [_quantity(ORDERED, quantity), _day(DELIVERY, day)]
        if not wish.slots:
            body.append(_quantity(ORDERED, 0))
    return _interchange(head, "DELFOR", [*body, "UNS+S"])


def deljit(head: Head, wishes: Sequence[Wish]) -> bytes:
    """What is wanted up to a day; what was planned after it stays."""
    body = [
        f"BGM+242+{_text(head.document)}+9",
        *_parties(head),
        f"NAD+ST+{_text(head.place)}::92",
    ]
    for number, wish in enumerate(wishes, start=1):
        body += [f"SEQ++{number}", *_part(number, wish), *_received(wish)]
        for day, quantity, of in wish.slots:
            body += [_quantity(ORDERED, quantity), f"SCC+{of}", _day(DELIVERY, day)]
    return _interchange(head, "DELJIT", body)


def read_desadv(data: bytes) -> dict[str, tuple[float, float]]:
    """Of each part what is on its way, and what has been shipped in all."""
    text = data.decode(CHARSET).removeprefix("UNA:+.? '").replace("\r\n", "")
    told: dict[str, dict[str, float]] = {}
    part = ""
    for segment in _split(text, "'"):
        tag, *elements = _split(segment, "+")
        if tag == "LIN":
            part = _plain(_split(elements[2], ":")[0])
        elif tag == "QTY":
            kind, quantity = _split(elements[0], ":")[:2]
            told.setdefault(part, {})[kind] = float(quantity)
    return {
        part: (each.get(SHIPPED, 0.0), each.get(SHIPPED_IN_ALL, 0.0)) for part, each in told.items()
    }


def _parties(head: Head) -> Iterator[str]:
    yield f"DTM+{ISSUED}:{datetime.fromtimestamp(head.at, UTC):%Y%m%d}:102"
    yield f"NAD+BY+{_text(head.customer)}::92"
    yield f"NAD+SE+{_text(head.supplier)}::92"


def _part(number: int, wish: Wish) -> Iterator[str]:
    yield f"LIN+{number}++{_text(wish.part)}:IN"


def _received(wish: Wish) -> Iterator[str]:
    if wish.note:
        yield _quantity(RECEIVED, wish.note_quantity)
        yield _day(RECEIPT, wish.note_on // DAY_S)
        yield f"RFF+AAK:{_text(wish.note)}"
    yield _quantity(RECEIVED_IN_ALL, wish.received)
    yield f"DTM+{COUNTED_FROM}:{wish.counted_from:%Y%m%d}:102"


def _quantity(kind: str, quantity: float) -> str:
    return f"QTY+{kind}:{quantity:.3f}".rstrip("0").rstrip(".") + ":PCE"


def _day(kind: str, day: int) -> str:
    return f"DTM+{kind}:{datetime.fromtimestamp(day * DAY_S, UTC):%Y%m%d}:102"


def _interchange(head: Head, kind: str, body: Sequence[str]) -> bytes:
    """UNB, UNH … UNT, UNZ; UNT counts the segments of its message, UNH and UNT included."""
    sent = f"{datetime.fromtimestamp(head.at, UTC):%y%m%d:%H%M}"
    parties = f"{_text(head.customer)}+{_text(head.supplier)}"
    segments = [
        f"UNB+UNOC:3+{parties}+{sent}+{head.control}",
        f"UNH+1+{kind}:D:97A:UN",
        *body,
        f"UNT+{len(body) + 2}+1",
        f"UNZ+1+{head.control}",
    ]
    return ("UNA:+.? '" + "".join(f"{each}'\r\n" for each in segments)).encode(CHARSET)


def _text(text: str) -> str:
    return "".join(f"?{letter}" if letter in "?+:'" else letter for letter in text)


def _split(text: str, at: str) -> list[str]:
    """Where ``at`` is not released; what is released stays so."""
    parts, is_released = [""], False
    for letter in text:
        if letter == at and not is_released:
            parts.append("")
            continue
        parts[-1] += letter
        is_released = letter == "?" and not is_released
    return parts


def _plain(text: str) -> str:
    return re.sub(r"\?(.)", r"\1", text)
