"""The verbs of planning."""

from obeya.modules.planning.actions.orders import save_production_orders
from obeya.modules.planning.actions.plan_run import adopt_plan_run

__all__ = ["adopt_plan_run", "save_production_orders"]
