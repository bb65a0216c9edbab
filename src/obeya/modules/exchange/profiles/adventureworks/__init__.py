"""Coming from AdventureWorks, Microsoft's sample of a bicycle maker's ERP, as tables (TSV).

What is carried over and what is not, with the reason, stands in
`docs/how-to/coming-from-adventureworks.md`; the notes of each import repeat it.
"""

from pathlib import Path

from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.profiles.adventureworks.masters import (
    equipment_sheet,
    materials_sheet,
    parties_sheet,
    reasons_sheet,
    units_sheet,
)
from obeya.modules.exchange.profiles.adventureworks.people import calendars_sheet, people_sheet
from obeya.modules.exchange.profiles.adventureworks.supply import (
    bom_sheet,
    purchases_sheet,
    stock_sheet,
)
from obeya.modules.exchange.profiles.adventureworks.tables import Tables
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.refusals import FileRefused

__all__ = ["convert", "read_adventureworks"]


def read_adventureworks(path: Path) -> PlantFile:
    """The plant in a folder or zip of AdventureWorks tables, as far as it can be carried over."""
    tables = Tables.of(read_book(path))
    if not tables.of_kind("Product"):
        raise FileRefused(
            f"{path.name} holds no table Product of AdventureWorks. Send the folder of its tables "
            "(Product.tsv, BillOfMaterials.tsv …) as a ZIP."
        )
    return convert(tables)


def convert(tables: Tables) -> PlantFile:
    """Its tables in our sheets; each part notes what it has to leave behind."""
    sheets = [
        units_sheet(tables),
        reasons_sheet(tables),
        calendars_sheet(tables),
        equipment_sheet(tables),
        people_sheet(tables),
        parties_sheet(tables),
        materials_sheet(tables),
        bom_sheet(tables),
        stock_sheet(tables),
        purchases_sheet(tables),
    ]
    tables.note_the_rest()
    if tables.faults:
        sheets[0].faults.extend(tables.faults)
    return PlantFile(
        [sheet for sheet in sheets if sheet.rows or sheet.faults],
        tables.notes,
        site_code="AW",
        site_name="Adventure Works Cycles",
        zone="UTC",
        currency="USD",
    )
