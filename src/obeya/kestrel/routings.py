"""How parts are made: the route of each family, with its standard times and setup families."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from obeya.kestrel.parts import Part
from obeya.kestrel.rows import Row
from obeya.kestrel.work_centers import CENTERS


@dataclass(frozen=True)
class Step:
    """One operation of a family's route."""

    number: int
    name: str
    center: str
    run_s: float = 0.0  # standard, per piece
    machines: str = ""  # class of machines; empty: any in the center
    fixed_min: int = 0  # of a batch in a furnace
    families: tuple[str, ...] = ()  # setup families, in turn by part number
    skill: str = ""
    crew: int = 0  # people bound while it runs; 0: they tend several machines
    within_min: int | None = None  # the next must start so soon
    tool: str = ""  # what its setup family needs, as a prefix of the tool's code


ROUTES: dict[str, tuple[Step, ...]] = {
    "TS": (
        Step(10, "Saw", "SAW", 14, families=("BAR-55",), skill="TURNING"),
        Step(20, "Turn", "TURN", 150, "ROBOT LATHES", families=("D55", "D60"), skill="TURNING"),
        Step(30, "Mill keyway and flats", "MILL", 110, "VMC", families=("SHAFT",),
             skill="MILLING", tool="FX"),
        Step(40, "Hob splines", "GEAR", 120, families=("HOB-41", "HOB-42", "HOB-43"),
             skill="GEAR CUTTING", tool="TL"),
        Step(50, "Carburise", "HEAT", 0, "CARBURISING", 540, ("CASE-12",), "HEAT TREATMENT",
             within_min=240),
        Step(60, "Temper", "HEAT", 0, "TEMPERING", 360, ("TEMPER-180",), "HEAT TREATMENT"),
        Step(70, "Grind", "GRIND", 140, "CYLINDRICAL", families=("G-TS1", "G-TS2"),
             skill="GRINDING"),
        Step(80, "Measure and pack", "TEST", 12, "FINAL CHECK", skill="TESTING", crew=1),
    ),
    "PN": (
        Step(10, "Saw", "SAW", 8, families=("BAR-28",), skill="TURNING"),
        Step(20, "Turn", "TURN", 110, "BAR LATHES", families=("D28", "D32"), skill="TURNING"),
        Step(30, "Hob teeth", "GEAR", 100, families=("HOB-31", "HOB-32"), skill="GEAR CUTTING",
             tool="TL"),
        Step(40, "Wash", "WASH", 8, skill="WASHING"),
        Step(50, "Carburise", "HEAT", 0, "CARBURISING", 480, ("CASE-08",), "HEAT TREATMENT",
             within_min=240),
        Step(60, "Temper", "HEAT", 0, "TEMPERING", 360, ("TEMPER-180",), "HEAT TREATMENT"),
        Step(70, "Grind", "GRIND", 80, "CYLINDRICAL", families=("G-PN1", "G-PN2"),
             skill="GRINDING"),
        Step(80, "Measure and pack", "TEST", 12, "FINAL CHECK", skill="TESTING", crew=1),
    ),
    "VS": (
        Step(10, "Turn", "TURN", 48, "BAR LATHES", families=("D18", "D22"), skill="TURNING"),
        Step(20, "Wash", "WASH", 2, skill="WASHING"),
        Step(30, "Harden", "HEAT", 0, "CARBURISING", 420, ("HARDEN-850",), "HEAT TREATMENT",
             within_min=240),
        Step(40, "Temper", "HEAT", 0, "TEMPERING", 360, ("TEMPER-560",), "HEAT TREATMENT"),
        Step(50, "Grind", "GRIND", 26, families=("G-VS1", "G-VS2"), skill="GRINDING"),
        Step(60, "Wash before plating", "WASH", 2, skill="WASHING", within_min=1_440),
        Step(70, "Plate zinc-nickel", "PLATE", 0.756, "BARREL LINES",
             families=("CLEAR", "BLACK"), skill="PLATING", within_min=240),
        Step(80, "Bake", "PLATE", 0, "BAKE OVENS", 480, ("BAKE",), "PLATING"),
        Step(90, "Check and pack", "TEST", 2, "FINAL CHECK", skill="TESTING", crew=1),
    ),
    "BR": (
        Step(10, "Press, three hits", "PRESS", 9.75, families=("DIE",), skill="PRESSING", crew=1,
             tool="DIE"),
        Step(20, "Weld", "WELD", 9.5, families=("JIG",), skill="WELDING", crew=1),
        Step(30, "E-coat outside", ""),
    ),
    "BT": (
        Step(10, "Assemble", "ASSY", 91, "TENSIONER CELLS", families=("BT",), skill="ASSEMBLY",
             crew=2),
        Step(20, "Torque test and pack", "TEST", 14, "FINAL CHECK", skill="TESTING", crew=1),
    ),
    "OP": (
        Step(10, "Assemble", "ASSY", 130, "PUMP CELLS", families=("OP",), skill="ASSEMBLY",
             crew=2),
        Step(20, "Leak test and pack", "TEST", 40, "LEAK TEST", skill="TESTING", crew=1),
    ),
    "PS": (
        Step(10, "Saw", "SAW", 6, families=("BAR-40",), skill="TURNING"),
        Step(20, "Turn", "TURN", 60, "ROBOT LATHES", families=("D40", "D36"), skill="TURNING"),
        Step(30, "Wash", "WASH", 4.6, skill="WASHING"),
        Step(40, "Harden", "HEAT", 0, "CARBURISING", 420, ("HARDEN-850",), "HEAT TREATMENT",
             within_min=240),
        Step(50, "Temper", "HEAT", 0, "TEMPERING", 360, ("TEMPER-560",), "HEAT TREATMENT"),
        Step(60, "Grind", "GRIND", 42, "CYLINDRICAL", families=("G-PS1", "G-PS2", "G-PS3"),
             skill="GRINDING"),
    ),
    "AR": (Step(10, "Mill and drill", "MILL", 70, families=("ARM-A", "ARM-B"), skill="MILLING",
                tool="FX"),),
    "HS": (Step(10, "Mill, bore and thread", "MILL", 205, "HMC",
                families=("HOUSING-A", "HOUSING-B"), skill="MILLING", tool="FX"),),
    "CV": (Step(10, "Mill and drill", "MILL", 72, "VMC", families=("COVER",), skill="MILLING",
                tool="FX"),),
    "BB": (Step(10, "Press", "PRESS", 9, families=("DIE",), skill="PRESSING", crew=1,
                tool="DIE"),),
}  # fmt: skip
OWN_FAMILY = {"DIE", "JIG", "BT", "OP"}  # every part number has one of its own
E_COAT_DAYS, E_COAT_WAIT_MIN = 5, 2_880  # back after; the truck comes on Tuesday and Thursday


