"""Which delivery note of a part the customer received last: messages name several, in any order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass
class Receipt:
    quantity: Decimal | None = None
    number: str = ""
    on: date | None = None
    is_despatch: bool = False  # a receipt only where it has the date of one


class Receipts:
    """The first stands for what is said of the part itself, before any single receipt."""

    def __init__(self) -> None:
        self.all = [Receipt()]

    @property
    def last_said(self) -> Receipt:
        return self.all[-1]

    def begin(self, quantity: Decimal | None = None, *, is_despatch: bool = False) -> None:
        self.all.append(Receipt(quantity, is_despatch=is_despatch))

    def newest(self) -> Receipt:
        """By date; of two on one day the one that was said last."""
        found = [each for each in self.all if each.on is not None or not each.is_despatch]
        best = max(reversed(found[1:]), key=lambda each: each.on or date.min, default=found[0])
        if found[0].on is not None and best.on is not None and found[0].on > best.on:
            best = found[0]  # a receipt without a date has that of the part
        return Receipt(best.quantity, best.number or found[0].number, best.on or found[0].on)
