"""What other rooms may use of the organisation."""

from obeya.modules.organisation.actions import (
    archive_equipment,
    open_site,
    record_absences,
    save_calendars,
    save_equipment,
    save_parties,
    save_people,
    save_reasons,
    save_units,
    unarchive_equipment,
)
from obeya.modules.organisation.queries import (
    calendar_rows,
    equipment_rows,
    party_rows,
    person_rows,
    reason_rows,
    unit_rows,
)
from obeya.modules.organisation.rows import (
    AbsenceRow,
    CalendarRow,
    EquipmentRow,
    PartyRow,
    PersonRow,
    ReasonRow,
    UnitRow,
)

__all__ = [
    "AbsenceRow",
    "CalendarRow",
    "EquipmentRow",
    "PartyRow",
    "PersonRow",
    "ReasonRow",
    "UnitRow",
    "archive_equipment",
    "calendar_rows",
    "equipment_rows",
    "open_site",
    "party_rows",
    "person_rows",
    "reason_rows",
    "record_absences",
    "save_calendars",
    "save_equipment",
    "save_parties",
    "save_people",
    "save_reasons",
    "save_units",
    "unarchive_equipment",
    "unit_rows",
]
