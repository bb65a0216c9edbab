from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="orders",
    title=_("Orders"),
    permissions={
        "orders.view": _("See what customers want, and when"),
        "orders.edit": _("Enter and change orders"),
    },
    roles={
        **dict.fromkeys(
            [
                "plant_director",
                "buyer",
                "supervisor",
                "operator",
                "warehouse",
                "quality",
                "process_engineer",
                "hr_controlling",
            ],
            ["orders.view"],
        ),
        **dict.fromkeys(
            ["production_manager", "planner", "administrator"], ["orders.view", "orders.edit"]
        ),
    },
)
