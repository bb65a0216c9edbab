"""Bytes into segments: service characters, character set, release character, counts (ISO 9735)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from obeya.engines.calloffs.faults import EdiRefused, Fault, printable, whole

#: syntax identifier of UNB → how the bytes are to be read; A and B are ASCII by definition
CHARSETS = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOW": "utf-8",
    "UNOY": "utf-8",
}
USUAL = ":+.? '"
SEND_AGAIN = "Ask the customer to send it again; it was cut off or changed on its way."

NO_TEST = "Nothing is made for a test: ask the customer for the message itself."


@dataclass(frozen=True)
class Service:
    """The service characters, as UNA declares them."""

    component: str
    element: str
    decimal: str
    release: str
    terminator: str


@dataclass(frozen=True)
class Segment:
    tag: str
    position: int  # in the interchange, 1 is the first after UNA
    elements: Sequence[Sequence[str]]

    def get(self, element: int, component: int = 0) -> str:
        """A component as text; what is not there is empty. Elements count from 1, as UN does."""
        if element > len(self.elements):
            return ""
        parts = self.elements[element - 1]
        return parts[component].strip() if component < len(parts) else ""

    def wrong(self, rule: str, remedy: str = SEND_AGAIN) -> EdiRefused:
        return EdiRefused(Fault(self.tag, self.position, rule, remedy))


@dataclass(frozen=True)
class Message:
    """From UNH to UNT, both left out."""

    type: str  # DELFOR
    directory: str  # D.96A
    header: Segment
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Interchange:
    sender: str
    recipient: str
    service: Service
    messages: Sequence[Message]


def read_interchange(data: bytes) -> Interchange:
    """Checked whole: every message closed, every count and reference as the trailers say."""
    service, text = _decoded(data)
    segments = list(_segments(text, service))
    if not segments or segments[0].tag != "UNB":
        raise whole("The interchange does not begin with UNB", SEND_AGAIN)
    first, last = segments[0], segments[-1]
    if last.tag != "UNZ":
        raise last.wrong("the interchange is not closed by UNZ")
    if first.get(11) == "1":
        raise first.wrong("the interchange is a test (UNB 0035 is 1)", NO_TEST)
    messages = list(_messages(segments[1:-1]))
    _agree_whole(last, sum(each.tag == "UNG" for each in segments), len(messages))
    if last.get(2) != first.get(5):
        raise last.wrong(f"UNZ closes “{last.get(2)}”, but UNB opened “{first.get(5)}”")
    return Interchange(first.get(2), first.get(3), service, messages)


def _decoded(data: bytes) -> tuple[Service, str]:
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    marks = USUAL
    if data.startswith(b"UNA"):
        marks = data[3:9].decode("latin-1")
        data = data[9:].lstrip()
    component, element, decimal, release, _, terminator = list(marks.ljust(6))
    used = [component, element, terminator] + ([release] if release != " " else [])
    if len(set(used)) < len(used) or any(each.isalnum() for each in used) or " " in used:
        raise whole(f"UNA declares “{marks}”, which cannot tell segments apart", SEND_AGAIN)
    opening = data[3:8].decode("latin-1")
    syntax = opening[1:5] if data.startswith(b"UNB") else ""
    if not syntax:
        raise whole("The interchange does not begin with UNB", SEND_AGAIN)
    if syntax not in CHARSETS:
        known = f"Known are {', '.join(CHARSETS)}; ask the customer to send it in one of them."
        raise EdiRefused(Fault("UNB", 1, f"the character set “{syntax}” is not known", known))
    try:
        text = data.decode(CHARSETS[syntax])
    except UnicodeDecodeError as error:
        rule = f"byte {error.start + 1} is no letter of {syntax}"
        remedy = "Ask the customer to declare the character set that is used (often UNOC)."
        raise EdiRefused(Fault("UNB", 1, rule, remedy)) from None
    return Service(component, element, decimal, release, terminator), text


def _segments(text: str, service: Service) -> Iterator[Segment]:
    """Split at service characters that no release character precedes."""
    position = 1
    elements: list[list[str]] = [[]]
    word: list[str] = []
    released = False
    for letter in text:
        if released:
            word.append(letter)
            released = False
        elif letter == service.release != " ":
            released = True
        elif letter in "\r\n" and letter != service.terminator:
            continue  # line breaks carry nothing, wherever a gateway puts them
        elif letter in (service.component, service.element, service.terminator):
            elements[-1].append("".join(word))
            word = []
            if letter == service.element:
                elements.append([])
            elif letter == service.terminator:
                yield _segment(elements, position)
                position, elements = position + 1, [[]]
        else:
            word.append(letter)
    if released or elements != [[]] or "".join(word).strip("\x00\x1a \t"):
        tag = (elements[0][0] if elements[0] else "".join(word))[:3]
        raise EdiRefused(Fault(tag, position, "the segment has no end", SEND_AGAIN))


def _segment(elements: list[list[str]], position: int) -> Segment:
    tag = elements[0][0].strip()
    if len(tag) != 3 or not tag.isalnum() or not tag.isascii() or tag != tag.upper():
        shown = tag[:10]
        raise EdiRefused(Fault(shown, position, f"“{shown}” is no name of a segment", SEND_AGAIN))
    for element in elements:
        printable("".join(element), tag, position)
    return Segment(tag, position, elements[1:])


def _messages(segments: Sequence[Segment]) -> Iterator[Message]:
    header: Segment | None = None
    inside: list[Segment] = []
    _check_groups(segments)
    for each in segments:
        if each.tag in ("UNG", "UNE"):
            continue  # functional groups add nothing here
        if each.tag == "UNH":
            if header is not None:
                raise each.wrong(f"the message of segment {header.position} is not closed by UNT")
            header, inside = each, []
        elif header is None:
            raise each.wrong("it stands outside of any message")
        elif each.tag == "UNT":
            _agree(each, "segments", each.get(1), len(inside) + 2)
            if each.get(2) != header.get(1):
                raise each.wrong(f"UNT closes “{each.get(2)}”, but UNH opened “{header.get(1)}”")
            directory = f"{header.get(2, 1)}.{header.get(2, 2)}"
            yield Message(header.get(2), directory, header, inside)
            header = None
        else:
            inside.append(each)
    if header is not None:
        raise header.wrong("the message is not closed by UNT")


def _check_groups(segments: Sequence[Segment]) -> None:
    group: Segment | None = None
    inside = 0
    for each in segments:
        if each.tag == "UNG":
            if group is not None:
                raise each.wrong(f"the group of segment {group.position} is not closed by UNE")
            group, inside = each, 0
        elif each.tag == "UNH":
            inside += 1
        elif each.tag == "UNE":
            if group is None:
                raise each.wrong("it closes a group (UNG) that was not opened")
            _agree(each, "messages", each.get(1), inside)
            if each.get(2) != group.get(5):
                raise each.wrong(f"UNE closes “{each.get(2)}”, but UNG opened “{group.get(5)}”")
            group = None
    if group is not None:
        raise group.wrong("the group is not closed by UNE")


def _agree(trailer: Segment, what: str, said: str, counted: int) -> None:
    if not said.isdecimal() or int(said) != counted:
        raise trailer.wrong(f"it says {said or 'nothing'} {what}, but there are {counted}")


def _agree_whole(trailer: Segment, groups: int, messages: int) -> None:
    """UNZ counts the groups where there are any (0036); some senders count messages even then."""
    said = trailer.get(1)
    if not groups:
        _agree(trailer, "messages", said, messages)
    elif not said.isdecimal() or int(said) not in (groups, messages):
        counted = f"there are {groups}, with {messages} messages"
        raise trailer.wrong(f"it says {said or 'nothing'} groups, but {counted}")
