"""AdventureWorks' shifts and employees."""

from typing import Any

from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.adventureworks.tables import Tables
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.organisation.public import CalendarRow, PersonRow

WORKDAYS = "Mon,Tue,Wed,Thu,Fri"
ALL_SHIFTS = "All shifts"


def calendars_sheet(tables: Tables) -> TypedSheet:
    """A calendar for each shift, and one of all shifts for the machines; Monday to Friday."""
    rows: list[tuple[int, dict[str, Any]]] = []
    for row in tables.of_kind("Shift"):
        for calendar in (row.text("Name"), ALL_SHIFTS):
            given = {
                "calendar": calendar,
                "shift": row.text("Name"),
                "days": WORKDAYS,
                "starts_at": row.clock("StartTime"),
                "ends_at": row.clock("EndTime"),
            }
            rows.append((row.number, given))
    if rows:
        tables.note("Shifts name no days of the week; they were taken to work Monday to Friday.")
    return sheet_of(CalendarRow, rows)


def people_sheet(tables: Tables) -> TypedSheet:
    """Employees under their login, with the shift of the department in which they are now."""
    shifts = tables.texts("Shift", "ShiftID", "Name")
    departments = tables.texts("Department", "DepartmentID", "Name")
    now = {
        row.text("BusinessEntityID"): row
        for row in tables.of_kind("EmployeeDepartmentHistory")
        if not row.text("EndDate")
    }
    rows: list[tuple[int, dict[str, Any]]] = []
    for row in tables.of_kind("Employee"):
        if not row.flag("CurrentFlag"):
            continue
        code = row.text("BusinessEntityID")
        place = now.get(code)
        is_maker = bool(place) and departments.get(place.text("DepartmentID")) == "Production"
        given = {
            "code": code,
            "name": row.text("LoginID").rpartition("\\")[2],
            "skill": row.text("JobTitle") if is_maker else "",
            "calendar": shifts.get(place.text("ShiftID"), "") if place else "",
        }
        rows.append((row.number, given))
    tables.note(
        "Employees are called by their login, because their names are in no table here. The job "
        "title is the skill of those in Production; the others have none. Dates of birth, marital "
        "status, gender, national numbers, vacation and sick leave were not carried over: they "
        "are nobody's business in a plan."
    )
    return sheet_of(PersonRow, rows)
