"""SAP's lists of production orders (COOIS) and of stock and requirements (MD04): headings as
there, rows made up here.
"""

from datetime import datetime
from decimal import Decimal

from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.tests.tables import faults_of, guessed, rows_of, sheet
from obeya.plant.log.actor import system_actor
from obeya.plant.work.models import Demand, JobOrder, SupplyOrder


def end_of(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59)


def test_coois_in_german_is_what_is_still_to_be_made_and_how_far_it_is():
    file = guessed(
        sheet("Sheet1",
              ["Auftrag", "Auftragsart", "Materialnummer", "Materialkurztext", "Werk",
               "Auftragsmenge (GMEIN)", "Gelieferte Menge (GMEIN)", "Mengeneinheit (=GMEIN)",
               "Eckstarttermin", "Eckendtermin", "Terminierter Start", "Systemstatus"],
              ["1000123", "PP01", "TABLE", "Eichentisch", "1000", "1.200,000", "200,000", "ST",
               "01.12.2026", "04.12.2026", "01.12.2026", "FREI DRUC MAKO GMPS TRÜC"],
              ["1000124", "PP01", "LEG", "Tischbein", "1000", "80,000", "0,000", "ST",
               "02.12.2026", "07.12.2026", "02.12.2026", "EROF MABS"],
              ["1000125", "PP01", "LEG", "Tischbein", "1000", "80,000", "80,000", "ST",
               "02.11.2026", "06.11.2026", "02.11.2026", "TABG GLFT RÜCK ABGR"],
              ["1000126", "PP01", "LEG", "Tischbein", "1000", "10,500", "0,000", "ST",
               "02.12.2026", "08.12.2026", "02.12.2026", "EROF LOVM"])
    )  # fmt: skip
    names = ("number", "material", "quantity", "due_at", "delivered", "status")
    found = rows_of(file, "Production orders")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("1000123", "TABLE", 1200, end_of(2026, 12, 4), 200, "released"),
        ("1000124", "LEG", 80, end_of(2026, 12, 7), 0, "firm"),
        ("1000125", "LEG", 80, end_of(2026, 11, 6), 80, "done"),
        ("1000126", "LEG", Decimal("10.5"), end_of(2026, 12, 8), 0, "cancelled"),
    ]
    assert rows_of(file, "Materials")[0] == {
        "code": "TABLE", "name": "Eichentisch", "unit": "H87",
    }  # fmt: skip
    assert faults_of(file) == []


def test_coois_in_english():
    file = guessed(
        sheet("Order headers",
              ["Order", "Material Number", "Material description", "Order Type", "MRP controller",
               "Order quantity (GMEIN)", "Delivered quantity (GMEIN)", "Unit of measure (=GMEIN)",
               "Basic start date", "Basic finish date", "System Status"],
              ["1000123", "TABLE", "Oak table", "PP01", "001", "1,200.000", "0.000", "EA",
               "12/01/2026", "12/14/2026", "REL  PRC  MANC SETC"])
    )  # fmt: skip
    [row] = rows_of(file, "Production orders")
    assert (row["number"], row["material"], row["quantity"]) == ("1000123", "TABLE", 1200)
    assert (row["due_at"], row["status"]) == (end_of(2026, 12, 14), "released")


def test_coois_as_a_list_of_operations_is_one_order_each_and_says_what_it_leaves():
    file = guessed(
        sheet("COOIS",
              ["Auftrag", "Material", "Vorgang", "Arbeitsplatz", "Vorgangskurztext",
               "Vorgangsmenge", "Spätestes Ende", "Systemstatus"],
              ["1000123", "LEG", "0010", "SAW-1", "Sägen", "80,5", "03.12.2026", "FREI RÜCK"],
              ["1000123", "LEG", "0020", "BENCH", "Schleifen", "80,5", "07.12.2026", "FREI"],
              ["1000124", "LEG", "0010", "SAW-1", "Sägen", "40", "04.12.2026", "EROF"])
    )  # fmt: skip
    rows = rows_of(file, "Production orders")
    assert [(r["number"], r["quantity"], r["due_at"], r["status"]) for r in rows] == [
        ("1000123", Decimal("80.5"), end_of(2026, 12, 7), "released"),
        ("1000124", 40, end_of(2026, 12, 4), "firm"),
    ]
    assert (
        "Sheet COOIS: 1 row(s) say more of an order that stands above. The latest date counts; "
        "what they say of single operations was not read."
    ) in file.notes


def test_orders_of_customers_are_not_taken_for_production_orders():
    file = guessed(
        sheet("list", ["Auftrag", "Artikel", "Menge", "Termin"],
              ["100", "LEG", "5", "01.12.2026"])
    )  # fmt: skip
    assert rows_of(file, "Production orders") == []
    assert len(rows_of(file, "Demand")) == 1


MD04_GERMAN = (
    ["Bedarfs-/Bestandsliste"],
    ["Material", "LEG", "Tischbein"],
    [],
    [
        "Datum",
        "Dispoelement",
        "Daten zum Dispoelement",
        "Umterm.",
        "A.",
        "Zugang/Bedarf",
        "Verfügbare Menge",
        "Lagerort",
        "Kunde",
    ],
    ["26.11.2026", "W-BEST", "", "", "", "", "1.096,000", "", ""],
    ["26.11.2026", "SI-BED", "Sicherheitsbestand", "", "", "20,000-", "76,000", "", ""],
    ["30.11.2026", "K-AUFT", "10001/000010/0001", "", "", "60,500-", "15,500", "0001", "C-100"],
    ["02.12.2026", "K-AUFT", "10001/000010/0002", "", "", "10,000-", "5,500", "0001", "C-100"],
    ["03.12.2026", "FE-AUF", "1000123/PP01/FREI", "", "", "80,000", "85,500", "0001", ""],
    ["04.12.2026", "BS-EIN", "4500000001/00010", "10.12.2026", "15", "40,000", "125,500", "", ""],
    ["07.12.2026", "VP-BED", "VSF", "", "", "100,000-", "25,500", "", ""],
    ["08.12.2026", "PL-AUF", "0000012345/LA", "", "", "50,000", "75,500", "", ""],
    ["08.12.2026", "SK-BED", "TABLE", "", "", "40,000-", "35,500", "", ""],
    ["09.12.2026", "AR-RES", "TABLE", "", "", "10,000-", "25,500", "", ""],
    ["10.12.2026", "Q-LOS", "300000/01", "", "", "5,000", "30,500", "", ""],
)


