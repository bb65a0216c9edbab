"""Production: the published plan becomes work, and the work becomes facts."""

from django.utils.translation import gettext_lazy as _

from obeya.modules.production.tiles import TILES
from obeya.plant.log.rooms import MenuItem, Module, Topic

SEE = ("production.view",)
DO = ("production.view", "production.report")

MODULE = Module(
    name="production",
    title=_("Production"),
    topics=[Topic("jobs", view="production.view", kinds=["production"])],
    permissions={
        "production.view": _("See jobs and the dispatch list"),
        "production.report": _("Start, report, interrupt and complete jobs"),
        "production.take_over": _("Take over work that was done before Obeya"),
    },
    roles={
        "plant_director": SEE,
        "production_manager": (*DO, "production.take_over"),
        "planner": SEE,
        "supervisor": DO,
        "operator": DO,
        "warehouse": SEE,
        "quality": SEE,
        "process_engineer": SEE,
        "maintenance": SEE,
    },
    tiles=TILES,
    menu=[
        MenuItem("Floor", _("Dispatch"), "production:floor", "production.view"),
        MenuItem("Floor", _("Jobs"), "production:jobs", "production.view"),
    ],
)
