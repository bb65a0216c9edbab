"""AdventureWorks as a plant would send it: one German workbook, grown by hand, not all of it right.

What the tables lack (routings, sales orders) is added here by fixed rules. Of every row that is
wrong its writer notes the right value, so that a test counts without asking the product.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Line = dict[str, Any]  # by heading
PER_OUNCE_G, PER_INCH_M = Decimal("28.35"), Decimal("0.0254")
BROKEN_EVERY = 33  # three of a hundred
DEMANDS = 300
OVERDUE = 7  # of them, since yesterday
FINAL_ASSEMBLY = "60"
#: beginning of a product's number → the locations that it passes
ROUTES = {"FR": ("10", "20", "30", "40"), "BK": ("50", FINAL_ASSEMBLY), "FK": ("20", "45")}
#: location → setup and run in minutes
TIMES = {"10": ("10", "2,5"), "20": ("5", "1,25"), "30": ("0", "0,75"), "40": ("7,5", "1,5"),
         "45": ("10", "2,25"), "50": ("2,5", "0,5"), FINAL_ASSEMBLY: ("2,5", "1,75")}  # fmt: skip

#: sheet → the upper of its two header rows, and the lower
HEADINGS = {
    "Artikel": (
        ("Artikel", "", "", "Disposition", "", ""),
        ("Nummer", "Bezeichnung", "Mengeneinheit", "Beschaffungsart", "Planlieferzeit",
         "Standardpreis"),
    ),
    "Stückliste": (
        ("Position", "", "", "Gültigkeit", ""),
        ("Baugruppe", "Komponente", "Menge", "Gültig ab", "Gültig bis"),
    ),
    "Arbeitsplätze": (("Platz", "", "Stelle"), ("Arbeitsplatz", "Bezeichnung", "Anzahl Maschinen")),
    "Arbeitsplan": (
        ("Vorgang", "", "", "Zeiten in min", ""),
        ("Artikel", "Nr", "Arbeitsplatz", "Rüstzeit", "Stückzeit"),
    ),
    "Bestand": (("Lager", "", ""), ("Artikel", "Lagerort", "Menge")),
    "Aufträge": (
        ("Auftrag", "", "", "Lieferung", "", ""),
        ("Auftrag", "Position", "Kunde", "Artikel", "Menge", "Liefertermin"),
    ),
}  # fmt: skip
#: what is spoilt where, by turns: the heading, and what somebody typed into it
SLIPS: dict[str, Sequence[tuple[str, str]]] = {
    "Artikel": (("Standardpreis", "k. A."), ("Planlieferzeit", "bald")),
    "Stückliste": (("Menge", "zwei"), ("Menge", ""), ("Gültig ab", "31.02.2026")),
    "Arbeitsplan": (("Rüstzeit", "kurz"), ("Arbeitsplatz", "Härterei")),
    "Bestand": (("Menge", "viele"), ("Artikel", "siehe oben")),
    "Aufträge": (("Liefertermin", "sofort"), ("Menge", "0"), ("Artikel", "Fahrrad")),
}


@dataclass
class Messy:
    """The sheets with their lines; ``right`` tells what a spoilt line ought to say."""

    path: Path
    lines: dict[str, list[Line]] = field(default_factory=dict)
    right: dict[tuple[str, int], tuple[str, Any]] = field(default_factory=dict)

    def spoilt(self, sheet: str) -> int:
        return sum(name == sheet for name, _at in self.right)

    def good(self, sheet: str) -> list[Line]:
        return [e for at, e in enumerate(self.lines[sheet]) if (sheet, at) not in self.right]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one table of AdventureWorks: the first line names, `V` begins a row."""
    text = (folder / f"{name}.tsv").read_text("utf-8-sig")
    lines = [line.split("\t") for line in text.splitlines()]
    names = [cell.strip("\\").strip() for cell in lines[0]]
    return [
        {key: cell.strip() for key, cell in zip(names, line, strict=False)}
        for line in lines
        if line[0] == "V"
    ]


