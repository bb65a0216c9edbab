"""Part numbers: 26 sold, 62 made for them, and the figures of their families."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A product family: the table of the specification."""

    name: str
    pieces: int  # a week
    lot: int
    lines: int  # order lines a week
    price: float
    pack: int  # line quantities are multiples of it


@dataclass(frozen=True)
class Part:
    """One part number that is made here."""

    code: str
    name: str
    kind: str  # BT, OP, TS, PN, VS, BR sold; PS, AR, HS, CV, BB made for them
    number: int  # place in its family, from 1
    share: float  # of its family's pieces
    is_sold: bool = False


SOLD = {
    "BT": Family("Belt tensioner", 7_400, 370, 19, 19.5, 10),
    "OP": Family("Oil pump", 2_800, 200, 13, 42, 10),
    "TS": Family("Transmission shaft", 1_400, 160, 9, 26, 10),
    "PN": Family("Pinion shaft", 200, 320, 1, 10.4, 10),
    "VS": Family("Valve spool", 14_000, 1_250, 11, 2.95, 50),
    "BR": Family("Bracket", 42_000, 3_000, 14, 1.02, 100),
}
"""What customers take. 3,000 pinion shafts a week are made: 200 of them are sold as such, 2,800 go
into our own pumps. So the pieces times the prices are 20 M€ in 52 weeks."""
INSIDE_LOTS = {"PS": 800, "AR": 500, "HS": 240, "CV": 700, "PN": 320, "BB": 3_000}
LOST_INSIDE = {"BT": 2.6, "OP": 3.4}  # percent: 7,600 arms for 7,400 tensioners
_SHARES = {  # of the current numbers, first to last
    "BT": (0.24, 0.18, 0.14, 0.12, 0.10, 0.08, 0.06, 0.05, 0.03),
    "OP": (0.38, 0.26, 0.18, 0.11, 0.07),
    "TS": (0.48, 0.32, 0.20),
    "PN": (0.60, 0.40),
    "VS": (0.58, 0.42),
    "BR": (0.30, 0.25, 0.20, 0.15, 0.10),
}
_FIRST = {"BT": 210, "OP": 120, "TS": 410, "PN": 310, "VS": 10, "BR": 610}
_MADE_FOR = {  # part made inside: for which family, its last digit, how many older numbers
    "AR": ("BT", "Tensioner arm", "01", 7),
    "PS": ("BT", "Pivot shaft", "02", 7),
    "BB": ("BT", "Tensioner bracket", "05", 0),
    "HS": ("OP", "Pump housing", "01", 6),
    "CV": ("OP", "Pump cover", "04", 5),
}
_WRITTEN = {"BB": "BR"}  # the bracket of a tensioner is a BR number too: BR-2105


def sold_parts() -> list[Part]:
    return [
        Part(f"{kind}-{_FIRST[kind] + 10 * place:03}", "", kind, place + 1, share, is_sold=True)
        for kind, shares in _SHARES.items()
        for place, share in enumerate(shares)
    ]


def made_parts() -> list[Part]:
    """One of each for every tensioner and pump, and those of older series, made when asked for."""
    parts = []
    for kind, (family, _, digits, older) in _MADE_FOR.items():
        for place, share in enumerate(_SHARES[family]):
            series = (_FIRST[family] + 10 * place) // 10
            code = f"{_WRITTEN.get(kind, kind)}-{series}{digits}"
            parts.append(Part(code, "", kind, place + 1, share))
        first = 11 if family == "BT" else 1
        parts += [
            Part(f"{kind}-{series:02}{digits}", "", kind, 20 + series - first, 0.0)
            for series in range(first, first + older)
        ]
    return parts


def named(part: Part) -> str:
    """As it stands on the drawing."""
    word = SOLD[part.kind].name if part.is_sold else _MADE_FOR[part.kind][1]
    if part.number >= 20:
        return f"{word} {part.code[3:]} (older series, on request)"
    return f"{word} {part.code[3:]}"


def pumps_pinion(place: int) -> str:
    """Which pinion shaft goes into the pump of this place: three take the one, two the other."""
    return "PN-310" if place in (1, 3, 5) else "PN-320"
