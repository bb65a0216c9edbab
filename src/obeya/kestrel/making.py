"""Materials, bills of materials, tools, alternates and setup times, as rows of their sheets."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from obeya.kestrel import bought
from obeya.kestrel.bought import SUPPLIERS, Bought
from obeya.kestrel.parts import (
    INSIDE_LOTS,
    LOST_INSIDE,
    SOLD,
    Part,
    made_parts,
    named,
    pumps_pinion,
    sold_parts,
)
from obeya.kestrel.routings import ROUTES, standard_s, tool_of
from obeya.kestrel.rows import Row

COSTS = {"BT": 14.1, "OP": 31.0, "TS": 19.2, "PN": 7.6, "VS": 2.1, "BR": 0.74,
         "PS": 2.3, "AR": 4.2, "HS": 9.9, "CV": 3.2, "BB": 0.62}  # fmt: skip
STORAGE = {"purchased": "PARTS", "raw": "RAW", "packaging": "PACK", "consumable": "PACK",
           "spare": "SPARES"}  # fmt: skip


def all_parts() -> list[Part]:
    return [*sold_parts(), *made_parts()]


def all_bought() -> list[Bought]:
    return [*bought.bought_parts(), *bought.raw_materials(),
            *bought.packaging_and_consumables(), *bought.spares()]  # fmt: skip


def materials() -> Iterator[Row]:
    for part in all_parts():
        lot = line_lot(part) // 2 if part.is_sold else line_lot(part)
        yield {
            "code": part.code,
            "name": named(part),
            "kind": "finished" if part.is_sold else "semifinished",
            "policy": "make",
            "lot_rule": "lot_for_lot" if part.is_sold else "fixed",
            "lot_minimum": Decimal(lot),
            "standard_cost": Decimal(str(COSTS[part.kind])),
            "storage": "FINISHED" if part.is_sold else "WIP",
        }
    for each in all_bought():
        supplier = SUPPLIERS[each.supplier]
        yield {
            "code": each.code,
            "name": each.name,
            "kind": each.kind,
            "unit": each.unit,
            "policy": "buy",
            "is_lot_tracked": each.kind == "raw",
            "lead_time_days": Decimal(str(supplier.lead_days)),
            "lot_minimum": Decimal(supplier.minimum if each.kind in ("raw", "purchased") else 0),
            "standard_cost": Decimal(str(round(each.cost, 2))),
            "storage": STORAGE[each.kind],
            "supplier": each.supplier,
        }


def bom() -> Iterator[Row]:
    for part in all_parts():
        for component, quantity, per, scrap in INTO[part.kind](part):
            yield {
                "material": part.code,
                "component": component,
                "quantity_per": Decimal(str(quantity)),
                "per_quantity": Decimal(per),
                "scrap_percent": Decimal(str(scrap)),
            }


Line = tuple[str, float, int, float]  # component, quantity, per how many, percent lost


def _tensioner(part: Part) -> list[Line]:
    place, lost = part.number - 1, LOST_INSIDE["BT"]
    series = part.code[3:5]

    def turn(of: tuple[str, ...]) -> str:
        return of[place % len(of)]

    return [
        (f"AR-{series}01", 1, 1, lost), (f"PS-{series}02", 1, 1, lost),
        (f"BR-{series}05", 1, 1, 0), (f"SP-{series}", 1, 1, 0), (turn(bought.BUSHES), 2, 1, 0),
        (turn(bought.PULLEYS), 1, 1, 0), (turn(bought.BEARINGS), 1, 1, 0),
        (f"BO-{turn(bought.BOLTS)}", 1, 1, 0), (turn(bought.RINGS), 1, 1, 0),
        ("PK-16", 1, 1, 0), ("PK-01", 1, 24, 0),
    ]  # fmt: skip


def _pump(part: Part) -> list[Line]:
    place, lost = part.number - 1, LOST_INSIDE["OP"]
    series = part.code[3:5]
    return [
        (f"HS-{series}01", 1, 1, lost), (pumps_pinion(part.number), 1, 1, 0),
        (f"RT-{series}", 1, 1, 0), (f"CV-{series}04", 1, 1, lost),
        (f"SE-{bought.SEALS[place % 4]}", 1, 1, 0), (f"OR-{bought.O_RINGS[place % 4]}", 2, 1, 0),
        (f"SC-{bought.SCREWS[place % 4]}", 6, 1, 0), (f"CI-{(16, 18, 20)[place % 3]}", 1, 1, 0),
        (f"PI-{(4, 5, 6, 8)[place % 4]}", 2, 1, 0), ("CO-01", 3, 1_000, 0),
        ("PK-16", 1, 1, 0), ("PK-02", 1, 24, 0),
    ]  # fmt: skip


def _casting(part: Part) -> list[Line]:
    """Older series are milled from the castings of the current ones."""
    current = bought.TENSIONERS if part.kind == "AR" else bought.PUMPS
    series = current[(part.number - 1) % 20 % len(current)]
    return [(f"CA-{series}{part.code[-2:]}", 1, 1, 0)]


def _bar(prefix: str, diameters: tuple[int, ...], kg: float) -> Callable[[Part], list[Line]]:
    def lines(part: Part) -> list[Line]:
        return [(f"{prefix}-{diameters[part.number % len(diameters)]}", kg, 1, 2)]

    return lines


def _coil(thicknesses: tuple[str, ...], kg: float) -> Callable[[Part], list[Line]]:
    def lines(part: Part) -> list[Line]:
        return [(thicknesses[part.number % len(thicknesses)], kg, 1, 1.5)]

    return lines


INTO: dict[str, Callable[[Part], list[Line]]] = {
    "BT": _tensioner, "OP": _pump, "AR": _casting, "HS": _casting, "CV": _casting,
    "TS": _bar("BAR16", (45, 50), 1.85), "PN": _bar("BAR16", (28, 32), 0.62),
    "VS": _bar("BAR11", (16, 20), 0.09), "PS": _bar("BAR42", (40, 36), 0.48),
    "BR": _coil(("DC04-2.0", "DC04-1.5", "S355-2.5"), 0.36), "BB": _coil(("DC04-2.0",), 0.41),
}  # fmt: skip


def tools(copies: int) -> Iterator[Row]:
    """Dies and hobs there is one set of, fixtures two; a bigger plant has more."""
    names = {"DIE": "Die of bracket", "FX": "Fixture", "TL": "Gear hob"}
    found = {
        tool_of(step, part): step.tool
        for part in all_parts()
        for step in ROUTES[part.kind]
        if step.tool
    }
    for code, kind in sorted(found.items()):
        quantity = (1 if kind == "DIE" else 2) * copies
        yield {"code": code, "name": f"{names[kind]} {code.split('-', 1)[1]}", "quantity": quantity}


def alternates(copies_of: Callable[[str], list[str]]) -> Iterator[Row]:
    """Machines that may do it too, slower; and presses that are too weak."""

    def on(part: Part, place: int, machine: str, preference: int, slower: float) -> Iterator[Row]:
        step = ROUTES[part.kind][place]
        run_s = Decimal(str(round(float(standard_s(step, part)) * slower, 1)))
        for code in copies_of(machine):
            yield {"material": part.code, "operation": step.number, "equipment": code,
                   "preference": preference, "run_s": run_s, "is_forbidden": False}  # fmt: skip

    for part in all_parts():
        if part.kind == "PS":
            yield from on(part, 1, "TURN-5", 2, 1.10)
        elif part.kind == "PN":
            yield from on(part, 2, "BROACH-1", 2, 1.08)
        elif part.kind == "OP":
            yield from on(part, 0, "CELL-5", 2, 1.06)
        elif part.kind == "BT" and part.number <= 4:
            yield from on(part, 0, "CELL-6", 2, 1.04)
        elif part.kind == "BR" and part.number >= 3:
            for code in copies_of("PRESS-63"):
                yield {"material": part.code, "operation": 10, "equipment": code,
                       "preference": 1, "run_s": None, "is_forbidden": True}  # fmt: skip


def line_lot(part: Part) -> int:
    """Pieces of the usual order of a part."""
    return INSIDE_LOTS[part.kind] if not part.is_sold else SOLD[part.kind].lot
