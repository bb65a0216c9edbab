"""What lies beside the machines: a job begins when its material is there."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from obeya_demo_plant.state import Job, State

Row = Mapping[str, Any]
ENOUGH = 0.9  # of what a lot needs: then it is begun, and made as far as the material goes


class Stores:
    """What one plant has and what its orders take, as its lists show them."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._first: dict[str, int] = {}  # operation of each order

    def see_stock(self, stock: Mapping[str, float]) -> None:
        """The books, in which everything stands that has been reported so far."""
        self.state.stock, self.state.used = dict(stock), {}

    def see_needs(self, rows: Sequence[Row]) -> None:
        """From the list "job-materials": what an order takes, all of it."""
        needs: dict[str, list[Any]] = {}
        for row in rows:
            operation = int(row["operation"]) if row["operation"] is not None else None
            needs.setdefault(row["order"], []).append(
                [operation, row["material"], float(row["quantity"]) / float(row["of"])]
            )
        self.state.needs = needs

    def know(self, jobs: Iterable[Job]) -> None:
        """Which operation of each order is its first: material without one is taken there."""
        for job in jobs:
            self._first[job.order] = min(job.operation, self._first.get(job.order, job.operation))

    def pieces(self, job: Job) -> int:
        """For how many of its pieces the material is there; none if it is too little."""
        wanted = job.pieces - job.made
        there = wanted
        for material, each in self._takes(job):
            free = self.state.stock.get(material, 0.0) - self.state.used.get(material, 0.0)
            free -= self._promised(material)
            there = min(there, math.floor(free / each + 1e-6))
        return there if there >= ENOUGH * wanted else 0

    def take(self, job: Job, pieces: int) -> None:
        """Made, good and scrap: their material is gone."""
        for material, each in self._takes(job):
            self.state.used[material] = self.state.used.get(material, 0.0) + each * pieces

    def _takes(self, job: Job) -> Iterable[tuple[str, float]]:
        is_first = self._first.get(job.order) == job.operation
        for operation, material, each in self.state.needs.get(job.order, ()):
            if operation == job.operation or (operation is None and is_first):
                yield material, each

    def _promised(self, material: str) -> float:
        """What lies here for the jobs that have been begun."""
        total = 0.0
        for machine in self.state.machines.values():
            for code in machine.jobs:
                job = self.state.jobs[code]
                for other, each in self._takes(job):
                    if other == material:
                        total += each * max(0, job.pieces - job.reported)
        return total
