"""What happened, as the shop writes it down while it runs. Times are seconds since 1970."""

from dataclasses import dataclass, field

from obeya.kestrel.parts import Part
from obeya.kestrel.past.wear import Segment
from obeya.kestrel.routings import Step


@dataclass
class Job:
    """One operation of an order."""

    step: Step
    planned: tuple[int, int]
    machine: str = ""  # empty: outside, or not yet given to one
    began: int | None = None
    ended: int | None = None
    begun_worked: int = 0  # the machine's working seconds when it began
    segments: list[Segment] = field(default_factory=list)
    good: int = 0
    scrap: dict[str, int] = field(default_factory=dict)  # by cause


@dataclass
class Order:
    """So many of a part, from its release to the store."""

    place: int  # in the order of their release
    part: Part
    quantity: int
    due: int
    released: int
    jobs: list[Job]
    needs: dict[str, float]  # material → quantity, for the whole order
    at: int = 0  # the job that is next or under way
    pieces: int = 0  # still good
    is_issued: bool = False  # its components have been taken

    @property
    def job(self) -> Job:
        return self.jobs[self.at]

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.jobs)


@dataclass
class Line:
    """What a customer wants; shipped in one go."""

    code: str
    order_code: str
    material: str
    customer: str
    kind: str
    quantity: int
    due: int
    known: int  # when the planner hears of it
    is_past: bool  # may be shipped in the time that is run through
    shipped: int | None = None
    delivered: int = 0
