"""The machines, their hours and what they lose: the first table of the specification."""

from dataclasses import dataclass

TWO_SHIFTS, THREE_SHIFTS, FURNACE = "2-SHIFT", "3-SHIFT", "FURNACE"
NET_HOURS = {TWO_SHIFTS: 75.0, THREE_SHIFTS: 112.5, FURNACE: 156.0}  # a machine and week


@dataclass(frozen=True)
class Machine:
    """One machine; a bigger plant has several of each."""

    code: str
    name: str
    family: str = ""  # set up for it now
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkCenter:
    """Machines of one kind, and the losses that all of them have."""

    code: str
    name: str
    area: str
    calendar: str
    machines: tuple[Machine, ...]
    setup_min: float  # used mean
    mtbf_h: float  # between breakdowns
    mttr_h: float  # mean time to repair
    tool_percent: float  # tool changes and adjusting, of planned time
    wait_percent: float
    speed_percent: float  # slow running and minor stops, of running time
    scrap_percent: float
    rate_eur_h: float
    batch_places: int | None = None  # lots in a batch


def _row(code: str, name: str, family: str = "", *classes: str) -> Machine:
    return Machine(code, name, family, classes)


AREAS = {"MACHINING": "Machining hall", "FORMING": "Press shop and heat treatment",
         "FINISHING": "Surface, assembly and test"}  # fmt: skip
WORK_CENTERS = (
    WorkCenter("SAW", "Sawing", "MACHINING", TWO_SHIFTS, (_row("SAW-1", "Band saw", "BAR-40"),),
               10, 60, 1.2, 3, 5, 8, 0.4, 28),
    WorkCenter("TURN", "CNC turning", "MACHINING", THREE_SHIFTS, (
        *(_row(f"TURN-{n}", f"Bar lathe {n}", f, "BAR LATHES")
          for n, f in enumerate(("D18", "D22", "D28", "D32", "D40"), 1)),
        *(_row(f"TURN-{n}", f"Robot lathe {n}", f, "ROBOT LATHES")
          for n, f in enumerate(("D36", "D55", "D60"), 6)),
    ), 65, 38, 1.4, 4.5, 7, 10, 1.8, 46),
    WorkCenter("MILL", "Machining centers", "MACHINING", THREE_SHIFTS, (
        *(_row(f"HMC-{n}", f"Horizontal machining center {n}", f, "HMC")
          for n, f in enumerate(("ARM-A", "ARM-B", "HOUSING-A", "HOUSING-B"), 1)),
        *(_row(f"VMC-{n}", f"Vertical machining center {n}", f, "VMC")
          for n, f in enumerate(("COVER", "SHAFT"), 1)),
    ), 67, 38, 1.8, 4.5, 6, 9, 2.2, 72),
    WorkCenter("GEAR", "Gear hobbing and broaching", "MACHINING", TWO_SHIFTS, (
        _row("HOB-1", "Gear hobber 1", "HOB-31"), _row("HOB-2", "Gear hobber 2", "HOB-41"),
        _row("BROACH-1", "Broaching and hobbing cell", "HOB-32"),
    ), 115, 50, 1.8, 4.5, 6, 8, 1.5, 64),
    WorkCenter("PRESS", "Presses", "FORMING", TWO_SHIFTS, (
        _row("PRESS-63", "Press 63 t", "DIE-2105"), _row("PRESS-160", "Press 160 t", "DIE-610"),
        _row("PRESS-250", "Press 250 t", "DIE-640"),
    ), 80, 20, 1.3, 4, 7, 13, 1.2, 55),
    WorkCenter("WELD", "Welding", "FORMING", TWO_SHIFTS, (
        _row("WELD-1", "Welding robot 1", "JIG-610", "ROBOTS"),
        _row("WELD-2", "Welding robot 2", "JIG-630", "ROBOTS"),
        _row("WELD-3", "Projection welder", "JIG-650"),
    ), 30, 14, 0.75, 3, 6, 11, 2.0, 58),
    WorkCenter("HEAT", "Heat treatment", "FORMING", FURNACE, (
        _row("FURNACE-1", "Carburising furnace 1", "CASE-08", "CARBURISING"),
        _row("FURNACE-2", "Carburising furnace 2", "HARDEN-850", "CARBURISING"),
        _row("TEMPER-1", "Tempering furnace", "TEMPER-180", "TEMPERING"),
    ), 20, 140, 5.8, 0, 3, 2, 0.6, 60, batch_places=2),
    WorkCenter("GRIND", "Grinding", "MACHINING", THREE_SHIFTS, (
        *(_row(f"GRIND-{n}", f"Cylindrical grinder {n}", f, "CYLINDRICAL")
          for n, f in enumerate(("G-PS1", "G-PS2", "G-PN1", "G-TS1"), 1)),
        _row("GRIND-5", "Centreless grinder", "G-VS1", "CENTRELESS"),
    ), 80, 33, 1.55, 4.5, 7, 11, 2.8, 62),
    WorkCenter("WASH", "Washing", "FINISHING", TWO_SHIFTS, (_row("WASH-1", "Chamber washer"),),
               0, 80, 2.4, 0, 3, 5, 0, 25),
    WorkCenter("PLATE", "Zinc-nickel plating and baking", "FINISHING", TWO_SHIFTS, (
        _row("BARREL-1", "Zinc-nickel barrel line", "CLEAR", "BARREL LINES"),
        _row("OVEN-1", "Bake oven", "", "BAKE OVENS"),
    ), 15, 60, 2.8, 1.5, 5, 6, 1.5, 70, batch_places=2),
    WorkCenter("ASSY", "Assembly", "FINISHING", TWO_SHIFTS, (
        *(_row(f"CELL-{n}", f"Tensioner cell {n}", f"BT-{n}", "TENSIONER CELLS")
          for n in range(1, 6)),
        *(_row(f"CELL-{n}", f"Pump cell {n}", "OP-1", "PUMP CELLS") for n in (6, 7)),
    ), 24, 5, 0.32, 0, 6, 10, 1.2, 30),
    WorkCenter("TEST", "Leak test, measuring and final check", "FINISHING", TWO_SHIFTS, (
        _row("LEAK-1", "Leak test bench", "", "LEAK TEST"),
        _row("CMM-1", "Measuring and torque bench", "", "FINAL CHECK"),
        _row("FINAL-1", "Final check", "", "FINAL CHECK"),
    ), 5, 12, 0.5, 0, 5, 8, 1.0, 35),
)  # fmt: skip
CENTERS = {each.code: each for each in WORK_CENTERS}
STORAGES = {"RAW": "Raw material", "PARTS": "Bought parts", "WIP": "Between operations",
            "FINISHED": "Finished goods", "PACK": "Packaging and consumables",
            "SPARES": "Spares and tools"}  # fmt: skip
