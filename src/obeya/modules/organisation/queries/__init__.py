"""Reads of the organisation: rows as they stand, and what its pages show."""

from obeya.modules.organisation.queries.rows import (
    calendar_rows,
    equipment_rows,
    party_rows,
    person_rows,
    reason_rows,
    unit_rows,
)
from obeya.modules.organisation.queries.shown import (
    calendar_exceptions,
    calendar_list,
    calendar_page,
    equipment_list,
    machine_page,
    party_list,
    people_list,
    shift_breaks,
    shift_patterns,
)

__all__ = [
    "calendar_exceptions",
    "calendar_list",
    "calendar_page",
    "calendar_rows",
    "equipment_list",
    "equipment_rows",
    "machine_page",
    "party_list",
    "party_rows",
    "people_list",
    "person_rows",
    "reason_rows",
    "shift_breaks",
    "shift_patterns",
    "unit_rows",
]
