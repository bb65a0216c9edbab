"""What rooms above may call."""

from obeya.modules.calloffs.actions import record_deliveries, save_agreements, save_partners
from obeya.modules.calloffs.rows import AgreementRow, DeliveryRow, PartnerRow

__all__ = [
    "AgreementRow",
    "DeliveryRow",
    "PartnerRow",
    "record_deliveries",
    "save_agreements",
    "save_partners",
]
