"""Time, and a budget of it."""

import time
from dataclasses import dataclass, field

from obeya.engines.scheduling.budget import Budget

ENDLESS = 2**62  # work units: the clock ends the search


@dataclass
class Timer:
    """Runs from when it is made.

    Attributes
    ----------
    limit_s
        How long a search may work.
    """

    limit_s: float = float("inf")
    began: float = field(default_factory=time.perf_counter)
    cpu_began: float = field(default_factory=time.process_time)

    def seconds(self) -> float:
        """Wall time so far."""
        return time.perf_counter() - self.began

    def cpu_seconds(self) -> float:
        """Processor time so far, of all threads."""
        return time.process_time() - self.cpu_began

    def budget(self, *, reserve_s: float = 0.0) -> Budget:
        """What is left of the limit but for a reserve, in which the answer is written out."""
        limit, begin = self.limit_s - reserve_s, self.seconds()
        return Budget(
            ENDLESS,
            should_stop=lambda: self.seconds() >= limit,
            progress=lambda: (self.seconds() - begin) / max(limit - begin, 1e-9),
        )
