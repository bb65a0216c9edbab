"""What rooms above may call."""

from obeya.modules.planning.actions import save_production_orders
from obeya.modules.planning.bridge import effective_revisions
from obeya.modules.planning.circles import BomIsCircular
from obeya.modules.planning.covering import Cover, Lot, Share, cover
from obeya.modules.planning.explosion_run import plan_requirements
from obeya.modules.planning.models import PlanRun
from obeya.modules.planning.queries import production_order_rows
from obeya.modules.planning.rows import ProductionOrderRow

__all__ = [
    "BomIsCircular",
    "Cover",
    "Lot",
    "PlanRun",
    "ProductionOrderRow",
    "Share",
    "cover",
    "effective_revisions",
    "plan_requirements",
    "production_order_rows",
    "save_production_orders",
]
