from django.utils.translation import gettext_lazy as _

from obeya.plant.log.rooms import Module

EDIT_PLANT = [
    "organisation.view",
    "organisation.view_people",
    "organisation.edit_units",
    "organisation.edit_calendars",
    "organisation.edit_equipment",
    "organisation.edit_people",
    "organisation.edit_parties",
    "organisation.edit_reasons",
]
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
    roles={
        **dict.fromkeys(
            ["operator", "warehouse", "buyer", "quality", "maintenance", "hse", "guest"],
            ["organisation.view"],
        ),
        **dict.fromkeys(
            ["plant_director", "supervisor"], ["organisation.view", "organisation.view_people"]
        ),
        "production_manager": EDIT_PLANT,
        "planner": [
            "organisation.view",
            "organisation.view_people",
            "organisation.edit_calendars",
            "organisation.edit_equipment",
        ],
        "process_engineer": [
            "organisation.view",
            "organisation.view_people",
            "organisation.edit_equipment",
            "organisation.edit_reasons",
        ],
        "hr_controlling": [
            "organisation.view",
            "organisation.view_people",
            "organisation.edit_people",
            "organisation.edit_calendars",
        ],
        "administrator": [*EDIT_PLANT, "organisation.open_site"],
    },
)
