"""Accounts of the past, by hand, from the rows that are told: no code of the shop is used."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from obeya.kestrel.past import Told

Span = tuple[datetime, datetime]
Job = Mapping[str, Any]


def jobs(told: Told) -> Iterator[Job]:
    return (job for order in told.orders for job in order["jobs"])


def spans_of(told: Told, *, now: datetime) -> Mapping[str, list[Span]]:
    """By machine; furnaces hold two lots at the same time, which counts once."""
    found: dict[str, set[Span]] = defaultdict(set)
    for job in jobs(told):
        for span in job.get("spans", ()) if job.get("equipment") else ():
            found[job["equipment"]].add((span["began_at"], span["ended_at"] or now))
    return {machine: sorted(spans) for machine, spans in found.items()}


def moves(told: Told) -> Iterator[tuple[datetime, tuple[str, str], Decimal]]:
    """When, material and lot, how much; from the opening stock to the last shipment."""
    bought = {row["number"]: row["material"] for row in told.purchases}
    asked = {row["code"]: row["material"] for row in told.demands}
    for row in told.opening:
        yield told.began, (row["material"], row.get("lot", "")), row["quantity"]
    for row in told.receipts:
        yield row["received_at"], (bought[row["number"]], row["lot"]), row["quantity"]
    for row in told.shipments:
        yield row["shipped_at"], (asked[row["code"]], ""), -row["quantity"]
    for order in told.orders:
        for job in order["jobs"]:
            if not job.get("is_booked"):
                continue
            for use in job.get("uses", ()):
                yield job["ended_at"], (use["material"], use["lot"]), -use["quantity"]
            if job is order["jobs"][-1]:
                yield job["ended_at"], (order["material"], ""), job["good"]
