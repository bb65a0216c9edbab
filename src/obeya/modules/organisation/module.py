from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

MODULE = Module(
    name="organisation",
    title=_("Organisation"),
    permissions={
        "organisation.view": _("See sites, equipment, calendars, parties and reasons"),
        "organisation.view_people": _("See who works here and what they can do"),
        "organisation.open_site": _("Open a new site"),
        "organisation.edit_units": _("Change units of measure"),
        "organisation.edit_calendars": _("Change calendars and shifts"),
        "organisation.edit_equipment": _("Change the equipment tree"),
        "organisation.edit_people": _("Change people and their skills"),
        "organisation.edit_parties": _("Change customers and suppliers"),
        "organisation.edit_reasons": _("Change the trees of reasons"),
    },
)
