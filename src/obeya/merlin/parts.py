"""What Merlin buys: 1,100 part numbers, from resistors on reels to cartons."""

from dataclasses import dataclass

import numpy as np

from obeya.merlin.boards import LINES, boards
from obeya.merlin.passives import passives

COMMON, OF_A_LINE, OF_A_BOARD, CONNECTORS, MECHANICAL, PACKAGING, CONSUMABLES = (
    200, 50, 9, 90, 70, 35, 25,
)  # fmt: skip
ON_A_FEEDER = 4  # of the nine parts that only one board has; the others come in trays
POPULAR = 100  # of the passives: they come on large reels
LARGE_REEL, SMALL_REEL, ACTIVE_REEL, CONTROLLER_REEL, TRAYS = 50_000, 10_000, 5_000, 1_000, 1_000
LINE_KINDS = ("Transistor SOT-23", "Diode SOD-123", "Op-amp SOIC-8", "Regulator SOT-223",
              "Inductor 1210", "Electrolytic capacitor 6.3 mm", "LED 0603", "Crystal 3225",
              "Ferrite bead 0603", "Gate driver SOIC-8")  # fmt: skip
OWN_KINDS = {  # product line: what only one of its boards has; the first of them on feeders
    "MC": ("Microcontroller", "CAN transceiver", "Bridge driver", "Current sensor",
           "Power module", "Power inductor", "Relay", "DC-link capacitor", "Shunt"),
    "SN": ("Microcontroller", "Flash memory", "Radio transceiver", "Power management IC",
           "Pressure sensor", "Humidity sensor", "Antenna", "Battery holder", "Supercapacitor"),
    "PS": ("Microcontroller", "Optocoupler", "Synchronous rectifier", "Voltage reference",
           "Transformer", "Power MOSFET", "Bulk capacitor", "Common-mode choke", "Varistor"),
    "GW": ("Microcontroller", "Flash memory", "Ethernet PHY", "RAM",
           "Radio module", "SIM holder", "Power inductor", "Ethernet transformer", "RTC battery"),
    "DI": ("Microcontroller", "Flash memory", "Display controller", "RAM",
           "Display connector", "Rotary encoder", "Backlight inductor", "Buzzer", "Supercapacitor"),
    "LT": ("Microcontroller", "DALI transceiver", "LED controller", "Ambient light sensor",
           "Power MOSFET", "Power inductor", "Bulk capacitor", "Varistor", "Relay"),
}  # fmt: skip


@dataclass(frozen=True)
class Supplier:
    """Who delivers which kinds, and how many of a hundred deliveries are on time."""

    name: str
    on_time_percent: int


@dataclass(frozen=True)
class Bought:
    """A material that comes in."""

    code: str
    name: str
    group: str  # passive, active, controller, connector, pcb, mechanical, packaging, consumable
    supplier: str
    lead_days: int
    cost: float
    line: str = ""  # product line, or board, whose parts they are
    is_on_feeder: bool = False
    reel: int = 0  # pieces of a full reel or stack of trays; 0 comes loose


SUPPLIERS = {
    "ARDENT": Supplier("Ardent Passives", 90),
    "BELLWETHER": Supplier("Bellwether Distribution", 84),
    "CORVUS": Supplier("Corvus Semiconductors", 78),
    "DRACHENFELS": Supplier("Drachenfels Leiterplatten", 88),
    "ELBRUS": Supplier("Elbrus Connectors", 86),
    "FALKE": Supplier("Falke Kunststofftechnik", 92),
    "GIESEN": Supplier("Giesen Verpackung", 96),
}


def weeks(least: int, most: int, number: int) -> int:
    """A lead time between two, by the part's number [days]."""
    return 7 * (least + number * 5 % (most - least + 1))


def bought() -> list[Bought]:
    return [*_passives(), *_of_lines(), *_of_boards(), *_others()]


def _passives() -> list[Bought]:
    """The most used first: 10 kΩ and 100 nF before 82 Ω and 680 pF."""
    return [
        Bought(code, name, "passive", "ARDENT", weeks(14, 20, number), 0.003 + number % 9 * 0.001,
               is_on_feeder=True, reel=LARGE_REEL if number < POPULAR else SMALL_REEL)
        for number, (code, name) in enumerate(passives(COMMON))
    ]  # fmt: skip


def _of_lines() -> list[Bought]:
    rows = []
    for line, (name, _) in LINES.items():
        for number in range(OF_A_LINE):
            kind = LINE_KINDS[number % 10]
            code = f"{line}{kind[:2].upper()}-{number:02}"
            rows.append(
                Bought(code, f"{kind}, {name.lower()} {number:02}", "active", "BELLWETHER",
                       weeks(12, 24, number), 0.04 + number % 7 * 0.03, line, is_on_feeder=True,
                       reel=ACTIVE_REEL)
            )  # fmt: skip
    return rows


