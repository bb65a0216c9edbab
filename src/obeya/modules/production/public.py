"""What rooms above, and the demo, may use of production."""

from obeya.modules.production.past_rows import PastJob, PastOrder, PastSpan, PastUse
from obeya.modules.production.taking_over import take_over_orders

__all__ = ["PastJob", "PastOrder", "PastSpan", "PastUse", "take_over_orders"]
