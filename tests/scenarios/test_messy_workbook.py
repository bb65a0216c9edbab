"""A plant arrives as a messy workbook and is planned: what a new user clicks, types and waits for.

Everything is done in the browser, on the pages as they lead on. The workbook is AdventureWorks'
data as a German file that grew by hand, three rows of a hundred wrong; what must come out is
counted from its raw rows.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.browser import open_page, ready
from tests.support.messy_workbook import Line, Messy, write_messy_workbook
from tests.support.visitor import first_log_in, one_time_password

pytestmark = [pytest.mark.browser, pytest.mark.timing]

WITHIN_S = 60
ZONE = "Europe/Berlin"
FIRST_LINE = 6  # below two titles, a gap and two header rows
#: their sheet → ours, and where it names a material
SHEETS = {
    "Artikel": ("Materials", ()),
    "Stückliste": ("BOM", ("Baugruppe", "Komponente")),
    "Arbeitsplan": ("Operations", ("Artikel",)),
    "Bestand": ("Stock", ("Artikel",)),
    "Aufträge": ("Demand", ("Artikel",)),
}
BOARD = "document.querySelector('[data-island=board]').board"
PLANNED = f"""() => {{ const {{ plan }} = {BOARD};
  return {{ orders: plan.orders.code.map((code, o) => [code, plan.orders.late_s[o]]),
    bars: plan.json.rows.map((m, r) => [m.code, plan.row.filter(each => each === r).length]) }};
}}"""


class NewUser:
    """A person at the page, whose clicks and typed cells are counted, and whose waiting."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = self.typed = 0
        self.waited_s: dict[str, float] = {}

    def types(self, label: str | re.Pattern[str], text: str) -> None:
        self.page.get_by_label(label).fill(text)
        self.typed += 1

    def clicks_on(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).click(no_wait_after=True)
        self.clicks += 1

    @contextmanager
    def waits(self, what: str) -> Iterator[None]:
        """From a click until the page that it leads to stands."""
        began = time.perf_counter()
        yield
        ready(self.page)
        self.waited_s[what] = time.perf_counter() - began

    def arrives(self, address: str) -> None:
        self.page.wait_for_url(address, wait_until="domcontentloaded", timeout=WITHIN_S * 1000)


def counted(page: Any) -> dict[str, tuple[int, int]]:
    """Our sheet → (rows to put right, new rows), as the preview says."""
    rows = page.locator("table.table--compact tbody tr")
    cells = [re.split(r"\s+", row) for row in rows.all_inner_texts()]
    return {name: (_amount(refused), _amount(new)) for name, refused, _changed, new, _same in cells}


def _amount(text: str) -> int:
    return 0 if text == "–" else int(text.replace(",", ""))


def expected(messy: Messy, *, articles_are_right: bool) -> dict[str, tuple[int, int]]:
    """The same from the raw rows: a row is refused if it is spoilt, or names a refused article."""
    spoilt = set() if articles_are_right else {
        messy.lines["Artikel"][at]["Nummer"] for sheet, at in messy.right if sheet == "Artikel"
    }  # fmt: skip
    found = {}
    for sheet, (ours, names) in SHEETS.items():
        right = [e for e in messy.good(sheet) if not spoilt & {e[name] for name in names}]
        if sheet == "Artikel" and articles_are_right:
            right = messy.lines[sheet]
        found[ours] = (len(messy.lines[sheet]) - len(right), len(right))
    places = {line["Lagerort"] for line in messy.lines["Bestand"]}
    found["Equipment"] = (0, len(messy.lines["Arbeitsplätze"]) + len(places))
    found["Parties"] = (0, len({line["Kunde"] for line in messy.lines["Aufträge"]}))
    return found


def good_orders(messy: Messy) -> dict[str, Line]:
    """The lines of orders that are taken over, by order and position."""
    return {f"{e['Auftrag']}/{e['Position']}": e for e in messy.good("Aufträge")}


