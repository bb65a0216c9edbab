"""What the plant of truth must not forget: plain values, so that a file can hold them."""

from dataclasses import dataclass, field
from typing import Any, Self

Message = dict[str, Any]  # key, verb, rows: what somebody on the floor taps in


@dataclass
class Job:
    """Work as it truly stands."""

    code: str
    order: str
    operation: int
    status: str
    equipment: str
    material: str
    family: str
    run_s: float
    fixed_s: float
    quantity: int
    planned: int
    pieces: int = 0  # to be worked on: what the step before has passed on
    made: int = 0  # good and scrap
    good: int = 0
    reported: int = 0  # of made
    scrap_to_report: int = 0
    is_set_up: bool = False
    pace: float = 0.0  # times the ideal time that this lot takes; drawn when it first runs


@dataclass
class Machine:
    """A machine as it truly stands at a moment."""

    code: str
    family: str = ""
    part: str = ""
    phase: str = "idle"  # setup, run, pause, unnoticed, called, repair
    left_s: float = 0.0  # of the phase; of a run the fixed part of a batch
    resume: tuple[str, float] = ("idle", 0.0)  # after a pause or a repair
    at: int = 0  # its state is worked out up to here
    wakes: int = 0  # an idle machine looks for work then
    is_on: bool = False  # its jobs run in the books, too
    jobs: list[str] = field(default_factory=list)
    piece_s: float = 0.0  # what a piece takes in this lot
    part_done: float = 0.0  # of the next piece
    report_s: float = 0.0  # until the next report of quantities
    mode: str = ""  # of the breakdown under way
    to_go_s: dict[str, float] = field(default_factory=dict)  # until the next stop, by mode
    drawn: dict[str, int] = field(default_factory=dict)  # how often each kind of luck was asked
    lots: dict[str, int] = field(default_factory=dict)  # of each part, for learning
    day: int = 0  # on which absence was asked last
    has_setter: bool = False  # a setter stands here
    waits: bool = False  # for a setter
    has_fitter: bool = False  # a fitter stands here
    called: int = 0  # when somebody called for a fitter


@dataclass
class Outside:
    """A lot at a subcontractor."""

    job: str
    leaves: int
    returns: int
    has_left: bool = False


@dataclass
class Supply:
    """What a supplier will truly bring, and when."""

    number: str  # of the line that he owes
    comes: int
    quantity: float
    lot: str


@dataclass
class Book:
    """How many lines customers order, as the first look at their orders has shown."""

    lines_a_day: float  # of working days
    ahead_days: int  # working days


@dataclass
class Wanted:
    """What a customer that calls off by EDI wants of a part, in its own books."""

    received: float  # in all, since it began to count
    slots: list[list[float]] = field(default_factory=list)  # day since 1970, pieces still to come
    note: str = ""  # of the delivery that came last
    note_on: int = 0
    note_quantity: float = 0.0
    changed: list[int] = field(default_factory=list)  # firm days, since the last message


@dataclass
class OnRoad:
    """Goods on a truck."""

    part: str
    quantity: float
    note: str
    comes: int
    is_announced: bool = False  # the shipping notice has told of it


@dataclass
class Caller:
    """A customer that calls off by EDI."""

    book: Book
    usual: list[list[Any]] = field(default_factory=list)  # lines that are usual: part and pieces
    parts: dict[str, Wanted] = field(default_factory=dict)
    road: list[OnRoad] = field(default_factory=list)
    sent: int = 0  # messages
    to_book: list[list[Any]] = field(default_factory=list)  # part, document, pieces, at, kind
    announced: int = 0  # loads that a shipping notice told of as they came
    unannounced: int = 0  # that came without one

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        parts = {code: Wanted(**row) for code, row in kept["parts"].items()}
        road = [OnRoad(**row) for row in kept["road"]]
        return cls(**kept | {"book": Book(**kept["book"]), "parts": parts, "road": road})

    def as_dict(self) -> dict[str, Any]:
        return vars(self) | {
            "book": vars(self.book),
            "parts": {code: vars(each) for code, each in self.parts.items()},
            "road": [vars(each) for each in self.road],
        }


@dataclass
class State:
    """The whole plant at a moment, with the messages that are not sent yet."""

    seed: int
    began: int
    now: int
    plan: str = ""  # the newest plan that was seen
    sequence: int = 0  # of messages
    machines: dict[str, Machine] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    outside: list[Outside] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)  # how often a work center asked for luck
    stock: dict[str, float] = field(default_factory=dict)  # at the last look, by material
    used: dict[str, float] = field(default_factory=dict)  # since then
    needs: dict[str, list[Any]] = field(default_factory=dict)  # of orders: operation, what, each
    supplies: dict[str, Supply] = field(default_factory=dict)  # by number
    book: Book | None = None
    callers: dict[str, Caller] = field(default_factory=dict)  # customers that use EDI
    reviews: dict[str, int] = field(default_factory=dict)  # call-offs to accept, and from when on
    bought_on: int = 0  # the day on which the buyer was there last
    bought_at: int = 0  # when he ordered last
    bought_of: int = 0  # when the plan had looked whose proposals he ordered
    bought: list[str] = field(default_factory=list)  # those
    has_news: bool = False  # customers have called since the plan was made
    planned_until: int = 0  # end of the shift in which a plan was asked for last
    run: int = 0  # that seeks it
    draft: list[int] = field(default_factory=list)  # that it has found, and its revision
    outbox: list[Message] = field(default_factory=list)
    refused: int = 0

    def as_dict(self) -> dict[str, Any]:
        return vars(self) | {
            "machines": {code: vars(each) for code, each in self.machines.items()},
            "jobs": {code: vars(each) for code, each in self.jobs.items()},
            "outside": [vars(each) for each in self.outside],
            "supplies": {number: vars(each) for number, each in self.supplies.items()},
            "book": vars(self.book) if self.book else None,
            "callers": {code: each.as_dict() for code, each in self.callers.items()},
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        machines = {
            code: Machine(**(row | {"resume": tuple(row["resume"])}))
            for code, row in kept["machines"].items()
        }
        return cls(
            **kept
            | {
                "machines": machines,
                "jobs": {code: Job(**row) for code, row in kept["jobs"].items()},
                "outside": [Outside(**row) for row in kept["outside"]],
                "supplies": {
                    number: Supply(**row) for number, row in kept.get("supplies", {}).items()
                },
                "book": Book(**kept["book"]) if kept.get("book") else None,
                "callers": {code: Caller.of(row) for code, row in kept.get("callers", {}).items()},
            }
        )
