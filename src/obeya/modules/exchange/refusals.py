"""What an import refuses, and how it says so: sheet, row, column, value, rule, remedy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from obeya.plant.log.refusal import Problem, Refusal, RowsRefused

Place = tuple[str, int | None]  # a row of the file: its sheet, and its number as Excel counts


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the file, at the place where a person finds it in Excel."""

    sheet: str
    row: int | None  # as Excel counts, 1 is the first
    column: str
    value: str
    rule: str
    remedy: str
    choices: tuple[str, ...] = ()  # of a conflict: what the plant says now, what the file says

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.sheet,
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        said = f" “{self.value}”" if self.value else ""
        return f"{place}:{said} {self.rule}. {self.remedy}"


class FileRefused(Refusal):
    """The file cannot be read at all, or it is not safe to read it; says what to do."""


class ImportRefused(RowsRefused):
    """The file can be read, but these places in it are wrong; nothing of it was taken over."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        number = len(self.faults)
        first = "; ".join(str(fault) for fault in self.faults[:3])
        more = f" (and {number - 3} more)" if number > 3 else ""
        super().__init__(
            (
                Problem(
                    rule=fault.rule,
                    remedy=fault.remedy,
                    row=None if fault.row is None else fault.row - 1,
                    field=fault.column,
                    value=fault.value,
                )
                for fault in self.faults
            ),
            f"Nothing was imported: {number} place{'s' if number > 1 else ''} must be put right. "
            f"{first}{more}",
        )
