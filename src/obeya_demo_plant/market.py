"""What the plant sees of its suppliers and customers: lists of what is owed, and of what lies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]
PIECES = ("H87", "C62", "EA", "PCE")  # of UN/ECE recommendation 20


@dataclass(frozen=True)
class Goods:
    """How materials are kept."""

    counted: Set[str]  # piece by piece
    by_lot: Set[str]


@dataclass(frozen=True)
class Purchase:
    """A line that a supplier owes."""

    number: str
    material: str
    quantity: float
    due: int  # seconds since 1970
    supplier: str


@dataclass(frozen=True)
class Proposal:
    """What the plan would buy."""

    material: str
    quantity: float
    due: int
    supplier: str
    lead_s: int
    as_of: int  # when the plan looked


@dataclass(frozen=True)
class Line:
    """A line that a customer waits for, or has announced."""

    code: str
    material: str
    quantity: float
    due: int
    customer: str
    order: str
    kind: str
    weight: int


@dataclass(frozen=True)
class Agreement:
    """What a customer calls off."""

    code: str
    customer: str
    material: str


def agreements(rows: Sequence[Row]) -> list[Agreement]:
    return [Agreement(row["code"], row["customer"], row["material"]) for row in rows]


def goods(materials: Sequence[Row]) -> Goods:
    return Goods(
        counted={row["code"] for row in materials if row["unit"] in PIECES},
        by_lot={row["code"] for row in materials if row["is_lot_tracked"]},
    )


def purchases(rows: Sequence[Row]) -> list[Purchase]:
    return [
        Purchase(
            number=row["number"],
            material=row["material"],
            quantity=float(row["quantity"]),
            due=_moment(row["due_at"]),
            supplier=row["supplier"] or "",
        )
        for row in rows
        if row["status"] in ("firm", "released")
    ]


def proposals(rows: Sequence[Row]) -> list[Proposal]:
    """The soonest first."""
    found = [
        Proposal(
            material=row["material"],
            quantity=float(row["quantity"]),
            due=_moment(row["due_at"]),
            supplier=row["supplier"] or "",
            lead_s=int(row["lead_time_s"] or 0),
            as_of=_moment(row["as_of"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.due, each.material, each.quantity))


def lines(rows: Sequence[Row]) -> list[Line]:
    return [
        Line(
            code=row["code"],
            material=row["material"],
            quantity=float(row["quantity"]),
            due=_moment(row["due_at"]),
            customer=row["customer"] or "",
            order=row["order_code"],
            kind=row["kind"],
            weight=int(row["weight"]),
        )
        for row in rows
        if row["status"] == "open"
    ]


def shipped(rows: Sequence[Row], customer: str) -> dict[str, float]:
    """Of each material what has left for a customer."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["status"] == "shipped" and row["customer"] == customer:
            found[row["material"]] += float(row["quantity"])
    return found


def free_stock(rows: Sequence[Row], stores: Set[str]) -> dict[str, float]:
    """Of each material what lies in a store and may be used."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["status"] == "available" and row["location"] in stores:
            found[row["material"]] += float(row["quantity"])
    return found


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
