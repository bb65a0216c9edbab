from django.utils.translation import gettext_lazy as _

from obeya.modules.engineering.demo import fill
from obeya.modules.engineering.found import MATERIALS
from obeya.plant.log.rooms import MenuItem, Module

VIEW = ["engineering.view"]
EDIT = [*VIEW, "engineering.edit"]
MODULE = Module(
    name="engineering",
    title=_("Engineering"),
    search=[MATERIALS],
    demo=fill,
    menu=[
        MenuItem("Plan", _("Materials"), "engineering:materials", "engineering.view"),
    ],
    permissions={
        "engineering.view": _("See materials, what they are made of and how"),
        "engineering.edit": _("Change materials, BOM, operations, setups and tools"),
    },
    roles={
        "plant_director": VIEW,
        "buyer": VIEW,
        "supervisor": VIEW,
        "operator": VIEW,
        "warehouse": VIEW,
        "quality": VIEW,
        "maintenance": VIEW,
        "hr_controlling": VIEW,
        "production_manager": EDIT,
        "planner": EDIT,
        "process_engineer": EDIT,
        "administrator": EDIT,
    },
)
