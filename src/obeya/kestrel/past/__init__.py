"""Kestrel's last ninety days: the plant run forward through time by mechanisms, not by results.

Hidden parameters (`truth`) drive machines that wear (`wear`), a shop that dispatches (`shop`), a
planner who nets (`planner`), and suppliers who are late (`receipts`). What they leave behind is
what the ledgers then say.
"""

from obeya.kestrel.past.history import DAYS, History, history
from obeya.kestrel.past.telling import Told, tell

__all__ = ["DAYS", "History", "Told", "history", "tell"]
