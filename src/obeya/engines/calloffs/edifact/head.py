"""What a message must say of itself before anything in it counts."""

from dataclasses import replace
from datetime import date

from obeya.engines.calloffs.edifact.codes import CANCELLATION, SHORT_TERM, WHOLE_SAID
from obeya.engines.calloffs.edifact.segments import Segment
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.neutral import CallOff


def begun(call_off: CallOff, segment: Segment) -> CallOff:
    """BGM: its number, and what it does with what was told before."""
    function = segment.get(3)
    if function == CANCELLATION:
        raise Wrong(
            "the message cancels another (BGM 1225 is 1)",
            "Nothing is cancelled by itself: enter the schedule that holds now.",
        )
    if function == SHORT_TERM:
        call_off = replace(call_off, is_whole=False)
    elif function not in WHOLE_SAID:
        raise Wrong(
            f"the function of the message (BGM 1225) is “{function}”",
            "Ask for the whole schedule (5 or 9), or instructions (24); nothing is added up.",
        )
    return replace(call_off, document=segment.get(2)[:35])


def refuse_incomplete(call_off: CallOff, header: Segment) -> None:
    if not call_off.document:
        raise header.wrong(
            "the message has no number (BGM)", "Ask for it; releases are kept by it."
        )
    if call_off.issued_on == date.min:
        raise header.wrong("the message has no date (DTM+137)", "Ask for it; it orders releases.")
    if not call_off.lines:
        raise header.wrong("the message calls nothing off", "Ask the customer what was meant.")
