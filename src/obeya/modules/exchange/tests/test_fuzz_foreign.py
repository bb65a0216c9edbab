"""Foreign tables spoilt by chance, every guess believed: never a crash, never half a plant."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess_as
from obeya.modules.exchange.foreign.vocabulary import VOCABULARY
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.book import Book, BrokenCell
from obeya.modules.exchange.tests.tables import guessed, sheet
from obeya.plant.log.actor import system_actor
from obeya.plant.log.refusal import Refusal

TABLES = {
    "MB52": [
        ["Lagerliste", "", "", ""],
        ["Material", "Kurztext", "Lagerort", "Frei verwendbar", "ME", "Charge"],
        ["4711", "Blech", "0001", "1.234,50-", "KG", "C1"],
        ["4712", "Rohr", "0002", "12", "ST", ""],
        ["", "", "", "1.246,50", "", ""],
    ],
    "CS12": [
        ["Material: 4711", "", ""],
        ["Stufe", "Komponente", "Komponentenmenge"],
        [".1", "4712", "2,0"],
        ["..2", "4713", "1,5"],
    ],
    "VA05": [
        ["Order", "Item", "Customer", "Product", "Qty", "Delivery Date"],
        ["1", "10", "C1", "4711", "5", "24/12/2026"],
        ["", "20", "", "4712", "1,000.5", "01/12/2026"],
    ],
    "COOIS": [
        ["Auftrag", "Materialnummer", "Auftragsmenge (GMEIN)", "Eckendtermin", "Systemstatus"],
        ["100200", "LEG", "20,0", "03.12.2026", "FREI DRUC"],
        ["100201", "TABLE", "12,0", "07.12.2026", "TABG GLFT"],
    ],
    "MD04": [
        ["Material: LEG"],
        ["Datum", "Dispoelement", "Daten zum Dispoelement", "Zugang/Bedarf"],
        ["26.11.2026", "SI-BED", "", "20,0-"],
        ["30.11.2026", "K-AUFT", "10001/000010/0001", "60,5-"],
        ["03.12.2026", "FE-AUF", "100202/PP01/FREI", "80,0"],
        ["08.12.2026", "PL-AUF", "12345", "50,0"],
    ],
    "Absatzplan": [
        ["Artikel", "Kunde", "KW 49/2026", "KW 50/2026", "KW 51/2026"],
        ["4711", "C1", "10", "", "20,5"],
        ["4712", "C1", "1", "2", "3"],
    ],
}
ODD = [
    "", " ", "=1+1", "-", "--", "^", "^Material", "0010", "1.234", "1,234,5", "KW 53/2025", "KW 0",
    "2026-W53", "29.02.2026", "31.12.9999", "00.00.0000", "99999999", "[x] y", "a   b", "[",
    "...9999", "12/2026",
    "0000-00", "1e5", "²", "١٢", "Material", "Menge", "x" * 300, "A\tB", "\u202e",
    Decimal("1e18"), Decimal("-0"), True, None, date(2026, 12, 1),
    datetime(9999, 12, 31, 23, 59), time(6), timedelta(days=400), BrokenCell("#N/A", "Mend it."),
]  # fmt: skip
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 3))]


def spoilt(chance):
    sheets = []
    for name in chance.sample(list(TABLES), chance.randint(1, 3)):
        rows = [list(row) for row in TABLES[name]]
        for _ in range(chance.randint(0, 6)):
            row = chance.choice(rows)
            row[chance.randrange(len(row))] = chance.choice(ODD)
        chance.random() < 0.2 and chance.shuffle(rows)
        sheets.append(sheet(name, *rows))
    return sheets


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_table_holds_it_is_read_as_any_sheet_or_refused_in_words(seed):
    chance = random.Random(seed)
    outcomes = set()
    for _ in range(150):
        book = Book(spoilt(chance))
        mappings = [guess_as(t, chance.choice(list(VOCABULARY))).mapping for t in tables_in(book)]
        try:
            file = understand(convert(book, mappings))
        except Refusal:
            continue
        outcomes.add("read")
        assert all(f.rule and f.remedy for s in file.sheets for f in s.faults)
    assert "read" in outcomes


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("seed", SEEDS)
def test_spoilt_tables_are_taken_over_or_refused_but_never_in_half(seed, digest):
    chance = random.Random(seed)
    outcomes = set()
    before = digest()
    for _ in range(40):
        try:
            import_plant(file=guessed(*spoilt(chance)), site_code="OAK", by=system_actor())
        except Refusal:
            outcomes.add("refused")
            assert digest() == before
        else:
            outcomes.add("imported")
            before = digest()
    assert "refused" in outcomes
