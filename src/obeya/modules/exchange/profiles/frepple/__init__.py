"""Coming from frePPLe: its fixture (JSON) or its exported sheets become ours.

What is carried over and what is not, with the reason, stands in
`docs/how-to/coming-from-frepple.md`; the notes of each import repeat it for the file at hand.
"""

from pathlib import Path

from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles.frepple.calendars import Calendars
from obeya.modules.exchange.profiles.frepple.making import Making
from obeya.modules.exchange.profiles.frepple.places import Places
from obeya.modules.exchange.profiles.frepple.records import Records, read_records
from obeya.modules.exchange.profiles.frepple.trade import Trade
from obeya.modules.exchange.refusals import FileRefused

__all__ = ["convert", "read_frepple"]


def read_frepple(path: Path) -> PlantFile:
    """The plant in a frePPLe file, as far as it can be carried over."""
    file = convert(read_records(path))
    if not file.sheets:
        raise FileRefused(
            f"{path.name} holds nothing of frePPLe's that could be carried over. Export its items,"
            " operations, resources and sales orders too."
        )
    return file


def convert(records: Records) -> PlantFile:
    """frePPLe's records in our sheets; each part notes what it has to leave behind."""
    calendars = Calendars(records)
    places = Places(records, calendars)
    making = Making(records, places)
    trade = Trade(records, places, making)
    people = places.people_sheet()  # their calendars are written on the way
    sheets = [
        calendars.sheet(),
        places.equipment_sheet(),
        people,
        trade.parties_sheet(),
        making.materials_sheet(),
        making.bom_sheet(),
        making.operations_sheet(),
        making.alternates_sheet(),
        making.setup_sheet(),
        trade.stock_sheet(),
        trade.demand_sheet(),
        trade.purchases_sheet(),
    ]
    records.note_what_is_left()
    records.note("frePPLe knows no time zone: a new site is opened in UTC unless one is named.")
    if records.faults:
        sheets[0].faults.extend(records.faults)
    return PlantFile(
        [sheet for sheet in sheets if sheet.rows or sheet.faults],
        records.notes,
        site_code=places.site_code,
        site_name=places.site_name,
        zone="UTC",
        today=records.current_date(),
    )
