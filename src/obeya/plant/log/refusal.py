"""How an action says no: a typed exception whose text tells a person the rule and the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Problem:
    """One thing wrong in what was handed in."""

    rule: str
    remedy: str
    row: int | None = None  # index into the action's collection, from 0
    field: str = ""
    value: str = ""

    def __str__(self) -> str:
        where = "" if self.row is None else f"row {self.row + 1}: "
        what = f"{self.field} {self.value!r}: " if self.field else ""
        return f"{where}{what}{self.rule}. {self.remedy}"


class Refusal(Exception):
    """Base of every typed refusal; str() is a sentence for a person."""

    http_status: ClassVar[int] = 422
    problems: tuple[Problem, ...]

    def __init__(self, message: str = "", *, problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message or " ".join(str(problem) for problem in self.problems[:3]))

    @property
    def about_one(self) -> str:
        """The same for somebody who asked for one thing: rows and fields are not their words."""
        if len(self.problems) != 1:
            return str(self)
        [problem] = self.problems
        return f"{problem.rule[:1].upper()}{problem.rule[1:]}. {problem.remedy}".strip()


class RowsRefused(Refusal):
    """Many problems at once; nothing was applied."""

    def __init__(self, problems: Iterable[Problem], message: str = "") -> None:
        found = tuple(problems)
        first = "; ".join(str(problem) for problem in found[:3])
        more = f" … and {len(found) - 3} more." if len(found) > 3 else ""
        super().__init__(message or f"{first}{more} Nothing was changed.", problems=found)


class NotPermitted(Refusal):
    """The actor lacks the permission, at this place."""

    http_status = 403


class KeyReused(Refusal):
    """The idempotency key was used before for other content."""

    http_status = 409


class Stale(Refusal):
    """What the person saw has changed meanwhile."""

    http_status = 409
