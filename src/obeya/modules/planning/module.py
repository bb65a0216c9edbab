"""Planning: what must be made and bought, for whom, and by when."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

VIEW = ("planning.view",)
MODULE = Module(
    name="planning",
    title=_("Planning"),
    permissions={
        "planning.view": _("See what is planned to be made and bought"),
        "planning.plan": _("Plan what to make and buy"),
        "planning.order": _("Enter and change production orders"),
    },
    roles={
        "plant_director": VIEW,
        "production_manager": (*VIEW, "planning.plan", "planning.order"),
        "planner": (*VIEW, "planning.plan", "planning.order"),
        "administrator": (*VIEW, "planning.order"),
        "buyer": VIEW,
        "supervisor": VIEW,
        "warehouse": VIEW,
    },
)