def test_a_messy_workbook_becomes_a_planned_board(page, fresh_server, shared_folder, tmp_path):
    server = fresh_server
    first_log_in(page, server, "admin", one_time_password(server.said))
    folder = shared_folder / "plants" / "adventureworks"
    today = datetime.now(ZoneInfo(ZONE)).date()
    messy = write_messy_workbook(folder, tmp_path / "werk.xlsx", today)
    user = NewUser(page)
    began = time.perf_counter()

    # The file, and what its columns are: one word is not known.
    open_page(page, f"{server.url}/import/")
    page.set_input_files("[name=file]", messy.path)
    user.clicks += 1
    user.types("Code of the new site", "AW")
    user.types("Its time zone", ZONE)
    with user.waits("reading"):
        user.clicks_on("button", "Check the file")
        user.arrives("**/columns/")
    user.types("Stck =", "H87")
    with user.waits("comparing"):
        user.clicks_on("button", "Compare with the plant")
        user.arrives("**/refused/")
    assert counted(page) == expected(messy, articles_are_right=False)

    # The articles are put right in the page, the rest is left out.
    for (sheet, at), (heading, value) in messy.right.items():
        if sheet == "Artikel":
            user.types(re.compile(rf"^Materials, Row {at + FIRST_LINE}, .*{heading}$"), str(value))
    with user.waits("checking again"):
        user.clicks_on("button", "Check again")
        page.get_by_text("Checked again:").wait_for(timeout=WITHIN_S * 1000)
    taken = expected(messy, articles_are_right=True)
    assert counted(page) == taken
    refused, valid = map(sum, zip(*taken.values(), strict=True))
    with user.waits("applying"):
        user.clicks_on("button", f"Import only the {valid:,} valid rows")
        page.get_by_text(f"{refused} rows were left out").wait_for(timeout=WITHIN_S * 1000)

    # The doctor misses a calendar, and knows which orders are late already.
    with user.waits("examining"):
        user.clicks_on("link", "See what the data doctor finds")
        user.arrives("**/data-doctor/")
    overdue_on = f"{today - timedelta(days=1):%d.%m.%Y}"
    overdue = sum(line["Liefertermin"] == overdue_on for line in messy.good("Aufträge"))
    page.get_by_text(f"Open orders due in the past ({overdue})").wait_for()
    with user.waits("giving a calendar"):
        user.clicks_on("button", "Assume two shifts from Monday to Friday")
        page.get_by_text("7 rows were put right.").wait_for()

    # The board.
    with user.waits("opening the board"):
        user.clicks_on("link", "Plan")
        user.arrives("**/plan/")
    with user.waits("planning"):
        user.clicks_on("button", "Plan the orders")
        page.wait_for_selector("[data-island=board][data-ready]", timeout=WITHIN_S * 1000)
    took_s = time.perf_counter() - began
    planned = page.evaluate(PLANNED)

    print(f"{user.clicks} clicks, {user.typed} typed cells, {took_s:.1f} s, of which waiting:")
    print({what: round(waited_s, 1) for what, waited_s in user.waited_s.items()})
    orders = good_orders(messy)
    assert {code for code, _late_s in planned["orders"]} == orders.keys()
    late = {code for code, late_s in planned["orders"] if late_s > 0}
    assert late == {code for code, order in orders.items() if order["Liefertermin"] == overdue_on}
    assembled = {line["Artikel"] for line in messy.good("Arbeitsplan")
                 if line["Arbeitsplatz"] == "Final Assembly"}  # fmt: skip
    bars = sum(order["Artikel"] in assembled for order in orders.values())
    assert dict(planned["bars"])["Final Assembly"] == bars  # bicycles are sold out: each is made
    assert (user.clicks, user.typed) == (9, 3 + messy.spoilt("Artikel"))
    assert took_s <= WITHIN_S
