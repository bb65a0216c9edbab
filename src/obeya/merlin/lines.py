"""The machines, their hours and what they lose: figures of the specification."""

from dataclasses import dataclass

TWO_SHIFTS, THREE_SHIFTS = "2-SHIFT", "3-SHIFT"
NET_HOURS = {TWO_SHIFTS: 75.0, THREE_SHIFTS: 112.5}  # a machine and week


@dataclass(frozen=True)
class Cause:
    """Why a line stops unplanned: hours between two stops and hours that one takes."""

    code: str
    mtbf_h: float
    mttr_h: float


@dataclass(frozen=True)
class WorkCenter:
    """Machines of one kind; what they lose besides setups."""

    code: str
    name: str
    area: str
    calendar: str
    machines: tuple[tuple[str, str], ...]  # code, name
    machine_class: str
    setup_min: float  # where no matrix says more
    down_percent: float  # breakdowns, of planned time; of SMT, see `STOPS`
    wait_percent: float
    speed_percent: float  # slow running and minor stops, of running time
    first_pass_percent: float
    skill: str
    crew: int  # people bound to a machine that runs; 0: they tend several


STOPS = (
    Cause("FEEDER", 38, 0.45),
    Cause("NOZZLE", 60, 0.35),
    Cause("PRINTER", 95, 0.6),
    Cause("CONVEYOR", 220, 1.3),
    Cause("VISION AND SOFTWARE", 130, 0.7),
    Cause("REFLOW FAN AND HEATER", 700, 5),
    Cause("JAM", 30, 0.22),
    Cause("ELECTRICAL", 900, 4.5),
)
SMT_DOWN_PERCENT = 100 * sum(each.mttr_h / each.mtbf_h for each in STOPS)

AREAS = {"SMT HALL": "Placement lines", "THT AND TEST": "Soldering and test", "BOX HALL": "Devices"}


def _machines(prefix: str, name: str, count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{prefix}-{n}", f"{name} {n}") for n in range(1, count + 1))


WORK_CENTERS = (
    # printer, SPI, three placers, reflow and AOI are one line: a lot takes all of it
    WorkCenter("SMT", "SMT lines", "SMT HALL", TWO_SHIFTS, _machines("LINE", "SMT line", 2),
               "SMT LINES", 30, SMT_DOWN_PERCENT, 2, 5, 97, "SMT", 2),
    WorkCenter("SELECTIVE", "Selective soldering", "THT AND TEST", TWO_SHIFTS,
               _machines("SEL", "Selective soldering", 1), "SELECTIVE", 12, 3, 4, 6, 99,
               "SOLDERING", 1),
    WorkCenter("ICT", "In-circuit test", "THT AND TEST", TWO_SHIFTS,
               _machines("ICT", "In-circuit tester", 2), "IN-CIRCUIT", 10, 2, 4, 5, 97.5,
               "TESTING", 1),
    WorkCenter("COAT", "Conformal coating", "THT AND TEST", TWO_SHIFTS,
               _machines("COAT", "Coating cell", 1), "COATING", 15, 3, 4, 5, 99, "COATING", 1),
    WorkCenter("FCT", "Functional test", "THT AND TEST", THREE_SHIFTS,
               _machines("FCT", "Functional tester", 4), "FUNCTIONAL", 12, 3, 5, 4, 98.2,
               "TESTING", 0),
    WorkCenter("BOX", "Box build", "BOX HALL", TWO_SHIFTS, _machines("BOX", "Box build cell", 2),
               "BOX BUILD", 15, 1, 6, 8, 99, "ASSEMBLY", 3),
    WorkCenter("PACK", "Final check and packing", "BOX HALL", TWO_SHIFTS,
               _machines("PACK", "Packing bench", 1), "PACKING", 4, 0, 4, 5, 100, "PACKING", 2),
)  # fmt: skip
CENTERS = {each.code: each for each in WORK_CENTERS}
STORAGES = {"REELS": "Reel store, dry cabinets", "PARTS": "Connectors, boards and box parts",
            "WIP": "Between operations", "FINISHED": "Finished goods",
            "PACKAGING": "Packaging and consumables"}  # fmt: skip