def family_of(step: Step, part: Part) -> str:
    if not step.families:
        return ""
    first = step.families[0]
    if first in ("BT", "OP"):
        return f"{first}-{part.number}"
    if first in OWN_FAMILY:
        return f"{first}-{part.code[3:]}"
    return step.families[part.number % len(step.families)]


def tool_of(step: Step, part: Part) -> str:
    if not step.tool:
        return ""
    family = family_of(step, part)
    return family if step.tool == "DIE" else f"{step.tool}-{family}"


def standard_s(step: Step, part: Part) -> Decimal:
    """Seconds per piece as the routing says: of one family, within three percent."""
    wanders = 1 + 0.03 * ((part.number + step.number // 10) % 3 - 1)
    return Decimal(str(round(step.run_s * wanders, 2 if step.run_s < 10 else 1)))


def operations(parts: list[Part]) -> Iterator[Row]:
    """Rows of the sheet Operations."""
    for part in parts:
        for step in ROUTES[part.kind]:
            row: Row = {
                "material": part.code, "number": step.number, "name": step.name,
            }  # fmt: skip
            if not step.center:
                yield row | {
                    "subcontractor": "DUNMORE",
                    "subcontract_days": Decimal(E_COAT_DAYS),
                    "queue_min": Decimal(E_COAT_WAIT_MIN),
                    "crew_size": 0,
                }
                continue
            family = family_of(step, part)
            place = {"equipment_class": step.machines} if step.machines else {
                "equipment": step.center
            }  # fmt: skip
            yield (
                row
                | place
                | {
                    "setup_min": Decimal(str(CENTERS[step.center].setup_min)),
                    "run_s": standard_s(step, part),
                    "fixed_run_min": Decimal(step.fixed_min),
                    "setup_family": family,
                    "skill": step.skill,
                    "crew_size": step.crew,
                    "tool": tool_of(step, part),
                    "is_batch": step.fixed_min > 0,
                    "batch_family": family if step.fixed_min else "",
                    "maximum_wait_min": None
                    if step.within_min is None
                    else Decimal(step.within_min),
                    "is_resumable": step.center != "HEAT",
                }
            )
