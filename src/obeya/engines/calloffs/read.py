"""Bytes of a file into call-offs, whatever standard they are in."""

from obeya.engines.calloffs.edifact import schedules as edifact_schedules
from obeya.engines.calloffs.edifact import segments as edifact
from obeya.engines.calloffs.faults import EdiRefused, Fault, whole
from obeya.engines.calloffs.neutral import CallOff
from obeya.engines.calloffs.vda import schedules as vda_schedules
from obeya.engines.calloffs.x12 import schedules as x12_schedules
from obeya.engines.calloffs.x12 import segments as x12

LARGEST_BYTES = 8_000_000
NOT_ONE = "Send an EDIFACT DELFOR or DELJIT, a VDA 4905, or an X12 830 or 862."


def read_call_offs(data: bytes) -> list[CallOff]:
    """Every message of the file; refused as a whole where one of them is wrong."""
    if len(data) > LARGEST_BYTES:
        raise whole("The file is larger than 8 MB", "Send its messages in several files.")
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:3]
    if head in (b"UNA", b"UNB"):
        found = edifact_schedules.read_schedules(edifact.read_interchange(data))
    elif head == b"ISA":
        found = x12_schedules.read_schedules(x12.read_interchange(data))
    elif head == b"511":
        found = vda_schedules.read_schedules(data)
    else:
        raise whole("This is no call-off that is known here", NOT_ONE)
    if not found:
        raise whole("There is no message in the file", NOT_ONE)
    _once_each(found)
    return found


def _once_each(call_offs: list[CallOff]) -> None:
    """A part at a place may be told once in a message: which of two would hold?"""
    faults = []
    for call_off in call_offs:
        seen: dict[tuple[str, str, str], int] = {}
        for line in call_off.lines:
            key = (line.item or line.supplier_item, line.ship_to, line.dock)
            if key in seen:
                place = line.ship_to or "no place"
                rule = f"part {key[0]} at {place} stands in segment {seen[key]} too"
                remedy = "Ask the customer which of the two holds."
                faults.append(Fault(line_tag(call_off), line.position, rule, remedy))
            seen[key] = line.position
    if faults:
        raise EdiRefused(*faults)


def line_tag(call_off: CallOff) -> str:
    """What the standard calls the segment that opens a part."""
    return "512" if call_off.format.startswith("VDA") else "LIN"
