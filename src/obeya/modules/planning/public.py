"""What rooms above may call."""

from obeya.modules.planning.bridge import effective_revisions
from obeya.modules.planning.explosion_run import BomIsCircular, plan_requirements
from obeya.modules.planning.models import PlanRun

__all__ = ["BomIsCircular", "PlanRun", "effective_revisions", "plan_requirements"]
