"""What other systems send about the plan, one typed row each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanRequestRow:
    """A plan to be sought by a worker."""

    goal: str = "on_time"
    effort: str = "quick"
    improve: bool = False


@dataclass(frozen=True)
class PlanStopRow:
    """A search to be ended; ``run`` is the id that the request answered."""

    run: int


@dataclass(frozen=True)
class PublicationRow:
    """A draft to be published as it was seen: at this revision and no other."""

    draft: int
    revision: int
