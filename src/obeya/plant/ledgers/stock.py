"""The stock ledger's one way in: every quantity leaves one place and arrives at another.

Called inside actions: the caller's transaction is what makes a refusal change nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from obeya.plant.ledgers.balances import InsufficientStock, change_balances
from obeya.plant.ledgers.models import StockMove, StockStatus
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Unit
from obeya.plant.resources.units import KEPT, NoConversion, conversions_for
from obeya.plant.work.models import JobOrder

__all__ = ["AlreadyReversed", "InsufficientStock", "Move", "post", "reverse"]


@dataclass(frozen=True)
class Move:
    """What shall go where; `quantity` counts in `unit`, or in the material's base unit."""

    material: Material
    quantity: Decimal
    from_location: Equipment
    to_location: Equipment
    lot: MaterialLot | None = None
    status: str = StockStatus.AVAILABLE  # on arrival
    from_status: str = ""  # empty: the same
    unit: Unit | None = None
    at: datetime | None = None  # None: now
    job: JobOrder | None = None
    document: str = ""


class AlreadyReversed(Refusal):
    """A move can be reversed once."""


def post(*, moves: Sequence[Move], by: Actor) -> list[StockMove]:
    """Write the moves and change the balances; all or none.

    Raises RowsRefused for moves that make no sense, InsufficientStock when a place would be
    overdrawn. Query count does not grow with the moves.
    """
    rows = _checked(moves, by)
    change_balances(rows)
    return insert_many(rows, ids=True)


def reverse(
    *, moves: Sequence[StockMove], by: Actor, at: datetime | None = None, document: str = ""
) -> list[StockMove]:
    """Take moves back: new rows from where they went to where they came from.

    They are effective when the wrong ones were (the error never was), or at `at` (it was undone).
    Raises AlreadyReversed, or InsufficientStock when what was moved has gone on.
    """
    wrong = _to_reverse([each.pk for each in moves])
    recorded_at = clock.real_now()
    rows = [
        StockMove(
            site_id=move.site_id,
            from_location=move.to_location,
            to_location=move.from_location,
            material=move.material,
            lot=move.lot,
            from_status=move.status,
            status=move.from_status,
            quantity=move.quantity,
            unit_id=move.unit_id,
            entered_quantity=move.entered_quantity,
            effective_at=at or move.effective_at,
            recorded_at=recorded_at,
            job_id=move.job_id,
            document=document or move.document,
            reverses=move,
            by_id=by.account_id,
        )
        for move in wrong
    ]
    change_balances(rows)
    return insert_many(rows, ids=True)


def _to_reverse(ids: Sequence[int]) -> list[StockMove]:
    """The moves, locked: whoever reverses the same ones waits, and is refused."""
    found = {
        each.pk: each
        for each in StockMove.objects.filter(pk__in=ids)
        .select_related("from_location", "to_location", "material", "lot")
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    if len(set(ids)) < len(ids):
        raise AlreadyReversed("The same move is named twice. A move can be reversed once.")
    taken = StockMove.objects.filter(reverses__in=ids).order_by("pk").first()
    if taken is not None and taken.reverses_id is not None:
        raise AlreadyReversed(
            f"The move of {found[taken.reverses_id]} was reversed already,"
            f" at {taken.recorded_at:%Y-%m-%d %H:%M} UTC."
            " A move can be reversed once; post a new one instead."
        )
    if undone := next((each for each in found.values() if each.reverses_id), None):
        raise AlreadyReversed(
            f"The move of {undone} is itself a reversal, which cannot be reversed."
            " Post a new move instead."
        )
    return [found[pk] for pk in ids]


def _checked(moves: Sequence[Move], by: Actor) -> list[StockMove]:
    now, recorded_at = clock.now(), clock.real_now()
    conversions = conversions_for(
        [move.material for move in moves if move.unit and move.unit.pk != move.material.unit_id]
    )
    rows: list[StockMove] = []
    problems: list[Problem] = []
    for number, move in enumerate(moves):
        found = list(_problems(move))
        quantity = move.quantity
        try:
            if move.unit is not None:
                quantity = conversions.to_base(move.material, move.quantity, move.unit)
        except NoConversion as refusal:
            found.append(
                Problem("no such conversion", str(refusal), field="unit", value=str(move.unit))
            )
        problems += [replace(each, row=number) for each in found]
        rows.append(
            StockMove(
                site_id=move.from_location.site_id,
                from_location=move.from_location,
                to_location=move.to_location,
                material=move.material,
                lot=move.lot,
                from_status=move.from_status or move.status,
                status=move.status,
                quantity=quantity,
                unit_id=move.unit.pk if move.unit else move.material.unit_id,
                entered_quantity=move.quantity,
                effective_at=move.at or now,
                recorded_at=recorded_at,
                job=move.job,
                document=move.document,
                by_id=by.account_id,
            )
        )
    if problems:
        raise RowsRefused(problems)
    return rows


def _problems(move: Move) -> Iterator[Problem]:
    if move.quantity <= 0:
        yield Problem(
            "a move has a positive quantity",
            "To take something back, reverse the move, or swap the places.",
            field="quantity",
            value=str(move.quantity),
        )
    if move.quantity != move.quantity.quantize(KEPT):
        yield Problem(
            "a quantity has at most six decimals",
            "Round it first.",
            field="quantity",
            value=str(move.quantity),
        )
    if move.from_location.site_id != move.to_location.site_id:
        yield Problem(
            f"{move.from_location} and {move.to_location} are at different sites",
            "Ship from one site (to CUSTOMER) and receive at the other (from SUPPLIER).",
            field="to_location",
            value=move.to_location.code,
        )
    if move.from_location.pk == move.to_location.pk and move.from_status in {"", move.status}:
        yield Problem(
            f"{move.material} would stay at {move.to_location} as it is",
            "Choose another place or another status.",
            field="to_location",
            value=move.to_location.code,
        )
    for field, place in (("from_location", move.from_location), ("to_location", move.to_location)):
        if place.level != Equipment.Level.STORAGE:
            yield Problem(
                f"{place} is no storage but {place.get_level_display()}",
                "Stock lies in equipment of the level storage.",
                field=field,
                value=place.code,
            )
    if move.material.is_lot_tracked and move.lot is None:
        yield Problem(f"{move.material} is kept by lot", "Name the lot.", field="lot")
    if move.lot is not None and move.lot.material_id != move.material.pk:
        yield Problem(
            f"lot {move.lot} is not of {move.material}",
            "Choose a lot of this material.",
            field="lot",
            value=move.lot.code,
        )
