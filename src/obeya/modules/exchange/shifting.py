"""Moving the dates of a plan, so that yesterday's file is a plan for tomorrow."""

import dataclasses
from datetime import date, timedelta

from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading.typed import TypedRow, TypedSheet
from obeya.modules.exchange.refusals import Fault

DATED = {"Demand": "due_at", "Purchases": "due_at", "Production orders": "due_at"}
OPEN = ("open", "firm", "released")  # states of rows that are still to come


def shift_dates(file: PlantFile, to: date) -> int:
    """Move the dates of demand and purchases by whole days, so that the plan begins at ``to``.

    It begins on the day that the file names, else on the first date of its open rows.
    Returns the days.
    """
    dated = [
        (sheet, DATED[sheet.name]) for sheet in file.sheets if sheet.name in DATED and sheet.rows
    ]
    open_days = [
        row.given[name].date()
        for sheet, name in dated
        for row in sheet.rows
        if row.given.get(name) and row.given.get("status", "open") in OPEN
    ]
    begins = file.today or min(open_days, default=None)
    if begins is None:
        return 0
    days = (to - begins).days
    for sheet, name in dated:
        sheet.rows = [_moved(row, name, days, sheet) for row in sheet.rows]
    file.notes.append(f"Dates of demand and purchases were moved by {days} days.")
    return days


def _moved(row: TypedRow, name: str, days: int, sheet: TypedSheet) -> TypedRow:
    at = row.given.get(name)
    if not at:
        return row
    try:
        return dataclasses.replace(row, given={**row.given, name: at + timedelta(days)})
    except OverflowError:
        rule = f"leaves the calendar when it is moved by {days} days"
        remedy = "Correct its year, or let the plan begin on another day."
        column = sheet.headers.get(name, name)
        sheet.faults.append(Fault(sheet.name, row.number, column, str(at), rule, remedy))
        return row
