"""Open, done, all: the control above a list whose rows have a state, with how many each shows."""

from dataclasses import dataclass

from django.db.models import QuerySet

from obeya.ui.lists import keyset
from obeya.ui.lists.question import Question
from obeya.ui.lists.state import ALL, DONE, OPEN, WORDS


@dataclass(frozen=True)
class Side:
    name: str
    word: str
    url: str
    counted: tuple[int, bool]  # how many, and whether there are more
    is_shown: bool

    @property
    def count(self) -> int:
        return self.counted[0]

    @property
    def is_capped(self) -> bool:
        return self.counted[1]


def sides_of(question: Question, rows: QuerySet) -> list[Side]:
    """None where the rows have no state; else two counts, since all is their sum."""
    if question.declared.state is None:
        return []
    found = question.found(rows, of_any_state=True)
    counted = {side: keyset.capped_count(question.on_side(found, side)) for side in (OPEN, DONE)}
    (open_rows, more_open), (done_rows, more_done) = counted[OPEN], counted[DONE]
    counted[ALL] = open_rows + done_rows, more_open or more_done
    return [
        Side(name, str(word), question.side(name), counted[name], question.state == name)
        for name, word in WORDS.items()
    ]
