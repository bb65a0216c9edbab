"""What happened to the plan."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("scheduling.plan_drafted", view="scheduling.view")
@dataclass(frozen=True)
class PlanDrafted:
    """A schedule was computed and lies open as a draft; nothing on the floor moves by it."""

    draft_id: int
    version: int
    operations: int
    late_orders: int


@event("scheduling.plan_published", view="scheduling.view")
@dataclass(frozen=True)
class PlanPublished:
    """A draft became the plan that people work by."""

    draft_id: int
    version: int
    operations: int
    new_order_ids: list[int]
    moved_job_ids: list[int]
