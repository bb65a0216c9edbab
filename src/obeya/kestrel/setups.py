"""The setup matrix: what it takes to change a machine from one family to another [min]."""

from collections.abc import Iterator
from decimal import Decimal

from obeya.kestrel.making import all_parts
from obeya.kestrel.routings import ROUTES, family_of
from obeya.kestrel.rows import Row

SAME_PART = {"SAW": 5, "TURN": 24, "MILL": 22, "GEAR": 30, "PRESS": 15, "WELD": 8, "GRIND": 28,
             "ASSY": 8, "HEAT": 5, "PLATE": 6}  # fmt: skip
OTHER = {"SAW": 12, "TURN": 75, "MILL": 72, "GEAR": 120, "PRESS": 85, "WELD": 32, "GRIND": 85,
         "ASSY": 26, "HEAT": 25, "PLATE": 40}  # fmt: skip
FULL = ("TURN", "MILL", "GRIND")  # every pair of families has its own
HARD_CHANGE = {"TURN": (95, 110), "MILL": (95, 120), "GRIND": (95, 140)}  # chuck, fixture, wheel
DEGREES = {"CASE-08": 930, "CASE-12": 930, "HARDEN-850": 850, "TEMPER-180": 180,
           "TEMPER-560": 560}  # fmt: skip
COOL, HEAT_UP, CASE_DEPTH = 90, 45, 25  # a furnace cools more slowly than it heats


def setup_times(machines: dict[str, list[str]]) -> Iterator[Row]:
    """Rows of the sheet Setup; ``machines`` are those of each work center."""
    for center, other in OTHER.items():
        families = families_at(center)
        yield _row(center, "", "", other, tuple(machines[center]))
        for family in families:
            yield _row(center, family, family, SAME_PART[center])
        if center == "HEAT" or center in FULL:
            for old in families:
                for new in families:
                    if old != new:
                        yield _row(center, old, new, minutes(center, old, new))


def families_at(center: str) -> list[str]:
    return sorted(
        {
            family
            for part in all_parts()
            for step in ROUTES[part.kind]
            if step.center == center and (family := family_of(step, part))
        }
    )


def minutes(center: str, old: str, new: str) -> int:
    if center == "HEAT":
        if DEGREES[old] == DEGREES[new]:
            return CASE_DEPTH
        return COOL if DEGREES[old] > DEGREES[new] else HEAT_UP
    spread = sum(map(ord, old)) * 7 + sum(map(ord, new)) * 3  # its own for each pair and way
    if kind_of(center, old) == kind_of(center, new):
        return 55 + spread % 31
    low, high = HARD_CHANGE[center]
    return low + spread % (high - low + 1)


def kind_of(center: str, family: str) -> str:
    """Families of one kind change without another chuck, fixture or wheel."""
    if center == "TURN":
        return "bar" if int(family[1:]) <= 32 else "chuck"
    return family[:4] if center == "GRIND" else family.split("-", maxsplit=1)[0]


def _row(center: str, old: str, new: str, at_least: int, machines: tuple[str, ...] = ()) -> Row:
    return {"matrix": center, "from_family": old, "to_family": new,
            "setup_min": Decimal(at_least), "equipment": machines}  # fmt: skip
