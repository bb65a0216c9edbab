"""Schedules and just-in-time calls for docks, and what the plant is asked for after them."""

from dataclasses import replace
from itertools import product

import pytest

from obeya.engines.calloffs.tests import messages as m
from obeya.modules.calloffs.actions import accept_release
from obeya.modules.calloffs.actions.accepting import UnclearDock
from obeya.modules.calloffs.models import ScheduleAgreement
from obeya.modules.calloffs.rows import AgreementRow
from obeya.modules.calloffs.tests import sending as s

HOUSING = AgreementRow("AUREL-HOUSING", "AUREL", "HOUSING", "4711-A", "P-7")
DAY = "20261201"
LATER = [("12-08", 400), ("01-05", 900)]
D3, D4 = ("D3", DAY, 300), ("D4", DAY, 150)
NO_DOCK = ("", DAY, 480)
BOUND = replace(HOUSING, ship_to="P-7-D3", dock="D3")  # for the notices


def docked(dock, *pieces, received=0):
    """A part of a schedule at P-7, with the dock where there is one."""
    lines = s.part("4711-A", *pieces, received=received)
    return [*lines[:2], f"LOC+11+{dock}::92", *lines[2:]] if dock else lines


def schedule(*parts, document="CO-2", issued="20261124"):
    return s.delfor(*parts, document=document, issued=issued)


def called(*calls, document="J-1", issued="20261124", items=("4711-A",)):
    """A just-in-time call of each part: (dock, day, pieces)."""
    body = ["NAD+ST+P-7::92"]
    for item, (dock, day, pieces) in product(items, calls):
        body += ["SEQ+3", f"DTM+2:{day}:102", *([f"LOC+11+{dock}::92"] if dock else [])]
        body += [f"LIN+1++{item}:IN", f"QTY+1:{pieces}:PCE"]
    head = (f"BGM+242+{document}+9", f"DTM+137:{issued}:102", "NAD+BY+CUST-A::92")
    return m.edifact(*head, *body, kind="DELJIT:D:97A:UN")


def places():
    found = ScheduleAgreement.objects.order_by("code")
    return [(each.code, each.ship_to, each.dock) for each in found]


def wanted(plant):
    """What is open of all agreements together."""
    found = ScheduleAgreement.objects.order_by("code").values_list("code", flat=True)
    rows = [row for code in found for row in s.demands(plant, code) if row[3] == "open"]
    return [(day, pieces) for day, pieces, _, _ in rows]


def begin(plant, dock="", document="CO-1", issued="20261117"):
    s.accept(plant, schedule(docked(dock, 500, 400, 900), document=document, issued=issued))


def call(plant, *dock_by_dock):
    """Each in a message of its own."""
    for number, each in enumerate(dock_by_dock, start=1):
        s.accept(plant, called(each, document=f"J-{number}"))


def refused(plant, data):
    """(call-off, words) of a message that may not be accepted; nothing is changed by trying."""
    release = s.receive(plant, data)
    before = s.everything()
    with pytest.raises(UnclearDock) as found:
        accept_release(site=plant.site, release=release, by=plant.by)
    assert s.everything() == before
    return release, str(found.value)
