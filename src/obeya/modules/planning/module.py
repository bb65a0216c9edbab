"""Planning: what must be made and bought, for whom, and by when."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="planning",
    title=_("Planning"),
    permissions={
        "planning.view": _("See what is planned to be made and bought"),
        "planning.plan": _("Plan what to make and buy"),
    },
    roles={
        "plant_director": ("planning.view",),
        "production_manager": ("planning.view", "planning.plan"),
        "planner": ("planning.view", "planning.plan"),
        "buyer": ("planning.view",),
        "supervisor": ("planning.view",),
        "warehouse": ("planning.view",),
    },
)
