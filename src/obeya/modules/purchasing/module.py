from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="purchasing",
    title=_("Purchasing"),
    permissions={
        "purchasing.view": _("See what suppliers owe us"),
        "purchasing.edit": _("Enter and change purchase orders"),
    },
    roles={
        **dict.fromkeys(
            [
                "plant_director",
                "supervisor",
                "warehouse",
                "quality",
                "process_engineer",
                "maintenance",
                "hr_controlling",
            ],
            ["purchasing.view"],
        ),
        **dict.fromkeys(
            ["production_manager", "planner", "buyer", "administrator"],
            ["purchasing.view", "purchasing.edit"],
        ),
    },
)
