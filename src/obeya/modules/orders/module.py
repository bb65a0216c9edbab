from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="orders",
    title=_("Orders"),
    permissions={
        "orders.view": _("See what customers want, and when"),
        "orders.edit": _("Enter and change orders"),
    },
)
