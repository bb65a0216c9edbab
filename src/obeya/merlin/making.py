"""Materials, bills of materials and operations, as rows of their sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from obeya.kestrel.rows import Row
from obeya.merlin.boards import LINES, MSL3_HOURS, PANEL, PIECES_A_WEEK, Board, boards
from obeya.merlin.lines import CENTERS
from obeya.merlin.parts import SUPPLIERS, Bought, Placed, bought

COMPONENTS_EUR_A_YEAR, CONVERSION_EUR_A_YEAR = 14.0e6, 6.1e6
ATTRITION_PERCENT = {"passive": 0.3, "active": 0.05, "controller": 0.05}
PASTE_KG = 0.0009  # on a side
BOX = {1: 1, 2: 1, 3: 1, 4: 4}  # in a device: housing, lid, seal, four screws
STORAGE = {"passive": "REELS", "active": "REELS", "controller": "REELS",
           "packaging": "PACKAGING", "consumable": "PACKAGING"}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """An operation after placing; seconds of a board."""

    name: str
    center: str
    run_s: float


SOLDER = Step("Solder leaded parts", "SELECTIVE", 17)
IN_CIRCUIT = Step("In-circuit test", "ICT", 40)
COAT = Step("Coat", "COAT", 30)
FUNCTIONAL = Step("Functional test", "FCT", 95)
PACK = Step("Final check and pack", "PACK", 9)
BUILD = Step("Build device", "BOX", 120)
LAST = Step("Test device and pack", "PACK", 20)


def components(board: Board, placed: Mapping[str, Placed]) -> dict[str, float]:
    """What goes into a board, by part: pieces, or kilograms of paste."""
    number = board.number
    plugs = [f"CN-{1 + (number * 5 + n * 31) % 90:03}" for n in range(3)]
    return (
        {code: float(count) for code, count in placed[board.code].items()}
        | {f"PCB-{board.code}": 1.0}
        | dict.fromkeys(plugs, 1.0)
        | {f"PK-{5 + 7 * (number % 5):03}": 1.0, f"PK-{1 + 7 * (number % 5):03}": 1 / 20}
        | {f"CO-{1 + 5 * (number % 5):03}": PASTE_KG * board.sides}
    )


def box_parts(board: Board) -> dict[str, float]:
    """Of its own ten numbers: the box, and two of spacer, heat sink and the like."""
    device = board.number // 5
    pieces = BOX | {5 + device % 6: 1, 5 + (device + 2) % 6: 1}
    return {f"ME-{10 * device + n:03}": float(count) for n, count in pieces.items()} | {
        "PK-003": 0.1
    }


def costs(placed: Mapping[str, Placed]) -> dict[str, float]:
    """Of each part [€]: what a year's boards take is worth the money of the specification."""
    rough = {each.code: each.cost for each in bought()}
    year = 0.0
    for board in boards():
        pieces = PIECES_A_WEEK * board.share * 52
        parts = components(board, placed) | (box_parts(board) if board.device else {})
        year += pieces * sum(rough[code] * count for code, count in parts.items())
    return {code: cost * COMPONENTS_EUR_A_YEAR / year for code, cost in rough.items()}


def materials(placed: Mapping[str, Placed]) -> Iterator[Row]:
    cost = costs(placed)
    for board in boards():
        parts = sum(cost[code] * n for code, n in components(board, placed).items())
        yield _made(board.code, board.name, "semifinished" if board.device else "finished",
                    parts * _WITH_CONVERSION, board)  # fmt: skip
        if board.device:
            boxed = parts + sum(cost[code] * n for code, n in box_parts(board).items())
            name = f"{LINES[board.line][0]} {board.code[3:]}, device"
            yield _made(board.device, name, "finished", boxed * _WITH_CONVERSION, board)
    for each in bought():
        yield _bought(each, cost[each.code])


_WITH_CONVERSION = 1 + CONVERSION_EUR_A_YEAR / COMPONENTS_EUR_A_YEAR


def _made(code: str, name: str, kind: str, cost: float, board: Board) -> Row:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "policy": "make",
        "is_lot_tracked": True,
        "lot_rule": "lot_for_lot",
        "lot_multiple": Decimal(PANEL if code == board.code else 1),
        "standard_cost": Decimal(str(round(cost, 2))),
        "storage": "WIP" if kind == "semifinished" else "FINISHED",
    }


def _bought(each: Bought, cost: float) -> Row:
    kind = each.group if each.group in ("packaging", "consumable") else "purchased"
    return {
        "code": each.code,
        "name": each.name,
        "kind": kind,
        "unit": "KGM" if kind == "consumable" else "H87",
        "policy": "buy",
        "is_lot_tracked": each.reel > 0,
        "lead_time_days": Decimal(each.lead_days),
        "lot_multiple": Decimal(each.reel or 1),
        "standard_cost": Decimal(str(round(max(cost, 0.0005), 4))),
        "storage": STORAGE.get(each.group, "PARTS"),
        "supplier": each.supplier,
    }


def bom(placed: Mapping[str, Placed]) -> Iterator[Row]:
    group = {each.code: each.group for each in bought()}
    for board in boards():
        for code, count in sorted(components(board, placed).items()):
            yield _line(board.code, code, count, ATTRITION_PERCENT.get(group[code], 0.0))
        if board.device:
            yield _line(board.device, board.code, 1, 0)
            for code, count in sorted(box_parts(board).items()):
                yield _line(board.device, code, count, 0)


def _line(material: str, component: str, count: float, lost_percent: float) -> Row:
    per = 1 if count >= 0.5 else round(1 / count)
    return {
        "material": material,
        "component": component,
        "quantity_per": Decimal(str(round(count * per, 3))),
        "per_quantity": Decimal(per),
        "scrap_percent": Decimal(str(lost_percent)),
    }


def steps(board: Board) -> list[Step]:
    """What follows placing, board by board."""
    wanted = [(board.is_soldered, SOLDER), (board.is_circuit_tested, IN_CIRCUIT),
              (board.is_coated, COAT), (board.is_function_tested, FUNCTIONAL),
              (not board.device, PACK)]  # fmt: skip
    return [step for is_wanted, step in wanted if is_wanted]


def operations() -> Iterator[Row]:
    for board in boards():
        number = 0
        for family in board.families():
            number += 10
            side = family.rpartition(" ")[2].lower()
            yield _operation(board.code, number, f"Print, place and reflow, {side}", "SMT",
                             board.panel_s / PANEL) | {
                "setup_family": family,
                "maximum_wait_min": Decimal(60 * MSL3_HOURS)
                if number < 10 * board.sides
                else None,
            }  # fmt: skip
        for step in steps(board):
            number += 10
            yield _operation(board.code, number, step.name, step.center, step.run_s)
        if board.device:
            for place, step in enumerate((BUILD, LAST), 1):
                yield _operation(board.device, 10 * place, step.name, step.center, step.run_s)


def _operation(material: str, number: int, name: str, center: str, run_s: float) -> Row:
    where = CENTERS[center]
    return {
        "material": material,
        "number": number,
        "name": name,
        "equipment_class": where.machine_class,
        "setup_min": Decimal(str(where.setup_min)),
        "run_s": Decimal(str(round(run_s, 2))),
        "skill": where.skill,
        "crew_size": where.crew,
    }


def parties() -> Iterator[Row]:
    for code, each in SUPPLIERS.items():
        yield {"code": code, "name": each.name, "is_customer": False, "is_supplier": True}
