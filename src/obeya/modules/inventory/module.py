from django.utils.translation import gettext_lazy as _

from obeya.modules.inventory.demo import fill
from obeya.plant.log.rooms import MenuItem, Module, Topic

VIEW = ["inventory.view"]
MOVE = [*VIEW, "inventory.move_stock"]
SET = [*MOVE, "inventory.set_stock"]
MODULE = Module(
    name="inventory",
    title=_("Inventory"),
    topics=[Topic("stock", view="inventory.view", kinds=["inventory", "production"])],
    demo=fill,
    menu=[
        MenuItem("Stock", _("Stock"), "inventory:stock", "inventory.view"),
    ],
    permissions={
        "inventory.view": _("See what lies where"),
        "inventory.set_stock": _("Put stock to what was counted"),
        "inventory.move_stock": _("Move stock between places, block and free it"),
    },
    roles={
        "plant_director": VIEW,
        "buyer": VIEW,
        "operator": VIEW,
        "quality": VIEW,
        "process_engineer": VIEW,
        "maintenance": VIEW,
        "hr_controlling": VIEW,
        "supervisor": MOVE,
        "production_manager": SET,
        "planner": SET,
        "warehouse": SET,
        "administrator": SET,
    },
)
