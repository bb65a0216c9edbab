"""What is open and what is done: a list opens on its open rows, whatever has become of the others.

Said once for each thing that has a state (`obeya.plant.work.open_and_done`); its list and its door
of the REST interface both ask here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

OPEN, DONE, ALL = "open", "done", "all"
WORDS = {OPEN: _("Open"), DONE: _("Done"), ALL: _("All")}


@dataclass(frozen=True)
class State:
    """The field that says the state of a row, and its values on either side.

    An index on what scopes the rows, the field, and the list's default sort serves its pages.
    """

    field: str
    open: Sequence[str]
    done: Sequence[str]

    def values(self, wanted: str) -> Sequence[str]:
        """None of them where all are wanted."""
        return {OPEN: self.open, DONE: self.done}.get(wanted, ())

    def side_of(self, value: str) -> str:
        """On which side this value of the field is."""
        return next((side for side in (OPEN, DONE) if value in self.values(side)), ALL)

    def narrow(self, rows: "QuerySet[Any]", wanted: str) -> "QuerySet[Any]":
        values = self.values(wanted)
        return rows.filter(**{f"{self.field}__in": values}) if values else rows
