"""Scheduling: what is made when, on which machine, by whom; and what that means for each order."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from obeya.modules.scheduling.cli import COMMANDS
from obeya.modules.scheduling.demo import fill
from obeya.modules.scheduling.kinds import IMPROVE, KIND
from obeya.modules.scheduling.runner import run_improve, run_plan
from obeya.modules.scheduling.tiles import TILES
from obeya.modules.scheduling.warming import warm_up
from obeya.plant.log.command import Bench
from obeya.plant.log.rooms import MenuItem, Module, Topic

SEE = ("scheduling.view",)
DRAW = ("scheduling.view", "scheduling.promise", "scheduling.plan", "scheduling.edit_draft")
PUBLISH = (*DRAW, "scheduling.publish")


def _benches() -> Sequence[Bench]:
    from obeya.modules.scheduling.benches.declared import BENCHES  # noqa: PLC0415 - loads what they measure

    return BENCHES


MODULE = Module(
    name="scheduling",
    title=_("Scheduling"),
    topics=[
        Topic("plan", view="scheduling.view", kinds=["scheduling"]),
        Topic("runs", view="scheduling.plan"),
    ],
    permissions={
        "scheduling.view": _("See the plan"),
        "scheduling.promise": _("Ask when more could be delivered"),
        "scheduling.plan": _("Make a new plan"),
        "scheduling.edit_draft": _("Move operations on the board"),
        "scheduling.publish": _("Publish the plan to the floor"),
    },
    roles={
        "plant_director": PUBLISH,
        "production_manager": PUBLISH,
        "planner": PUBLISH,
        "supervisor": DRAW,
        "buyer": SEE,
        "operator": SEE,
        "warehouse": SEE,
        "quality": SEE,
        "process_engineer": SEE,
        "maintenance": SEE,
    },
    menu=[
        MenuItem("Plan", _("Board"), "scheduling:plan", "scheduling.view", rank=1),
        MenuItem("Plan", _("Promise"), "scheduling:promise", "scheduling.promise", rank=2),
        MenuItem("Plan", _("Bottlenecks"), "scheduling:bottlenecks", "scheduling.view", rank=3),
    ],
    runners={KIND: run_plan, IMPROVE: run_improve},
    tiles=TILES,
    cli=COMMANDS,
    demo=fill,
    benches=_benches,
    warm_up=warm_up,
)
