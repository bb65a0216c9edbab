"""What scrap asks for: what is done is made again, the rest takes longer or fills more room."""

from collections.abc import Collection, Set

import numpy as np

from ..schedule import Schedule
from .columns import part_of
from .disruption import Scrap
from .tables import Tables


class Spoilt:
    """Tables in which a scrap is made good.

    Attributes
    ----------
    again
        The new row of each operation that is made again.
    longer
        Rows that take longer or more room, so that their bars may no longer hold.
    """

    def __init__(
        self, tables: Tables, schedule: Schedule, *, done: Set[int], begun: Collection[int]
    ) -> None:
        self.tables, self.schedule = tables, schedule
        self.again: dict[int, int] = {}
        self.longer: list[int] = []
        self._done, self._begun = done, begun

    def make_good(self, scrap: Scrap) -> None:
        """Copy what is done, with the arcs to what still waits for it, and lengthen the rest."""
        tables, again = self.tables, self.again
        for row in scrap.operations:
            batch = tables.operation["recipe"][row] >= 0
            if row in self._done:
                again[row] = tables.copy_operation(row, share=1.0 if batch else scrap.share)
            elif batch:
                self._fill_more(row, scrap.share)
            else:
                self._run_longer(row, scrap.share)
        arcs = tables.problem.precedence
        for row, copy in again.items():
            for a in self._arcs_to_what_waits(row, self._done - set(again)):
                after = int(arcs.after[a])
                tables.add_arc(
                    copy,
                    again.get(after, after),
                    kind=int(arcs.kind[a]),
                    lag=int(arcs.lag[a]),
                    end_lag=int(arcs.end_lag[a]),
                )
        last = tables.order["last_operation"]
        for row, copy in again.items():
            last[last == row] = copy

    def _arcs_to_what_waits(self, row: int, done: Set[int]) -> list[int]:
        """Arcs from an operation, or from those done or begun after it, to what has not begun."""
        arcs, found = self.tables.problem.precedence, []
        for a in np.flatnonzero(arcs.before == row).tolist():
            after = int(arcs.after[a])
            if after in done or after in self._begun:
                found += self._arcs_to_what_waits(after, done)
            else:
                found.append(a)
        return found

    def _run_longer(self, row: int, share: float) -> None:
        tables = self.tables
        chosen = int(self.schedule.alternative[row])
        more = part_of(int(tables.way["run"][chosen]), share)
        if row in self._begun:
            tables.operation["remaining"][row] += more
            return
        for way in np.flatnonzero(tables.way["operation"] == row):
            tables.way["run"][way] += part_of(int(tables.way["run"][way]), share)
        self.longer.append(row)

    def _fill_more(self, row: int, share: float) -> None:
        """An oven takes no longer for a fuller lot, which needs more of its places if it has."""
        if row in self._begun:
            return
        tables = self.tables
        size = int(tables.operation["size"][row])
        ovens = tables.way["machine"][tables.way["operation"] == row]
        places = tables.machine["places"][ovens]
        if not places.any():  # it is for ovens, and none of its machines is one
            self._run_longer(row, share)
            return
        room = int(places[places > 0].min())
        tables.operation["size"][row] = max(size, min(size + part_of(size, share), room))
        self.longer.append(row)
