"""Call-offs of customers: schedule agreements, and the messages that fill them."""

from django.utils.translation import gettext_lazy as _

from obeya.modules.calloffs.cli import COMMANDS
from obeya.plant.log.rooms import MenuItem, Module

VIEW = ["calloffs.view"]
EDIT = [*VIEW, "calloffs.edit"]
MODULE = Module(
    name="calloffs",
    title=_("Call-offs"),
    menu=[MenuItem("Plan", _("Call-offs"), "calloffs:agreements", "calloffs.view")],
    permissions={
        "calloffs.view": _("See call-offs and their cumulative quantities"),
        "calloffs.edit": _("Take call-offs in, accept them, and record deliveries"),
    },
    roles={
        "plant_director": VIEW,
        "buyer": VIEW,
        "supervisor": VIEW,
        "quality": VIEW,
        "warehouse": VIEW,
        "production_manager": EDIT,
        "planner": EDIT,
        "administrator": EDIT,
    },
    cli=COMMANDS,
)
