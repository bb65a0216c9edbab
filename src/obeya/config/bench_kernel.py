"""What the kernel can carry: actions, bulk import, one lot wanted by twenty, verify.

Everything runs on a scratch database of its own, through the same actions, guards and triggers.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from obeya.plant.ledgers.balances import disagreements
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.ledgers.stock import InsufficientStock, Move, post
from obeya.plant.log import clock, deliveries, seals
from obeya.plant.log.actions import Busy, action
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.events import event
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.publishing import publish
from obeya.plant.log.reactions import Reaction
from obeya.plant.log.rooms import Module, enter
from obeya.plant.log.scratch import scratch_database
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialLot,
    Party,
    Reason,
    Site,
    Skill,
    Unit,
)
from obeya.plant.resources.sites import PRODUCTION, SUPPLIER, open_site, virtual_place

ACTIONS = 1_000
IMPORTED = 25_000
ISSUERS, ISSUES_EACH = 20, 10
EVENTS = 100_000


@event("bench.reported", view="log.view_events")
@dataclass(frozen=True)
class Reported:
    rows: list[int]


@event("bench.imported", view="log.view_events")
@dataclass(frozen=True)
class Imported:
    count: int


@event("bench.issued", view="log.view_events")
@dataclass(frozen=True)
class Issued:
    moves: list[int]


@action(permission="bench.report")
def report(*, code: str, by: Actor) -> list[int]:
    """Three rows in three tables and an event, each by the ORM, as a room would write them."""
    rows = [
        Party.objects.create(code=code, name=code),
        Skill.objects.create(code=code, name=code),
        Reason.objects.create(kind="down", code=code, name=code),
    ]
    ids = [row.pk for row in rows]
    publish(Reported(ids))
    return ids


@action(permission="bench.import")
def import_parties(*, count: int, by: Actor) -> int:
    insert_many([Party(code=f"import {n}", name=f"Party {n}") for n in range(count)])
    publish(Imported(count))
    return count


@action(permission="bench.issue")
def move_lot(*, site: Site, moves: list[Move], by: Actor) -> list[int]:
    posted = [row.pk for row in post(moves=moves, by=by)]
    publish(Issued(posted), site=site)
    return posted


def run() -> dict[str, Any]:
    with scratch_database():
        by = system_actor()
        enter(_room())
        return {
            "actions": measure_actions(by),
            "bulk_import": measure_import(by),
            "one_lot": measure_contention(by),
            "reactions": measure_reactions(by),
            "verify": measure_verify(by),
        }


def measure_actions(by: Actor) -> dict[str, Any]:
    """Three rows, an event, a delivery and a key, one process, one after the other."""
    waits, cpu_s, wall_s = [], time.process_time(), time.perf_counter()
    for number in range(ACTIONS):
        began = time.perf_counter()
        report(code=f"R{number}", by=by, key=f"bench-{number}")
        waits.append(1000 * (time.perf_counter() - began))
    wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
    waits.sort()
    return {
        "actions_per_second": round(ACTIONS / wall_s),
        "actions_per_second_of_processor_time": round(ACTIONS / cpu_s),
        "p50_ms": round(waits[ACTIONS // 2], 2),
        "p95_ms": round(waits[int(ACTIONS * 0.95)], 2),
    }


def measure_import(by: Actor) -> dict[str, Any]:
    took_s = timed(lambda: import_parties(count=IMPORTED, by=by))
    return {"rows": IMPORTED, "rows_per_second": round(IMPORTED / took_s)}


def measure_contention(by: Actor) -> dict[str, Any]:
    """Twenty issue from one lot that holds half of what they want together."""
    site, inward, outward = _one_lot()
    wanted = ISSUERS * ISSUES_EACH
    move_lot(site=site, moves=[inward(wanted // 2)], by=by)
    counts = {"issued": 0, "refused": 0, "deadlocked": 0}
    lock, gate = threading.Lock(), threading.Barrier(ISSUERS)

    def issue() -> None:
        gate.wait()
        for _ in range(ISSUES_EACH):
            try:
                move_lot(site=site, moves=[outward(1)], by=by)
                outcome = "issued"
            except InsufficientStock:
                outcome = "refused"
            except Busy:
                outcome = "deadlocked"
            with lock:
                counts[outcome] += 1
        connection.close()

    threads = [threading.Thread(target=issue) for _ in range(ISSUERS)]

    def all_of_them() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    took_s = timed(all_of_them)
    left = sum(row.quantity for row in StockBalance.objects.all())
    return {
        "issuers": ISSUERS,
        **counts,
        "left": str(left),
        "overdrawn": left < 0 or counts["issued"] != wanted // 2,
        "attempts_per_second": round(wanted / took_s),
        "disagreements": disagreements(),
    }


def measure_reactions(by: Actor) -> dict[str, Any]:
    """What the actions above left to do; the reaction is an action with one row and an event."""
    ran = 0

    def drain() -> None:
        nonlocal ran
        ran = deliveries.drain("fast")

    took_s = timed(drain)
    return {"reactions_per_second": round(ran / took_s), "reactions": ran}


def measure_verify(by: Actor) -> dict[str, Any]:
    now = clock.real_now()
    for start in range(0, EVENTS, 10_000):
        insert_many(
            [
                OperationsEvent(
                    kind="bench.reported",
                    effective_at=now,
                    recorded_at=now,
                    actor_id=by.account_id,
                    source="system",
                    payload=f'{{"rows":[{start + n},{start + n + 1},{start + n + 2}]}}',
                )
                for n in range(10_000)
            ]
        )
    events = OperationsEvent.objects.count()
    sealing_s = timed(seals.seal_settled)
    verifying_s = timed(seals.broken_seals)
    stock_s = timed(disagreements)
    million = 1_000_000 / events
    return {
        "events": events,
        "seal_s_per_million_events": round(sealing_s * million, 1),
        "verify_s_per_million_events": round(verifying_s * million, 1),
        "stock_proof_s": round(stock_s, 3),
        "broken": seals.broken_seals(),
    }


def timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _room() -> Module:
    def answer(event: OperationsEvent, *, by: Actor, key: str) -> None:
        import_parties_again(event_id=event.pk, by=by, key=key)

    return Module(
        name="bench",
        title="Bench",
        reactions=[Reaction(on=Reported, do=answer, name="bench.answer")],
    )


@action(permission="bench.import")
def import_parties_again(*, event_id: int, by: Actor) -> None:
    Party.objects.create(code=f"reaction {event_id}", name="reaction")
    publish(Imported(1))


def _one_lot() -> tuple[Site, Callable[[int], Move], Callable[[int], Move]]:
    site = open_site(code="BENCH")
    kg = Unit.objects.create(code="KGM", name="kilogram", dimension="mass", decimals=3)
    steel = Material.objects.create(
        code="STEEL", name="Steel", kind="raw", unit=kg, is_lot_tracked=True
    )
    lot = MaterialLot.objects.create(material=steel, code="L-1")
    rack = Equipment.objects.create(site=site, code="RACK", name="Rack", level="storage")
    supplier, line = virtual_place(site, SUPPLIER), virtual_place(site, PRODUCTION)
    return (
        site,
        lambda kilograms: Move(steel, Decimal(kilograms), supplier, rack, lot),
        lambda kilograms: Move(steel, Decimal(kilograms), rack, line, lot),
    )
