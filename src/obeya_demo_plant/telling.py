"""What the people of the floor tap in, as messages that wait to be sent."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from obeya_demo_plant.market import Line, Purchase
from obeya_demo_plant.state import Job, State, Supply


class Telling:
    """Puts each report into the outbox, under a key of its own."""

    def __init__(self, state: State) -> None:
        self.state = state

    def started(self, jobs: Sequence[str], at: int) -> None:
        self._tell("job-starts", [{"job": code, "at": moment(at)} for code in jobs])

    def made(self, job: Job, at: int) -> None:
        """What has been made since the last report; nothing is no report."""
        pieces = job.made - job.reported
        if not pieces:
            return
        scrap = min(job.scrap_to_report, pieces)
        row: dict[str, Any] = {"job": job.code, "good": pieces - scrap, "scrap": scrap}
        if scrap:
            row["reason"] = "SIZE DRIFT"
        job.reported, job.scrap_to_report = job.made, 0
        self._tell("job-reports", [row | {"at": moment(at)}])

    def interrupted(self, jobs: Sequence[str], at: int) -> None:
        self._tell("job-interruptions", [{"job": code, "at": moment(at)} for code in jobs])

    def completed(self, jobs: Sequence[str], at: int) -> None:
        self._tell("job-completions", [{"job": code, "at": moment(at)} for code in jobs])

    def down(self, machine: str, reason: str, at: int) -> None:
        self._tell("downtimes", [{"equipment": machine, "at": moment(at), "reason": reason}])

    def up(self, machine: str, at: int) -> None:
        self._tell("downtime-ends", [{"equipment": machine, "at": moment(at)}])

    def purchased(self, lines: Sequence[Purchase]) -> None:
        """What is ordered, or promised for another day."""
        rows = [
            {
                "number": each.number,
                "material": each.material,
                "quantity": number(each.quantity),
                "due_at": moment(each.due),
                "supplier": each.supplier,
            }
            for each in lines
        ]
        self._tell("purchases", rows)

    def received(self, supply: Supply, at: int) -> None:
        row = {"number": supply.number, "quantity": number(supply.quantity), "lot": supply.lot}
        self._tell("receipts", [row | {"received_at": moment(at)}])

    def shipped(self, lines: Sequence[Line], at: int) -> None:
        rows = [{"code": each.code, "quantity": number(each.quantity)} for each in lines]
        self._tell("shipments", [row | {"shipped_at": moment(at)} for row in rows])

    def delivered(self, rows: Sequence[tuple[str, str, float, int, str]]) -> None:
        """Agreement, delivery note or complaint, pieces, when, and which of the two it is."""
        told = [
            {"agreement": agreement, "document": document, "quantity": number(pieces),
             "at": moment(at), "kind": kind}
            for agreement, document, pieces, at, kind in rows
        ]  # fmt: skip
        self._tell("deliveries", told)

    def called_off(self, name: str, data: bytes) -> None:
        """A customer's message, as it came."""
        content = b64encode(data).decode("ascii")
        self._tell("call-offs", [{"name": name, "content_base64": content}])

    def wanted(self, lines: Sequence[Line], *, status: str = "open") -> None:
        """What customers order, change or cancel."""
        rows = [
            {
                "code": each.code,
                "material": each.material,
                "quantity": number(each.quantity),
                "due_at": moment(each.due),
                "customer": each.customer,
                "order_code": each.order,
                "kind": each.kind,
                "weight": each.weight,
                "status": status,
            }
            for each in lines
        ]
        self._tell("demands", rows)

    def _tell(self, verb: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        self.state.sequence += 1
        key = f"plant-{self.state.seed}-{self.state.began}-{self.state.sequence}"
        self.state.outbox.append({"key": key, "verb": verb, "rows": rows})


def number(quantity: float) -> int | float:
    """Without a decimal point if there is nothing behind it."""
    return int(quantity) if quantity == int(quantity) else quantity


def moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
