from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="engineering",
    title=_("Engineering"),
    permissions={
        "engineering.view": _("See materials, what they are made of and how"),
        "engineering.edit": _("Change materials, BOM, operations, setups and tools"),
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
                "maintenance",
                "hr_controlling",
            ],
            ["engineering.view"],
        ),
        **dict.fromkeys(
            ["production_manager", "planner", "process_engineer", "administrator"],
            ["engineering.view", "engineering.edit"],
        ),
    },
)
