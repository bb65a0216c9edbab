"""The past as rows: what the rooms are told, with times in UTC."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from obeya.kestrel.making import STORAGE, all_bought
from obeya.kestrel.parts import sold_parts
from obeya.kestrel.past.absences import absences
from obeya.kestrel.past.history import History
from obeya.kestrel.past.places import moment
from obeya.kestrel.past.receipts import MILLI, Bin, bins
from obeya.kestrel.past.records import Job, Line, Order
from obeya.kestrel.past.store import MADE
from obeya.kestrel.past.wear import Segment
from obeya.kestrel.rows import Row

SOLD_CODES = frozenset(part.code for part in sold_parts())


@dataclass(frozen=True)
class Told:
    """Rows by what they are of, each kind in the order in which it happened."""

    began: datetime
    opening: Sequence[Row]  # stock when the history begins
    stock: Sequence[Row]  # and now: what must lie there when all is told
    purchases: Sequence[Row]
    receipts: Sequence[Row]
    demands: Sequence[Row]  # past lines, shipped or still owed
    shipments: Sequence[Row]
    orders: Sequence[Row]
    absences: Sequence[Row]
    owed: int  # lines that were due and have not left


def tell(
    past: History,
    *,
    stock: Sequence[Row],
    people: Sequence[Row],
    first_purchase: int,
    copies: int,
    seed: int,
) -> Told:
    """``stock`` is what lies there of bought materials; of made ones the history says it."""
    rng, absent = (np.random.default_rng([seed, 12 + part]) for part in range(2))
    bought = [row for row in stock if row["material"] not in MADE]
    told = [order for order in past.orders if _is_told(order, past)]
    kept = bins(
        past.orders, bought, began=past.began, now=past.now, zone=past.places.zone,
        copies=copies, rng=rng,
    )  # fmt: skip
    lines = [line for line in past.lines if line.shipped is None or line.shipped > past.began]
    shipped = sorted(_left(lines, past), key=lambda each: each[0])
    now = _with_safety(_made_now(past), stock, _promised(told, past))
    opening = now - _made_since(told, [line for _, line in shipped], past)
    purchases, receipts = _purchases(kept, first_purchase)
    return Told(
        began=moment(past.began),
        opening=[*_made_rows(opening), *_bought_rows(kept)],
        stock=[*_made_rows(now), *bought],
        purchases=purchases,
        receipts=receipts,
        demands=[_demand(line, past) for line in lines],
        shipments=[
            {
                "code": line.code,
                "quantity": Decimal(line.delivered),
                "shipped_at": moment(at),
            }
            for at, line in shipped
        ],
        orders=[_order(order, kept, past) for order in told],
        absences=absences(people, past.began, past.now, zone=past.places.zone, rng=absent),
        owed=sum(line.due < past.now for line in lines) - len(shipped),
    )


def _is_told(order: Order, past: History) -> bool:
    """Not what was finished before the history began."""
    last = order.jobs[-1].ended
    return order.released <= past.now and (last is None or last > past.began)


def _left(lines: Sequence[Line], past: History) -> Iterator[tuple[int, Line]]:
    """Those that are with their customers, and when they left."""
    for line in lines:
        if line.shipped is not None and line.shipped <= past.now:
            yield line.shipped, line


def _happened(job: Job, past: History) -> bool:
    """It ended while the books were kept."""
    return job.ended is not None and past.began < job.ended <= past.now


def _made_now(past: History) -> Counter[str]:
    """As the books say: components leave them when an operation ends, lines when the truck goes."""
    held = Counter(past.held)
    for order in past.orders:
        first = order.jobs[0]
        if order.is_issued and (first.ended is None or first.ended > past.now):
            held.update({c: int(need) for c, need in order.needs.items() if c in MADE})
    for line in past.lines:
        if line.shipped is not None and line.shipped > past.now:
            held[line.material] += line.delivered
    return held


def _promised(told: Sequence[Order], past: History) -> Counter[str]:
    """What orders will still take out of the store, less what they will still bring."""
    found: Counter[str] = Counter()
    for order in told:
        if order.is_done:
            continue
        first = order.jobs[0].ended
        if first is None or first > past.now:
            found.update({code: int(need) for code, need in order.needs.items() if code in MADE})
        found[order.part.code] -= order.pieces
    return found


def _with_safety(
    held: Counter[str], stock: Sequence[Row], promised: Mapping[str, int]
) -> Counter[str]:
    """With the stock that is agreed upon and that no shortage of a day may touch.

    Of what is made for the plant's own use, the orders under way are part of it.
    """
    for row in stock:
        code, wanted = row["material"], int(row["quantity"])
        if code in MADE:
            wanted += 0 if code in SOLD_CODES else promised.get(code, 0)
            held[code] = max(held[code], wanted)
    return held


def _made_since(told: Sequence[Order], shipped: Sequence[Line], past: History) -> Counter[str]:
    change: Counter[str] = Counter()
    for order in told:
        if _happened(order.jobs[0], past):
            change.subtract({c: int(need) for c, need in order.needs.items() if c in MADE})
        if _happened(order.jobs[-1], past):
            change[order.part.code] += order.jobs[-1].good
    for line in shipped:
        change[line.material] -= line.delivered
    return change


def _made_rows(held: Mapping[str, int]) -> Iterator[Row]:
    for code, pieces in sorted(held.items()):
        if pieces:
            place = "FINISHED" if code in SOLD_CODES else "WIP"
            yield {"material": code, "location": place, "quantity": Decimal(pieces)}


def _bought_rows(kept: Mapping[str, Bin]) -> Iterator[Row]:
    kinds = {each.code: each.kind for each in all_bought()}
    for code, each in kept.items():
        for lot, milli in each.opening:
            row = {"material": code, "location": STORAGE[kinds[code]], "quantity": _exact(milli)}
            yield row | ({"lot": lot} if lot else {})


def _exact(milli: int) -> Decimal:
    return (Decimal(milli) / MILLI).normalize() + 0


def _purchases(kept: Mapping[str, Bin], first: int) -> tuple[list[Row], list[Row]]:
    came = sorted(
        (each for one in kept.values() for each in one.receipts),
        key=lambda each: (each.received, each.material),
    )
    purchases, receipts = [], []
    for place, each in enumerate(came):
        number = f"PO-{first - len(came) + place}/1"
        quantity = _exact(each.milli)
        purchases.append(
            {"number": number, "material": each.material, "quantity": quantity,
             "due_at": moment(each.due), "supplier": each.supplier}
        )  # fmt: skip
        receipts.append(
            {"number": number, "quantity": quantity, "received_at": moment(each.received),
             "lot": each.lot}
        )  # fmt: skip
    return purchases, receipts


def _demand(line: Line, past: History) -> Row:
    return {
        "code": line.code,
        "material": line.material,
        "quantity": Decimal(line.quantity),
        "due_at": moment(line.due),
        "customer": line.customer,
        "order_code": line.order_code,
        "kind": line.kind,
    }


def _order(order: Order, kept: Mapping[str, Bin], past: History) -> Row:
    needs = [{"material": code, "quantity": _need(need)} for code, need in order.needs.items()]
    return {
        "material": order.part.code,
        "quantity": Decimal(order.quantity),
        "due_at": moment(order.due),
        "released_at": moment(order.released),
        "needs": needs,
        "jobs": [_job(order, job, place, kept, past) for place, job in enumerate(order.jobs)],
    }


def _job(order: Order, job: Job, place: int, kept: Mapping[str, Bin], past: History) -> Row:
    row: Row = {
        "operation": job.step.number,
        "planned_start_at": moment(job.planned[0]),
        "planned_end_at": moment(job.planned[1]),
    }
    if job.began is None or job.began > past.now:
        return row
    row |= {"equipment": job.machine, "began_at": moment(job.began)}
    row["spans"] = list(_spans(job, past) if job.machine else _outside(job, past))
    if job.ended is None or job.ended > past.now:
        return row
    row |= {"ended_at": moment(job.ended), "good": Decimal(job.good)}
    if job.scrap:
        row["scrap"] = Decimal(sum(job.scrap.values()))
        row["scrap_reason"] = max(job.scrap, key=lambda cause: job.scrap[cause])
    if not place and _happened(job, past):
        row["uses"] = [
            {"material": code, "quantity": _exact(milli), "lot": lot}
            for code, need in order.needs.items()
            for lot, milli in (
                [("", round(need * MILLI))] if code in MADE else kept[code].taken[order.place]
            )
        ]
    row["is_booked"] = job.ended > past.began
    return row


def _outside(job: Job, past: History) -> Iterator[Row]:
    """At the coater, from truck to truck."""
    if job.began is not None and job.ended is not None:
        ended = moment(job.ended) if job.ended <= past.now else None
        yield {"kind": "run", "reason": "", "began_at": moment(job.began), "ended_at": ended}


def _need(quantity: float) -> Decimal:
    return _exact(round(quantity * MILLI))


def _spans(job: Job, past: History) -> Iterator[Row]:
    """What the machine did for the job, pause by pause.

    Whatever is under way goes on as running: a stop or a setup ends when the demo opens, so that
    the floor finds no machine standing still.
    """
    is_running = False
    for segment, began, ended in _pieces(job, past):
        if began >= past.now:
            break
        is_running = ended > past.now and segment.kind == "run"
        yield {
            "kind": segment.kind,
            "reason": segment.reason,
            "began_at": moment(began),
            "ended_at": None if is_running else moment(min(ended, past.now)),
        }
    if not is_running and job.ended is not None and job.ended > past.now:
        yield {"kind": "run", "reason": "", "began_at": moment(past.now), "ended_at": None}


def _pieces(job: Job, past: History) -> Iterator[tuple[Segment, int, int]]:
    hours = past.places.hours[job.step.center]
    worked = job.begun_worked
    for segment in job.segments:
        for began, ended in hours.pieces(worked, worked + segment.seconds):
            yield segment, began, ended
        worked += segment.seconds
