"""The REST door of this room."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from obeya.modules.calloffs import actions, queries
from obeya.modules.calloffs.models import CallOffRelease
from obeya.modules.calloffs.refusals import NoSuchRelease
from obeya.modules.calloffs.rows import (
    AgreementRow,
    DeliveryRow,
    MessageRow,
    NoticeRow,
    PartnerRow,
    ReleaseRow,
)
from obeya.plant.log.actor import Actor
from obeya.plant.log.api import ListEndpoint, QuestionEndpoint, RowsEndpoint
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Site


def _accepted(rows: Sequence[ReleaseRow], *, site: Site) -> Mapping[str, Any]:
    if len(rows) != 1:
        remedy = "Send one row: each call-off is compared with what holds after the one before."
        raise RowsRefused([Problem("expected exactly one row", remedy, field="rows")])
    return {"release": _release(rows[0], site)}


def _differences(row: ReleaseRow, *, site: Site, by: Actor) -> Any:
    kept = _release(row, site)
    found = queries.differences(site=site, kept=kept, by=by)
    return {"document": kept.document, "differences": found}


def _notice(row: NoticeRow, *, site: Site, by: Actor) -> Any:
    name, data = queries.notice(site=site, document=row.document, by=by)
    content = b64encode(data).decode("ascii")
    return {"document": row.document, "name": name, "content_base64": content}


def _release(row: ReleaseRow, site: Site) -> CallOffRelease:
    number = row.release
    is_whole = number.is_finite() and number == int(number) and abs(number) < Decimal(2**63)
    sent = CallOffRelease.objects.at(site).select_related("customer", "site")
    found = sent.filter(pk=int(number)).first() if is_whole else None
    if found is None:
        raise NoSuchRelease(f"There is no call-off {number} here. See the list call-offs.")
    return found


endpoints = [
    RowsEndpoint("trading-partners", actions.save_partners, PartnerRow),
    ListEndpoint(
        "trading-partners",
        queries.partners,
        {
            "edi_id": "edi_id",
            "customer": "customer__code",
            "our_id": "our_id",
            "notice": "notice",
        },
        key="edi_id",
    ),
    RowsEndpoint("schedule-agreements", actions.save_agreements, AgreementRow),
    ListEndpoint(
        "schedule-agreements",
        queries.agreements,
        {
            "code": "code",
            "customer": "customer__code",
            "material": "material__code",
            "customer_item": "customer_item",
            "ship_to": "ship_to",
            "document": "document",
            "issued_on": "issued_on",
            "received": "received",
        },
    ),
    RowsEndpoint("call-offs", actions.receive_releases, MessageRow),
    ListEndpoint(
        "call-offs",
        queries.every_release,
        {
            "release": "pk",
            "customer": "customer__code",
            "file": "name",
            "format": "format",
            "document": "document",
            "issued_on": "issued_on",
            "received": "received_at",
            "accepted": "accepted_at",
        },
        key="pk",
    ),
    QuestionEndpoint("call-off-differences", queries.differences, ReleaseRow, answer=_differences),
    RowsEndpoint("call-off-acceptances", actions.accept_release, ReleaseRow, prepare=_accepted),
    QuestionEndpoint("shipping-notices", queries.notice, NoticeRow, answer=_notice),
    RowsEndpoint("deliveries", actions.record_deliveries, DeliveryRow),
]
