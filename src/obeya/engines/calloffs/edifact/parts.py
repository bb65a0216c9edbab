"""The parts of a message as they are closed."""

from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.lines import OpenLine
from obeya.engines.calloffs.neutral import Line


class Parts:
    """Each sequence (SEQ) of a just-in-time call is a call; those of one part are added up."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.called: dict[tuple[str, str, str], tuple[int, int]] = {}  # part → line, sequence

    def keep(self, line: OpenLine, sequence: int) -> None:
        said = line.line
        key = (said.item or said.supplier_item, said.ship_to, said.dock)
        at, before = self.called.get(key, (len(self.lines), sequence))
        self.called[key] = (at, sequence)
        if before == sequence:  # told once; where it is told twice in one, the reader refuses it
            self.lines.append(line.closed())
            return
        known = self.lines[at]
        for what, one, other in (
            ("unit", known.unit, said.unit),
            ("order", known.order_code, said.order_code),
        ):
            if one and other and one != other:
                raise Wrong(
                    f"the {what} of the part is {other}, and was {one} in a call before",
                    "Ask for one message for each, or correct it.",
                )
        both = OpenLine(known, [*known.slots, *line.slots], is_whole=line.is_whole)
        for text in said.notes:
            both.note(text)
        self.lines[at] = both.closed()
