from django.utils.translation import gettext_lazy as _

from obeya.modules.purchasing.demo import fill
from obeya.plant.log.rooms import MenuItem, Module

VIEW = ["purchasing.view"]
EDIT = [*VIEW, "purchasing.edit", "purchasing.receive"]
MODULE = Module(
    name="purchasing",
    title=_("Purchasing"),
    demo=fill,
    menu=[
        MenuItem("Stock", _("Purchases"), "purchasing:purchases", "purchasing.view"),
    ],
    permissions={
        "purchasing.view": _("See what suppliers owe us"),
        "purchasing.edit": _("Enter and change purchase orders"),
        "purchasing.receive": _("Book what suppliers bring"),
    },
    roles={
        "plant_director": VIEW,
        "supervisor": VIEW,
        "warehouse": [*VIEW, "purchasing.receive"],
        "quality": VIEW,
        "process_engineer": VIEW,
        "maintenance": VIEW,
        "hr_controlling": VIEW,
        "production_manager": EDIT,
        "planner": EDIT,
        "buyer": EDIT,
        "administrator": EDIT,
    },
)
