"""The verbs of the organisation: the only writers of its tables."""

from obeya.modules.organisation.actions.absences import record_absences
from obeya.modules.organisation.actions.archive import archive_equipment, unarchive_equipment
from obeya.modules.organisation.actions.calendars import save_calendars
from obeya.modules.organisation.actions.equipment import save_equipment
from obeya.modules.organisation.actions.parties import save_parties
from obeya.modules.organisation.actions.people import save_people
from obeya.modules.organisation.actions.reasons import save_reasons
from obeya.modules.organisation.actions.sites import open_site
from obeya.modules.organisation.actions.units import save_units

__all__ = [
    "archive_equipment",
    "open_site",
    "record_absences",
    "save_calendars",
    "save_equipment",
    "save_parties",
    "save_people",
    "save_reasons",
    "save_units",
    "unarchive_equipment",
]
