"""Reads of the organisation: rows as they stand, and what its pages show."""

from obeya.modules.organisation.queries.rows import (
    calendar_rows,
    equipment_rows,
    party_rows,
    person_rows,
    reason_rows,
    unit_rows,
)

__all__ = [
    "calendar_rows",
    "equipment_rows",
    "party_rows",
    "person_rows",
    "reason_rows",
    "unit_rows",
]
