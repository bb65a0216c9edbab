"""One step of a state machine for many rows: checked, written, with who and when."""

from collections.abc import Iterable, Mapping
from typing import Any

from obeya.plant.log.refusal import Problem, RowsRefused

Allowed = Mapping[str, frozenset[str]]  # from → to


class StepRefused(RowsRefused):
    """A row is in a state from which the asked one cannot be reached."""


def check(rows: Iterable[Any], states: Mapping[int, str], to: str, allowed: Allowed) -> None:
    """Refuse every row that may not go from its state to `to`, by name; `states` is by row id."""
    problems: list[Problem] = []
    seen: set[int] = set()
    for number, row in enumerate(rows):
        state = states[row.pk]
        if row.pk in seen:
            problems.append(Problem(f"{row} is named twice", "Name it once.", row=number))
        elif to not in allowed[state]:
            problems.append(
                Problem(
                    f"{row} is {state} and cannot become {to}",
                    _remedy(allowed[state]),
                    row=number,
                    field="status",
                    value=to,
                )
            )
        seen.add(row.pk)
    if problems:
        raise StepRefused(problems)


def _remedy(further: frozenset[str]) -> str:
    if not further:
        return "Nothing follows that state."
    return f"Allowed: {', '.join(sorted(further))}."
