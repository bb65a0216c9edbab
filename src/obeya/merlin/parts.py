"""What Merlin buys: 1,100 part numbers, from resistors on reels to cartons."""

from dataclasses import dataclass

import numpy as np

from obeya.merlin.boards import LINES, boards

COMMON, OF_A_LINE, OF_A_BOARD, CONNECTORS, MECHANICAL, PACKAGING, CONSUMABLES = (
    200, 50, 9, 90, 70, 35, 25,
)  # fmt: skip
E12 = (10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82)
ON_A_FEEDER = 4  # of the nine parts that only one board has; the others come in trays
LINE_KINDS = ("transistor", "diode", "op-amp", "regulator", "inductor", "electrolytic", "LED",
              "crystal", "filter", "driver")  # fmt: skip
OWN_KINDS = ("microcontroller", "memory", "transceiver", "power stage", "converter", "sensor",
             "transformer", "relay", "shunt")  # fmt: skip
MECHANICAL_KINDS = ("housing", "lid", "seal", "screw", "spacer", "heat sink", "thermal pad",
                    "cable set", "light guide", "foil keypad")  # fmt: skip
PACKAGING_KINDS = ("ESD tray", "ESD bag", "carton", "inlay", "serial label", "shipping label",
                   "desiccant")  # fmt: skip
CONSUMABLE_KINDS = ("Solder paste SAC305", "Solder bar SN100C", "Flux, no-clean", "Coating",
                    "Stencil wipe")  # fmt: skip


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
    rows = []
    for number in range(COMMON):
        value = E12[number % 12] * 10 ** (number // 24 % 4)
        size = "0402" if number % 5 else "0603"
        better = number // 96  # of the same value, for other voltages and tolerances
        if number // 12 % 2:
            shown, rated = _shown(value, ("pF", "nF", "µF")), ("50 V X7R", "25 V X7R", "16 V")
            code, name = f"C{size}", "Capacitor"
        else:
            shown, rated = _shown(value, ("Ω", "kΩ", "MΩ")), ("1 %", "0.1 %", "5 %")
            code, name = f"R{size}", "Resistor"
        rows.append(
            Bought(f"{code}-{shown.replace(' ', '')}-{'ABC'[better]}",
                   f"{name} {size} {shown} {rated[better]}", "passive", "ARDENT",
                   weeks(14, 20, number), 0.003 + number % 9 * 0.001, is_on_feeder=True)
        )  # fmt: skip
    return rows


def _shown(value: int, units: tuple[str, ...]) -> str:
    """As people say it: 4.7 kΩ."""
    power = (len(str(value)) - 1) // 3
    return f"{value / 1_000**power:g} {units[power]}"


def _of_lines() -> list[Bought]:
    rows = []
    for line, (name, _) in LINES.items():
        for number in range(OF_A_LINE):
            kind = LINE_KINDS[number % 10]
            code = f"{line}{kind[:2].upper()}-{number:02}"
            title = f"{kind} {number} ({name})".capitalize()
            rows.append(
                Bought(code, title, "active", "BELLWETHER", weeks(12, 24, number),
                       0.04 + number % 7 * 0.03, line, is_on_feeder=True)
            )  # fmt: skip
    return rows


def _of_boards() -> list[Bought]:
    rows = []
    for board in boards():
        for place, kind in enumerate(OWN_KINDS):
            is_controller = place == 0
            rows.append(
                Bought(f"{board.code}-U{place + 1}", f"{kind} of {board.code}".capitalize(),
                       "controller" if is_controller else "active",
                       "CORVUS" if place < 4 else "BELLWETHER",
                       weeks(18, 40, board.number) if is_controller else weeks(12, 26, place),
                       3.2 if is_controller else 0.35 + place * 0.12, board.code,
                       is_on_feeder=place < ON_A_FEEDER)
            )  # fmt: skip
        rows.append(
            Bought(f"PCB-{board.code}", f"Bare board {board.code}, panel of four, per board", "pcb",
                   "DRACHENFELS", 35, 1.4 + board.panel_s / 50, board.code)
        )  # fmt: skip
    return rows


@dataclass(frozen=True)
class Assortment:
    """Part numbers that differ in nothing that matters here."""

    count: int
    prefix: str
    kinds: tuple[str, ...]
    group: str
    supplier: str
    lead_days: int
    cost: float


POLES = tuple(f"connector, {n} poles" for n in (2, 3, 4, 6, 8, 12, 20))
ASSORTMENTS = (
    Assortment(CONNECTORS, "CN", POLES, "connector", "ELBRUS", 70, 0.22),
    Assortment(MECHANICAL, "ME", MECHANICAL_KINDS, "mechanical", "FALKE", 42, 0.6),
    Assortment(PACKAGING, "PK", PACKAGING_KINDS, "packaging", "GIESEN", 10, 0.08),
    Assortment(CONSUMABLES, "CO", CONSUMABLE_KINDS, "consumable", "GIESEN", 14, 40),
)


def _others() -> list[Bought]:
    return [
        Bought(f"{of.prefix}-{n:03}", f"{of.kinds[n % len(of.kinds)]} {n:03}".capitalize(),
               of.group, of.supplier, of.lead_days, round(of.cost * (1 + n % 5 / 4), 3))
        for of in ASSORTMENTS
        for n in range(1, of.count + 1)
    ]  # fmt: skip


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
