from django.utils.translation import gettext_lazy as _

from obeya.modules.orders.demo import fill
from obeya.modules.orders.found import DEMANDS
from obeya.plant.log.rooms import MenuItem, Module

VIEW = ["orders.view"]
EDIT = [*VIEW, "orders.edit", "orders.ship"]
MODULE = Module(
    name="orders",
    title=_("Orders"),
    search=[DEMANDS],
    demo=fill,
    menu=[
        MenuItem("Plan", _("Orders"), "orders:demands", "orders.view"),
    ],
    permissions={
        "orders.view": _("See what customers want, and when"),
        "orders.edit": _("Enter and change orders"),
        "orders.ship": _("Ship to customers"),
    },
    roles={
        "plant_director": VIEW,
        "buyer": VIEW,
        "supervisor": VIEW,
        "operator": VIEW,
        "warehouse": [*VIEW, "orders.ship"],
        "quality": VIEW,
        "process_engineer": VIEW,
        "hr_controlling": VIEW,
        "production_manager": EDIT,
        "planner": EDIT,
        "administrator": EDIT,
    },
)
