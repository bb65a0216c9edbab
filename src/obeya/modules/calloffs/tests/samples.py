"""How to call this room's verbs with n rows; a test compares the queries of 1 and of 1,000."""

import base64
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from obeya.modules.calloffs.actions import receive_releases, save_agreements
from obeya.modules.calloffs.rows import AgreementRow, DeliveryRow, MessageRow, PartnerRow
from obeya.modules.calloffs.tests import sending
from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.organisation.public import PartyRow, save_parties
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Site

_numbers = count(1)


def _customer(site: Site) -> str:
    save_parties(site=site, rows=[PartyRow("SAMPLE", is_customer=True)], by=system_actor())
    return "SAMPLE"


def _partners(n: int, site: Site) -> dict[str, Any]:
    customer = _customer(site)
    return {"rows": [PartnerRow(f"EDI-{next(_numbers)}", customer) for _ in range(n)]}


def _terms(n: int, site: Site) -> list[AgreementRow]:
    customer = _customer(site)
    save_materials(site=site, rows=[MaterialRow("CALLED-OFF")], by=system_actor())
    places = [f"DOCK-{next(_numbers)}" for _ in range(n)]
    return [AgreementRow(f"A-{each}", customer, "CALLED-OFF", ship_to=each) for each in places]


def _agreements(n: int, site: Site) -> dict[str, Any]:
    return {"rows": _terms(n, site)}


def _deliveries(n: int, site: Site) -> dict[str, Any]:
    terms = _terms(n, site)
    save_agreements(site=site, rows=terms, by=system_actor())
    return {"rows": [DeliveryRow(each.code, "LS-1", Decimal(1)) for each in terms]}


def _messages(n: int, site: Site) -> dict[str, Any]:
    _terms(0, site)
    files = [
        sending.delfor(
            sending.part("CALLED-OFF", 1, 1, 1), document=f"C-{next(_numbers)}", sender="SAMPLE"
        )
        for _ in range(n)
    ]
    return {"rows": [MessageRow("a.edi", base64.b64encode(each).decode()) for each in files]}


def _left(n: int, site: Site) -> dict[str, Any]:
    rows = _messages(n, site)["rows"]
    return {"releases": receive_releases(site=site, rows=rows, by=system_actor())}


SAMPLES: dict[str, Callable[[int, Site], dict[str, Any]]] = {
    "calloffs.save_partners": _partners,
    "calloffs.save_agreements": _agreements,
    "calloffs.receive_releases": _messages,
    "calloffs.leave_releases": _left,
    "calloffs.record_deliveries": _deliveries,
}
