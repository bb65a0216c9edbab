"""What is wrong in a message: which segment, where, which rule, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """One thing wrong, where the customer's EDI desk finds it too."""

    segment: str  # QTY, FST, 512; empty: the file as a whole
    position: int  # of the segment in the file, 1 is the first; 0: the file as a whole
    rule: str
    remedy: str

    def __str__(self) -> str:
        where = f"Segment {self.position} ({self.segment}): " if self.position else ""
        return f"{where}{self.rule}. {self.remedy}"


class EdiRefused(ValueError):
    """The message cannot be read; nothing of it is used."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
        super().__init__(" ".join(str(fault) for fault in faults[:3]) + more)


class Wrong(ValueError):
    """A rule that a value breaks, and the remedy; whoever reads its segment says where."""

    def __init__(self, rule: str, remedy: str = "Ask the customer to send it again, corrected."):
        self.rule, self.remedy = rule, remedy
        super().__init__(f"{rule}. {remedy}")


class Faults:
    """Collects what is wrong segment by segment, so that one answer names it all."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    @contextmanager
    def at(self, segment: str, position: int) -> Iterator[None]:
        """A wrong value within goes onto the list; the segment is left out and reading goes on."""
        try:
            yield
        except Wrong as wrong:
            self.found.append(Fault(segment, position, wrong.rule, wrong.remedy))
        if len(self.found) >= MOST_FAULTS:
            raise EdiRefused(*self.found)

    def refuse(self) -> None:
        if self.found:
            raise EdiRefused(*self.found)


def whole(rule: str, remedy: str) -> EdiRefused:
    """The file as a whole is wrong."""
    return EdiRefused(Fault("", 0, rule, remedy))


def printable(text: str, segment: str, position: int) -> None:
    """No number of a part or place has letters that nobody can see, and no database keeps them."""
    if not text.isprintable():
        hidden = next(letter for letter in text if not letter.isprintable())
        rule = f"the character U+{ord(hidden):04X} cannot be printed"
        raise EdiRefused(Fault(segment, position, rule, "Ask the customer to take it out."))
