"""Bytes into records of 128 characters, and records into transmissions (VDA 4905, issue 4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from obeya.engines.calloffs.faults import EdiRefused, Fault, printable, whole

LENGTH = 128
SEND_AGAIN = "Ask the customer to send it again; it was cut off or changed on its way."
#: fields of each record after its type and version: name → length; they fill 123 characters
LAYOUT: Mapping[str, Sequence[tuple[str, int]]] = {
    "511": [
        ("customer", 9),
        ("supplier", 9),
        ("old_number", 5),
        ("new_number", 5),
        ("sent_on", 6),
        ("counted_from", 6),
    ],
    "512": [
        ("plant", 3),
        ("new_call_off", 9),
        ("new_on", 6),
        ("old_call_off", 9),
        ("old_on", 6),
        ("item", 22),
        ("supplier_item", 22),
        ("order", 12),
        ("dock", 5),
        ("contact", 4),
        ("unit", 2),
        ("interval", 1),
        ("make", 1),
        ("buy", 1),
    ],
    "513": [
        ("receipt_on", 6),
        ("receipt", 8),
        ("receipt_note_on", 6),
        ("receipt_quantity", 12),
        ("cumulative", 10),
    ],
    "514": [],
    "515": [
        ("make_from", 6),
        ("make_to", 6),
        ("make_cumulative", 10),
        ("buy_from", 6),
        ("buy_to", 6),
        ("buy_cumulative", 10),
    ],
    "517": [],
    "518": [("text_1", 40), ("text_2", 40), ("text_3", 40)],
    "519": [
        (f"count_{kind}", 7) for kind in ("511", "512", "513", "514", "517", "518", "519", "515")
    ],
}
PAIRS = {"513": 5, "514": 8}  # of a date and a quantity, after the fields


@dataclass(frozen=True)
class Record:
    type: str
    position: int
    text: str

    def field(self, name: str) -> str:
        at = 5
        for known, length in LAYOUT[self.type]:
            if known == name:
                return self.text[at : at + length].strip()
            at += length
        raise KeyError(name)

    def pairs(self) -> Iterator[tuple[str, str]]:
        at = 5 + sum(length for _, length in LAYOUT[self.type])
        for _ in range(PAIRS[self.type]):
            yield self.text[at : at + 6].strip(), self.text[at + 6 : at + 15].strip()
            at += 15

    def wrong(self, rule: str, remedy: str = SEND_AGAIN) -> EdiRefused:
        return EdiRefused(Fault(self.type, self.position, rule, remedy))


def read_transmissions(data: bytes) -> Iterator[list[Record]]:
    """Each from 511 to 519."""
    return _transmissions(list(_records(data)))


def _records(data: bytes) -> Iterator[Record]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("iso8859-1").lstrip("\r\n")
    text = text.rstrip("\x1a\r\n \x00")
    if "\n" in text or "\r" in text:
        lines = [
            each for each in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if each
        ]
    else:
        lines = [text[at : at + LENGTH] for at in range(0, len(text), LENGTH)]
    for position, line in enumerate(lines, start=1):
        kind = line[:3]
        if kind not in LAYOUT:
            raise EdiRefused(
                Fault(kind, position, f"“{kind}” is no record of VDA 4905", SEND_AGAIN)
            )
        if len(line.rstrip()) > LENGTH:
            raise EdiRefused(
                Fault(kind, position, f"the record is longer than {LENGTH} letters", SEND_AGAIN)
            )
        printable(line, kind, position)
        yield Record(kind, position, line.ljust(LENGTH))  # gateways cut spaces off the end


def _transmissions(records: Sequence[Record]) -> Iterator[list[Record]]:
    part: list[Record] = []
    for each in records:
        if (each.type == "511") == bool(part):
            raise each.wrong("a transmission begins with 511 and ends with 519")
        part.append(each)
        if each.type == "519":
            yield part
            part = []
    if part:
        raise part[-1].wrong("the transmission is not closed by 519")
    if not records:
        raise whole("The file is empty", SEND_AGAIN)
