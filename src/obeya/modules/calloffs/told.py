"""A difference as people read it; kept with the release when it is accepted."""

from typing import Any

from obeya.engines.calloffs.despatch import figure
from obeya.modules.calloffs.differences import Compared


def told(each: Compared) -> dict[str, Any]:
    """Plain values: what the page, the command line and the history show."""
    difference, explained, line = each.difference, each.explained, each.kept.line
    return {
        "harm": difference.harm.name.lower(),
        "needs_a_person": difference.needs_a_person,
        "material": each.material.code,
        "item": line.item,
        "ship_to": each.kept.ship_to,
        "agreement": each.agreement.code if each.agreement else "",
        "quantity": figure(difference.quantity),
        "on": difference.on.isoformat() if difference.on else None,
        "total": figure(difference.total),
        "firm_until": difference.firm_until.isoformat() if difference.firm_until else None,
        "mismatch": figure(explained.difference) if explained else "0",
        "in_transit": [
            [shipment.document, figure(shipment.quantity)] for shipment in explained.in_transit
        ]
        if explained
        else [],
        "rejected": figure(explained.rejected) if explained else "0",
        "unexplained": figure(explained.unexplained) if explained else "0",
    }
