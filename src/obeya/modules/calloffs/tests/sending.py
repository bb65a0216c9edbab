"""Messages on their way in, and the rows that stand when they have been taken in."""

import base64
from typing import Any

from obeya.engines.calloffs.tests import messages as m
from obeya.modules.calloffs.actions import accept_release, receive_releases
from obeya.modules.calloffs.models import (
    CallOffRelease,
    DeliveryMove,
    ScheduleAgreement,
    TradingPartner,
)
from obeya.modules.calloffs.rows import MessageRow
from obeya.plant.log.models import OperationsEvent
from obeya.plant.work.models import Demand

WEEKS = [("1", "20261201"), ("2", "20261208"), ("4", "20270105")]


def delfor(
    *lines: list[str], document: str = "CO-1", issued: str = "20261117", sender: str = "CUST-A"
) -> bytes:
    head = (f"BGM+241+{document}+5", f"DTM+137:{issued}:102", f"NAD+BY+{sender}::92")
    return m.edifact(*head, *(segment for line in lines for segment in line))


def deljit(item: str, *calls: tuple[str, int], document: str = "J-1") -> bytes:
    """Calls are (CCYYMMDD, pieces)."""
    head = (f"BGM+242+{document}+9", "DTM+137:20261124:102", "NAD+BY+CUST-A::92")
    body = [f"LIN+1++{item}:IN", "NAD+ST+P-7::92"]
    for day, pieces in calls:
        body += [f"QTY+113:{pieces}:PCE", f"DTM+2:{day}:102"]
    return m.edifact(*head, *body, kind="DELJIT:D:96A:UN")


def part(item: str, *pieces: int, received: int | None = 1000, note: str = "") -> list[str]:
    """Due on 1 December (firm), 8 December (release) and 5 January (forecast)."""
    slots = [(level, day, n) for (level, day), n in zip(WEEKS, pieces, strict=True)]
    return m.delfor_line(item, slots, received=received, note=note)


def receive(plant: Any, data: bytes, name: str = "call-off.edi") -> CallOffRelease:
    row = MessageRow(name, base64.b64encode(data).decode())
    [made] = receive_releases(site=plant.site, rows=[row], by=plant.by)
    return made


def accept(plant: Any, data: bytes) -> CallOffRelease:
    return accept_release(site=plant.site, release=receive(plant, data), by=plant.by)


def demands(plant: Any, order_code: str = "AUREL-HOUSING") -> list[tuple[str, int, str, str]]:
    """(day due in the plant's zone, pieces, kind, status) in order."""
    found = Demand.objects.filter(site=plant.site, order_code=order_code).order_by("due_at")
    zone = plant.site.zone
    return [
        (f"{each.due_at.astimezone(zone):%m-%d}", int(each.quantity), each.kind, each.status)
        for each in found
    ]


def everything() -> list[Any]:
    """All that a message could change."""
    models = (CallOffRelease, DeliveryMove, ScheduleAgreement, TradingPartner, Demand)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [*rows, OperationsEvent.objects.count()]
