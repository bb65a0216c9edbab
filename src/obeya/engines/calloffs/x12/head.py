"""What a set says of itself (BFR, BSS) before anything in it counts."""

from dataclasses import replace
from datetime import date

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.neutral import CallOff
from obeya.engines.calloffs.x12.codes import CANCELLATION, COUNTED, WHOLE_SAID
from obeya.engines.calloffs.x12.segments import TransactionSet


def begun(call_off: CallOff, purpose: str, document: str, issued: str, counting: str) -> CallOff:
    """With its release number and day; refused where it does not tell what holds."""
    if purpose == CANCELLATION:
        raise Wrong(
            "it cancels another (purpose 01)",
            "Nothing is cancelled by itself: enter the schedule that holds now.",
        )
    if purpose not in WHOLE_SAID:
        raise Wrong(
            f"its purpose (353) is “{purpose}”",
            "Ask for the whole schedule (00 or 05); parts of one are not added up.",
        )
    if counting not in COUNTED:
        raise Wrong(
            f"its quantities are of the kind “{counting}” (676)",
            "Ask the customer for actual (A) or cumulative (C) quantities.",
        )
    if not document:
        raise Wrong("it has no release number", "Ask for it; releases are kept by it.")
    return replace(call_off, document=document[:35], issued_on=values.day(issued))


def refuse_incomplete(call_off: CallOff, message: TransactionSet) -> None:
    header = message.header
    if not call_off.document or call_off.issued_on == date.min:
        head = "BFR" if message.type == "830" else "BSS"
        raise header.wrong(f"it has no {head}", "Ask for it; releases are kept by its number.")
    if not call_off.lines:
        raise header.wrong("it calls nothing off", "Ask the customer what was meant.")
