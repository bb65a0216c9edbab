"""Bytes into transaction sets: the separators of ISA, control numbers and counts (X12.5, X12.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from obeya.engines.calloffs.faults import EdiRefused, Fault, printable, whole

ISA_LENGTH = 106  # letters, the segment terminator among them: the one segment of fixed width
SEND_AGAIN = "Ask the customer to send it again; it was cut off or changed on its way."


@dataclass(frozen=True)
class Segment:
    tag: str
    position: int  # in the interchange, ISA is 1
    elements: Sequence[str]

    def get(self, element: int) -> str:
        """Elements count from 1, as in FST01; what is not there is empty."""
        return self.elements[element - 1].strip() if element <= len(self.elements) else ""

    def wrong(self, rule: str, remedy: str = SEND_AGAIN) -> EdiRefused:
        return EdiRefused(Fault(self.tag, self.position, rule, remedy))


@dataclass(frozen=True)
class TransactionSet:
    """From ST to SE, both left out."""

    type: str  # 830
    version: str  # of its group: 004010
    header: Segment
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Interchange:
    sender: str
    recipient: str
    sets: Sequence[TransactionSet]


def read_interchange(data: bytes) -> Interchange:
    """Checked whole: every group and set closed, every count and control number as said."""
    plain = data.removeprefix(b"\xef\xbb\xbf").decode("iso8859-1").lstrip()
    segments = [each for each in _segments(plain) if each.tag != "TA1"]  # of what we sent before
    first, last = segments[0], segments[-1]
    if len(first.elements) != 16:
        raise first.wrong(f"ISA has {len(first.elements)} elements; it always has 16")
    if first.get(15) == "T":
        raise first.wrong(
            "the interchange is a test (ISA15 is T)",
            "Nothing is made for a test: ask the customer for the message itself.",
        )
    if last.tag != "IEA":
        raise last.wrong("the interchange is not closed by IEA")
    _same(last, 2, first.get(13), "ISA13")
    groups = list(_enclosed(segments[1:-1], "GS", "GE"))
    sets = []
    for header, inside, trailer in groups:
        _same(trailer, 2, header.get(6), "GS06")
        found = list(_enclosed(inside, "ST", "SE"))
        _agree(trailer, "transaction sets", len(found))
        for opens, body, closes in found:
            _same(closes, 2, opens.get(2), "ST02")
            _agree(closes, "segments", len(body) + 2)
            sets.append(TransactionSet(opens.get(1), header.get(8), opens, body))
    _agree(last, "groups", len(groups))
    return Interchange(first.get(6), first.get(8), sets)


def _enclosed(
    segments: Sequence[Segment], opens: str, closes: str
) -> Iterator[tuple[Segment, Sequence[Segment], Segment]]:
    """Header, what lies between, and trailer, one after another."""
    header: Segment | None = None
    inside: list[Segment] = []
    for each in segments:
        if each.tag == opens:
            if header is not None:
                raise each.wrong(f"{opens} of segment {header.position} is not closed by {closes}")
            header, inside = each, []
        elif header is None:
            raise each.wrong(f"it stands outside of any {opens}")
        elif each.tag == closes:
            yield header, inside, each
            header = None
        else:
            inside.append(each)
    if header is not None:
        raise header.wrong(f"it is not closed by {closes}")


def _segments(text: str) -> Iterator[Segment]:
    if any(mark in text[: ISA_LENGTH - 1] for mark in "\r\n"):  # wrapped at a width of lines
        text = _in_one_line(text)
    if not text.startswith("ISA") or len(text) < ISA_LENGTH:
        raise whole("The interchange does not begin with a whole ISA segment", SEND_AGAIN)
    element, end = text[3], text[ISA_LENGTH - 1]
    if element == end or any(mark.isalnum() or mark == " " for mark in (element, end)):
        raise whole("ISA declares separators that cannot tell segments apart", SEND_AGAIN)
    if end not in "\r\n":  # line breaks carry nothing, wherever a gateway puts them
        text = _in_one_line(text)
    position = 0
    parts = text.split(end)
    if parts[-1].strip("\r\n\t \x00\x1a"):
        cut = parts[-1].strip()
        raise EdiRefused(Fault(cut[:3], len(parts), "the segment has no end", SEND_AGAIN))
    for part in parts[:-1]:
        plain = part.strip("\r\n")
        if not plain.strip():
            continue
        position += 1
        tag, *elements = plain.split(element)
        if not (2 <= len(tag) <= 3 and tag.isalnum() and tag.isascii() and tag == tag.upper()):
            rule = f"“{tag[:10]}” is no name of a segment"
            raise EdiRefused(Fault(tag[:10], position, rule, SEND_AGAIN))
        printable("".join(elements), tag, position)
        yield Segment(tag, position, elements)


def _in_one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def _same(trailer: Segment, element: int, opened: str, name: str) -> None:
    if trailer.get(element).lstrip("0") != opened.lstrip("0"):
        raise trailer.wrong(f"it closes “{trailer.get(element)}”, but {name} opened “{opened}”")


def _agree(trailer: Segment, what: str, counted: int) -> None:
    said = trailer.get(1)
    if not (said.isascii() and said.isdecimal()) or int(said) != counted:
        raise trailer.wrong(f"it says {said or 'nothing'} {what}, but there are {counted}")