def _of_boards() -> list[Bought]:
    rows = []
    for board in boards():
        for place, kind in enumerate(OWN_KINDS[board.line]):
            is_controller, is_on_feeder = place == 0, place < ON_A_FEEDER
            reel = ACTIVE_REEL if is_on_feeder else TRAYS
            rows.append(
                Bought(f"{board.code}-U{place + 1}", f"{kind}, board {board.code}",
                       "controller" if is_controller else "active",
                       "CORVUS" if place < 4 else "BELLWETHER",
                       weeks(18, 40, board.number) if is_controller else weeks(12, 26, place),
                       3.2 if is_controller else 0.35 + place * 0.12, board.code,
                       is_on_feeder, CONTROLLER_REEL if is_controller else reel)
            )  # fmt: skip
        rows.append(
            Bought(f"PCB-{board.code}", f"Bare board {board.code}, panel of four, per board", "pcb",
                   "DRACHENFELS", 35, 1.4 + board.panel_s / 50, board.code)
        )  # fmt: skip
    return rows


@dataclass(frozen=True)
class Assortment:
    """Part numbers that differ in nothing that matters here; the kinds take turns."""

    count: int
    prefix: str
    kinds: dict[str, float]  # name: rough cost of a piece or kilogram
    group: str
    supplier: str
    lead_days: int


ASSORTMENTS = (
    Assortment(CONNECTORS, "CN", {f"Connector, {n} poles": 0.08 + 0.03 * n
                                  for n in (2, 3, 4, 6, 8, 12, 20)}, "connector", "ELBRUS", 70),
    Assortment(MECHANICAL, "ME", {"Housing": 2.8, "Lid": 1.6, "Seal": 0.35, "Screw M3": 0.04,
                                  "Spacer": 0.08, "Heat sink": 1.1, "Thermal pad": 0.4,
                                  "Cable set": 1.9, "Light guide": 0.3, "Foil keypad": 2.4},
               "mechanical", "FALKE", 42),
    Assortment(PACKAGING, "PK", {"ESD tray": 1.8, "ESD bag": 0.1, "Carton": 0.9, "Inlay": 0.4,
                                 "Serial label": 0.03, "Shipping label": 0.03, "Desiccant": 0.08},
               "packaging", "GIESEN", 10),
    Assortment(CONSUMABLES, "CO", {"Solder paste SAC305": 62, "Solder bar SN100C": 30,
                                   "Flux, no-clean": 11, "Conformal coating": 38,
                                   "Stencil cleaner": 7}, "consumable", "GIESEN", 14),
)  # fmt: skip


def _others() -> list[Bought]:
    rows = []
    for of in ASSORTMENTS:
        kinds = list(of.kinds.items())
        for n in range(1, of.count + 1):
            name, cost = kinds[(n - 1) % len(kinds)]
            rows.append(
                Bought(f"{of.prefix}-{n:03}", f"{name}, no. {n}", of.group, of.supplier,
                       of.lead_days, round(cost * (1 + n % 5 / 10), 3))
            )  # fmt: skip
    return rows


Placed = dict[str, int]  # part → pieces on a board
WANDERS = 14.0  # ranks by which two boards disagree about which common part to use
OF_LINE_WANDERS = 7.0


def placed_parts(rng: np.random.Generator) -> dict[str, Placed]:
    """What each board carries on its feeders and in trays: about 420 placements.

    Engineers take common values before rare ones, and what their product line uses already; so
    two boards share most feeders, and boards of one line more.
    """
    everything = bought()
    common = [each.code for each in everything if each.group == "passive"]
    found: dict[str, Placed] = {}
    for board in boards():
        own = [each.code for each in everything if each.line == board.code and each.group != "pcb"]
        of_line = [each.code for each in everything if each.line == board.line]
        from_line = _nearest(of_line, 22 + board.number % 11, OF_LINE_WANDERS, rng)
        count = board.bom_lines - len(own) - len(from_line) - OTHER_LINES
        from_common = _nearest(common, count, WANDERS, rng)
        pieces = dict.fromkeys([*own, *from_line], 1)
        total = 380 + board.number * 17 % 81
        each = rng.multinomial(total - len(pieces) - count, np.full(count, 1 / count)) + 1
        found[board.code] = pieces | {
            code: int(n) for code, n in zip(from_common, each, strict=True)
        }
    return found


OTHER_LINES = 7  # of a BOM: bare board, three connectors, label, tray, paste


def _nearest(codes: list[str], count: int, wanders: float, rng: np.random.Generator) -> list[str]:
    """The first ones, roughly."""
    ranks = np.arange(len(codes)) + rng.normal(0, wanders, len(codes))
    return [codes[place] for place in sorted(np.argsort(ranks, kind="stable")[:count].tolist())]
