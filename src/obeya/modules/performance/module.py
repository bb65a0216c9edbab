"""Performance: the page Today, composed of what the rooms have to say."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import MenuItem, Module

SEE = ("performance.view",)

MODULE = Module(
    name="performance",
    title=_("Performance"),
    permissions={"performance.view": _("See the page Today")},
    roles=dict.fromkeys(
        (
            "plant_director",
            "production_manager",
            "planner",
            "buyer",
            "supervisor",
            "operator",
            "warehouse",
            "quality",
            "process_engineer",
            "maintenance",
            "hse",
            "hr_controlling",
        ),
        SEE,
    ),
    menu=[MenuItem("Today", _("Today"), "performance:today", "performance.view")],
)