def write_messy_workbook(folder: Path, path: Path, today: date) -> Messy:
    products = {row["ProductID"]: row for row in table(folder, "Product")}
    numbers = {key: row["ProductNumber"] for key, row in products.items()}
    bom = [row for row in table(folder, "BillOfMaterials") if row["ProductAssemblyID"]]
    units = {row["ComponentID"]: row["UnitMeasureCode"] for row in bom}
    places = {r["LocationID"]: r["Name"] for r in table(folder, "Location")
              if Decimal(r["CostRate"])}  # fmt: skip
    made = [row["ProductNumber"] for row in products.values() if row["MakeFlag"] == "1"]
    messy = Messy(path)
    messy.lines["Artikel"] = list(_articles(products, units))
    messy.lines["Stückliste"] = list(_components(bom, numbers))
    messy.lines["Arbeitsplätze"] = [
        {"Arbeitsplatz": name, "Bezeichnung": name, "Anzahl Maschinen": 1}
        for name in places.values()
    ]
    messy.lines["Arbeitsplan"] = [
        {"Artikel": number, "Nr": at * 10, "Arbeitsplatz": places[place],
         "Rüstzeit": TIMES[place][0], "Stückzeit": TIMES[place][1]}
        for number in made
        for at, place in enumerate(ROUTES.get(number[:2], ("50",)), 1)
    ]  # fmt: skip
    messy.lines["Bestand"] = [
        {"Artikel": numbers[row["ProductID"]], "Lagerort": f"L{row['LocationID']}",
         "Menge": _german(Decimal(row["Quantity"]))}
        for row in table(folder, "ProductInventory")
        if not numbers[row["ProductID"]].startswith("BK")  # bicycles are sold out
    ]  # fmt: skip
    messy.lines["Aufträge"] = list(_orders([n for n in made if n.startswith("BK")], today))
    for sheet, slips in SLIPS.items():
        _spoil(messy, sheet, slips)
    _save(messy)
    return messy


def _articles(products: dict[str, dict[str, str]], units: dict[str, str]) -> Iterable[Line]:
    for key, row in products.items():
        yield {
            "Nummer": row["ProductNumber"],
            "Bezeichnung": row["Name"],
            "Mengeneinheit": {"OZ": "g", "IN": "m"}.get(units.get(key, "EA"), "Stck"),
            "Beschaffungsart": "E" if row["MakeFlag"] == "1" else "F",
            "Planlieferzeit": int(row["DaysToManufacture"]),
            "Standardpreis": _german(Decimal(row["StandardCost"])),
        }


def _components(bom: Iterable[dict[str, str]], numbers: dict[str, str]) -> Iterable[Line]:
    for row in bom:
        quantity = Decimal(row["PerAssemblyQty"])
        if row["UnitMeasureCode"] == "OZ":
            quantity *= PER_OUNCE_G
        elif row["UnitMeasureCode"] == "IN":
            quantity *= PER_INCH_M
        yield {
            "Baugruppe": numbers[row["ProductAssemblyID"]],
            "Komponente": numbers[row["ComponentID"]],
            "Menge": _german(quantity),
            "Gültig ab": _day(row["StartDate"]),
            "Gültig bis": _day(row["EndDate"]),
        }


def _orders(bikes: Sequence[str], today: date) -> Iterable[Line]:
    """Each for two or three bikes, due in the fourth to the ninth week; a few were due before."""
    for at in range(DEMANDS):
        days = -1 if at < OVERDUE else 28 + at % 42
        yield {
            "Auftrag": f"A{1000 + at // 2}",
            "Position": 1 + at % 2,
            "Kunde": f"K{1 + at % 12:02}",
            "Artikel": bikes[at * 5 % len(bikes)],
            "Menge": f"{2 + at % 2},0",
            "Liefertermin": f"{today + timedelta(days):%d.%m.%Y}",
        }


def _spoil(messy: Messy, sheet: str, slips: Sequence[tuple[str, str]]) -> None:
    for turn, at in enumerate(range(BROKEN_EVERY // 2, len(messy.lines[sheet]), BROKEN_EVERY)):
        heading, slip = slips[turn % len(slips)]
        line = messy.lines[sheet][at]
        messy.right[sheet, at] = heading, line[heading]
        messy.lines[sheet][at] = line | {heading: slip}


def _save(messy: Messy) -> None:
    book = Workbook()
    book.remove(book.active)
    for sheet, (upper, lower) in HEADINGS.items():
        page = book.create_sheet(sheet)
        page.append([f"{sheet} - Adventure Works Cycles"])
        page.append(["Auszug, nur für internen Gebrauch"])
        page.append([])
        page.append([word or None for word in upper])
        page.append(list(lower))
        for line in messy.lines[sheet]:
            page.append([line[heading] if line[heading] != "" else None for heading in lower])
    book.save(messy.path)


def _german(number: Decimal) -> str:
    """1234.5 as 1.234,50."""
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


def _day(moment: str) -> str:
    year, month, day = moment[:10].split("-") if moment else ("", "", "")
    return f"{day}.{month}.{year}" if moment else ""
