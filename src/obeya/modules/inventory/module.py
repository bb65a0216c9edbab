from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="inventory",
    title=_("Inventory"),
    permissions={
        "inventory.view": _("See what lies where"),
        "inventory.set_stock": _("Put stock to what was counted"),
        "inventory.move_stock": _("Move stock between places, block and free it"),
    },
    roles={
        **dict.fromkeys(
            [
                "plant_director",
                "buyer",
                "operator",
                "quality",
                "process_engineer",
                "maintenance",
                "hr_controlling",
            ],
            ["inventory.view"],
        ),
        **dict.fromkeys(["supervisor"], ["inventory.view", "inventory.move_stock"]),
        **dict.fromkeys(
            ["production_manager", "planner", "warehouse", "administrator"],
            ["inventory.view", "inventory.move_stock", "inventory.set_stock"],
        ),
    },
)
