"""The REST door of this room."""

from obeya.modules.calloffs import actions, queries
from obeya.modules.calloffs.rows import AgreementRow, DeliveryRow, MessageRow, PartnerRow
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

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
    RowsEndpoint("deliveries", actions.record_deliveries, DeliveryRow),
]