def test_md04_in_german_becomes_what_others_lists_say_and_tells_what_it_leaves():
    file = guessed(sheet("MD04", *MD04_GERMAN))

    assert rows_of(file, "Demand") == [
        {"code": "10001/10", "order_code": "10001", "material": "LEG", "kind": "order_line",
         "quantity": Decimal("60.5"), "due_at": end_of(2026, 11, 30), "customer": "C-100"},
        {"code": "10001/10/2", "order_code": "10001", "material": "LEG", "kind": "order_line",
         "quantity": 10, "due_at": end_of(2026, 12, 2), "customer": "C-100"},
        {"code": "FC/LEG/2026-12-07", "order_code": "", "material": "LEG", "kind": "forecast",
         "quantity": 100, "due_at": end_of(2026, 12, 7), "customer": ""},
    ]  # fmt: skip
    assert rows_of(file, "Production orders") == [
        {"number": "1000123", "material": "LEG", "quantity": 80, "due_at": end_of(2026, 12, 3),
         "status": "released"},
    ]  # fmt: skip
    assert rows_of(file, "Purchases") == [
        {"number": "4500000001/10", "material": "LEG", "quantity": 40,
         "due_at": datetime(2026, 12, 4)},
    ]  # fmt: skip
    assert {"code": "LEG", "safety_stock": 20} in rows_of(file, "Materials")
    assert faults_of(file) == []
    assert file.notes == [
        "Sheet MD04: not read were 1 W-BEST. Stock lines name no storage: send the stock list "
        "(MB52).",
        "Sheet MD04: not read were 1 PL-AUF. Proposals are not taken over: the plan here makes "
        "its own.",
        "Sheet MD04: not read were 1 AR-RES, 1 SK-BED. What orders need follows from their BOM.",
        "Sheet MD04: not read were 1 Q-LOS. There is no place for them here.",
    ]


def test_md04_in_english_with_several_materials():
    file = guessed(
        sheet("Sheet1",
              ["Material", "Date", "MRP element", "MRP element data", "Reschedul. date",
               "Exception", "Receipt/Reqmt", "Available Qty"],
              ["LEG", "11/26/2026", "Stock", "", "", "", "", "96"],
              ["LEG", "12/18/2026", "CusOrd", "10001/000010/0001", "", "", "-60", "36"],
              ["LEG", "12/03/2026", "PrdOrd", "1000123/PP01", "", "", "80", "116"],
              ["TOP", "12/04/2026", "POitem", "4500000001/00010", "", "", "40", "40"],
              ["TOP", "12/08/2026", "PurRqs", "0010000123/00010", "", "", "50", "90"])
    )  # fmt: skip
    assert [r["code"] for r in rows_of(file, "Demand")] == ["10001/10"]
    assert rows_of(file, "Purchases") == [
        {"number": "4500000001/10", "material": "TOP", "quantity": 40,
         "due_at": datetime(2026, 12, 4)},
    ]  # fmt: skip
    [order] = rows_of(file, "Production orders")
    assert (order["number"], order["due_at"]) == ("1000123", end_of(2026, 12, 3))
    assert "status" not in order  # the list does not say it: one that is there keeps its own
    assert [note.split(".")[0] for note in file.notes] == [
        "Materials: row 2 of Sheet1 purchases counts as row 4, below those read before",
        "Sheet Sheet1: not read were 1 Stock",
        "Sheet Sheet1: not read were 1 PurRqs",
    ]


def test_a_refused_cell_of_a_part_is_named_at_its_row_of_the_list():
    rows = list(MD04_GERMAN)
    rows[9] = ["04.12.2026", "BS-EIN", "4500000001/00010", "", "", "viel", "", "", ""]
    [fault] = faults_of(guessed(sheet("MD04", *rows)))
    assert fault.startswith("Purchases, row 10, column quantity: “viel” is text where a number")


def test_both_lists_go_into_the_plant_and_name_the_same_orders(oak):
    by = system_actor()
    import_plant(file=guessed(sheet("MD04", *MD04_GERMAN)), site_code="OAK", by=by)
    order = SupplyOrder.objects.get(number="1000123")
    assert (order.kind, order.status, order.quantity) == ("make", "released", 80)
    assert JobOrder.objects.get(supply_order=order).dispatch_status == "ready"
    assert Demand.objects.get(code="10001/10").customer.code == "C-100"

    coois = guessed(
        sheet("COOIS", ["Auftrag", "Materialnummer", "Auftragsmenge (GMEIN)", "Eckendtermin",
                        "Gelieferte Menge (GMEIN)", "Systemstatus"],
              ["1000123", "LEG", "80", "03.12.2026", "0", "FREI"],
              ["1000200", "LEG", "12", "07.12.2026", "0", "EROF"])
    )  # fmt: skip
    done = import_plant(file=coois, site_code="OAK", by=by)

    saved = done.counts["Production orders"]
    assert (saved.new, saved.changed, saved.unchanged) == (1, 0, 1)
