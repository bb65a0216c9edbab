from django.utils.translation import gettext_lazy as _

from obeya.modules.organisation.demo import fill
from obeya.modules.organisation.found import EQUIPMENT, PARTIES
from obeya.plant.log.rooms import MenuItem, Module

VIEW = ["organisation.view"]
VIEW_PEOPLE = [*VIEW, "organisation.view_people"]
EDIT = [
    *VIEW_PEOPLE,
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
    search=[EQUIPMENT, PARTIES],
    demo=fill,
    menu=[
        MenuItem("Assets", _("Equipment"), "organisation:equipment", "organisation.view"),
        MenuItem("People", _("People"), "organisation:people", "organisation.view_people"),
        MenuItem("People", _("Calendars"), "organisation:calendars", "organisation.view"),
        MenuItem(
            "People", _("Customers and suppliers"), "organisation:parties", "organisation.view"
        ),
    ],
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
        "operator": VIEW,
        "warehouse": VIEW,
        "buyer": [*VIEW, "organisation.edit_parties"],
        "quality": VIEW,
        "maintenance": VIEW,
        "hse": VIEW,
        "guest": VIEW,
        "plant_director": VIEW_PEOPLE,
        "supervisor": VIEW_PEOPLE,
        "planner": [*VIEW_PEOPLE, "organisation.edit_calendars", "organisation.edit_equipment"],
        "process_engineer": [
            *VIEW_PEOPLE,
            "organisation.edit_equipment",
            "organisation.edit_reasons",
        ],
        "hr_controlling": [
            *VIEW_PEOPLE,
            "organisation.edit_people",
            "organisation.edit_calendars",
        ],
        "production_manager": EDIT,
        "administrator": [*EDIT, "organisation.open_site"],
    },
)
