"""What the plant does not know about itself: rates of wear, of waiting, of slowness.

Figures are derived from the specification's table of losses: shares of the time that a machine is
taken (T) become intervals between things that happen, and how long each lasts. Nothing here says
what a week yields; that is for the shop to find out.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from obeya.kestrel.making import all_parts, line_lot
from obeya.kestrel.routings import ROUTES, standard_s
from obeya.kestrel.standards import slowness_of
from obeya.kestrel.stock import weekly_use
from obeya.kestrel.work_centers import CENTERS, WORK_CENTERS

LOTS_IN_A_BATCH = 2
REPAIR_SIGMA = 0.9
MODES = {  # what breaks: percent of breakdowns, Weibull shape (1: by chance; above: by wear)
    "SENSOR": (26, 1.0),
    "SPINDLE": (22, 2.5),
    "HYDRAULIC": (18, 1.8),
    "FIXTURE": (14, 2.0),
    "LOADER": (11, 2.2),
    "ROBOT": (9, 3.0),
}
WAITS = {"NO MATERIAL": 11, "WAIT FOR QUALITY": 9, "NO OPERATOR": 9, "OTHER": 3}  # parts of waiting
WAIT_MIN, TOOL_MIN, CLEANING_MIN = 32.0, 26.0, 18.0  # means; lognormal
STOP_SIGMA = 0.6
WAITED = 1.12  # the table's waits are what was booked: so much more was waited
CLEANED = 0.4  # of the speed that is lost besides slow cycles: stops for chips and cleaning
UNSAID = {"TOOL AND ADJUST": 0.35}  # chance that nobody says why it stood; of a usual stop:
USUALLY_UNSAID = 0.12
DRIFTS = 0.5  # of all tools begin to drift before they are changed
SCRAP = {  # work center: percent of its scrap by cause; drift and setup pieces have mechanisms
    "SAW": {"SIZE DRIFT": 60, "SETUP PIECE": 25, "DROPPED": 15},
    "TURN": {"SIZE DRIFT": 62, "SETUP PIECE": 28, "DROPPED": 10},
    "MILL": {"SIZE DRIFT": 28, "SETUP PIECE": 14, "POROSITY": 50, "DROPPED": 8},
    "GEAR": {"SIZE DRIFT": 55, "SETUP PIECE": 35, "DROPPED": 10},
    "PRESS": {"SIZE DRIFT": 48, "SETUP PIECE": 34, "DROPPED": 18},
    "WELD": {"WELD": 72, "SETUP PIECE": 18, "DROPPED": 10},
    "HEAT": {"HARDNESS": 100},
    "GRIND": {"SIZE DRIFT": 62, "SETUP PIECE": 24, "DROPPED": 14},
    "WASH": {},
    "PLATE": {"HARDNESS": 55, "DROPPED": 45},
    "ASSY": {"MISSING PART": 60, "SETUP PIECE": 15, "DROPPED": 25},
    "TEST": {"DROPPED": 60, "MISSING PART": 40},
}  # fmt: skip
SETTERS = {  # how long setters truly take, of what the matrix says
    "SAW": 1.2, "TURN": 1.0, "MILL": 1.0, "GEAR": 1.2, "PRESS": 1.2, "WELD": 1.1, "HEAT": 0.55,
    "GRIND": 1.08, "PLATE": 1.0, "ASSY": 1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What a usual week asks of a work center."""

    pieces: float
    starts: float
    run_s: float  # at standard
    setup_s: float


@dataclass(frozen=True)
class Truth:
    """Hidden parameters of the machines of one work center; times in seconds."""

    mtbf_s: float  # of taken time without repairs
    mttr_s: float
    tool_life_s: float  # of running
    wait_every_s: float  # of taken time without stops
    first_piece_s: float  # mean wait for its release, after a setup
    cleaning_every_s: float  # of running
    slow: float  # running takes so many times longer, besides wrong standard times
    check_every_s: float  # of running: what drifts is found at the next check
    setup_scrap_s: float  # of running: what comes first after a setup is lost
    lost: Mapping[str, float]  # other causes: chance that a piece is lost


def work_of(copies: int = 1) -> Mapping[str, Work]:
    """Of each work center, from the families' pieces and lots."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    use = weekly_use(copies)
    for part in all_parts():
        pieces = use.get(part.code, 0.0)
        for step in ROUTES[part.kind] if pieces else ():
            if not step.center:
                continue
            starts = pieces / line_lot(part) / (LOTS_IN_A_BATCH if step.fixed_min else 1)
            row = sums[step.center]
            row[0] += pieces
            row[1] += starts
            row[2] += pieces * float(standard_s(step, part)) + starts * step.fixed_min * 60
            row[3] += starts * CENTERS[step.center].setup_min * 60
    return {center: Work(*row) for center, row in sums.items()}


def truths() -> Mapping[str, Truth]:
    work = work_of()
    return {center.code: _truth(center.code, work[center.code]) for center in WORK_CENTERS}


def _truth(code: str, work: Work) -> Truth:
    center = CENTERS[code]
    speed, scrap = center.speed_percent / 100, center.scrap_percent / 100
    wait, tool = center.wait_percent / 100, center.tool_percent / 100
    down = center.mttr_h / (center.mtbf_h + center.mttr_h)
    running_s = work.run_s / (1 - speed) / (1 - scrap)
    taken_s = (running_s + work.setup_s) / (1 - down - tool - wait)
    running = running_s / taken_s
    worked = (running_s + work.setup_s) / taken_s
    is_timed = code != "HEAT"
    minor = 1 - (1 - speed) * (1 + (slowness_of(code) if is_timed else 0))
    cleaned = CLEANED * minor
    quality = WAITS["WAIT FOR QUALITY"] / sum(WAITS.values())
    released = quality * wait * taken_s / work.starts if center.setup_min else 0.0
    others = wait * (1 - quality) if center.setup_min else wait
    life_s = running * (1 - cleaned) * TOOL_MIN * 60 / tool if tool else float("inf")
    causes = {cause: scrap * part / 100 for cause, part in SCRAP[code].items()}
    drift, setup = causes.pop("SIZE DRIFT", 0.0), causes.pop("SETUP PIECE", 0.0)
    return Truth(
        mtbf_s=center.mtbf_h * 3600,
        mttr_s=center.mttr_h * 3600,
        tool_life_s=life_s,
        wait_every_s=worked * WAIT_MIN * 60 / (others * WAITED),
        first_piece_s=released,
        cleaning_every_s=CLEANING_MIN * 60 * (1 - cleaned) / cleaned,
        slow=(1 - cleaned) / (1 - minor),
        check_every_s=2 * drift * life_s / DRIFTS if drift else 0.0,
        setup_scrap_s=setup * running_s / work.starts,
        lost=causes,
    )
