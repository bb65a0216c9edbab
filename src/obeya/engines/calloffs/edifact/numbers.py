"""The numbers of a part, whoever gave them: LIN says one, PIA up to five more."""

from obeya.engines.calloffs.edifact.codes import OF_TRADE, OURS, THEIRS
from obeya.engines.calloffs.lines import OpenLine


class Numbers:
    """A number of trade (EN, UP) names the part only where neither side's own is said."""

    def __init__(self) -> None:
        self.of_trade = ""

    def begin_part(self) -> None:
        self.of_trade = ""

    def put(self, number: str, kind: str, line: OpenLine | None) -> None:
        if line is None or not number:
            return
        if kind in OURS:
            if kind == "SA" or not line.line.supplier_item:
                line.put(supplier_item=number)
        elif kind in THEIRS and not line.line.item:
            line.put(item=number)
        elif kind in OF_TRADE:
            self.of_trade = self.of_trade or number

    def item(self, line: OpenLine) -> str:
        return line.line.item or ("" if line.line.supplier_item else self.of_trade)
