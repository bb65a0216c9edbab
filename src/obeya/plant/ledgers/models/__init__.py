"""What moved, what was worked, what it cost: append-only, each with one way in and one proof."""

from obeya.plant.ledgers.models.cost_entry import CostEntry
from obeya.plant.ledgers.models.stock import StockBalance, StockMove, StockStatus
from obeya.plant.ledgers.models.time_log import TimeLog

__all__ = ["CostEntry", "StockBalance", "StockMove", "StockStatus", "TimeLog"]
