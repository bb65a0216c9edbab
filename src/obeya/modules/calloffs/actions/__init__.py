"""The verbs of call-offs: terms, messages, deliveries."""

from obeya.modules.calloffs.actions.accepting import accept_release
from obeya.modules.calloffs.actions.deliveries import record_deliveries
from obeya.modules.calloffs.actions.receiving import leave_releases, receive_releases
from obeya.modules.calloffs.actions.terms import save_agreements, save_partners

__all__ = [
    "accept_release",
    "leave_releases",
    "receive_releases",
    "record_deliveries",
    "save_agreements",
    "save_partners",
]
