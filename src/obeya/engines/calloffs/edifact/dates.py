"""Dates that stand before the quantities which they hold for; the nearest that is said counts."""

from obeya.engines.calloffs import values
from obeya.engines.calloffs.edifact.codes import DUE, TO
from obeya.engines.calloffs.lines import OpenSlot, undated


def put_date(slot: OpenSlot, kind: str, text: str, code: str) -> None:
    begins, until, is_whole_day = values.moment(text, code)
    if kind in TO:
        slot.until = until or begins.date()
    elif not (slot.is_dated and slot.due_at and slot.due_at <= begins):
        # to be shipped, and delivered later: it leaves the plant on the first of the two
        slot.due_at, slot.is_whole_day = begins, is_whole_day
        slot.until, slot.is_dated = until or slot.until, kind in DUE


class Dates:
    """Of a just-in-time call: a quantity may have none, its part, sequence or message one."""

    def __init__(self) -> None:
        self.of_part = undated()
        self.before = undated()  # the part: of the sequence, where none has begun of the message
        self.of_all = self.before

    def begin_sequence(self) -> None:
        self.before = undated()

    def begin_part(self) -> None:
        self.of_part = undated()

    def give(self, slot: OpenSlot) -> None:
        said = (self.of_part, self.before, self.of_all)
        nearest = next((each for each in said if each.due_at or each.until), self.before)
        slot.due_at, slot.until = nearest.due_at, nearest.until
        slot.is_whole_day = nearest.is_whole_day
