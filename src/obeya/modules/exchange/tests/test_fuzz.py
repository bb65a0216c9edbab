"""Files spoilt by chance: never a crash, never half a plant."""

import random

import pytest

from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.archive import Limits
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import example_workbook
from obeya.plant.log.actor import system_actor
from obeya.plant.log.refusal import Refusal

ODD = [
    "", " ", "=1+1", "@x", "-", "0010", "1,234", "1.5", "yes", "2026-12-01", "06:00", "\u202e",
    "😀", "x" * 300, "A\tB", "NaN", "TABLE", "LEG", -1, 0, 1e300, 10**13, True, None, "'", "''=",
    "; ,",
]  # fmt: skip

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 3))]


def tried(content: bytes) -> str:
    """What became of it: imported, or refused."""
    try:
        file = understand(read_content("plant.xlsx", content, Limits(unpacked_bytes=20_000_000)))
        import_plant(file=file, site_code="OAK", by=system_actor())
    except Refusal:
        return "refused"
    return "imported"


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("seed", SEEDS)
def test_spoilt_bytes_change_nothing_unless_the_file_still_says_the_same(seed, digest):
    chance = random.Random(seed)
    whole = example_workbook()
    outcomes = set()
    before = digest()
    for _ in range(40):
        outcome = tried(files.with_spoilt_bytes(whole, chance))
        outcomes.add(outcome)
        after = digest()
        assert outcome == "imported" or after == before
        before = after
    assert "refused" in outcomes


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("seed", SEEDS)
def test_spoilt_cells_are_taken_over_or_refused_but_never_in_half(seed, example, digest):
    chance = random.Random(seed)
    before = digest()
    for _ in range(25):
        tables = {name: [list(row) for row in rows] for name, rows in example.items()}
        for _ in range(chance.randint(1, 4)):
            rows = tables[chance.choice(list(tables))]
            row = rows[chance.randrange(len(rows))]
            row[chance.randrange(len(row))] = chance.choice(ODD)
        outcome = tried(files.workbook(_writable(tables)))
        after = digest()
        assert outcome == "imported" or after == before
        before = after


@pytest.mark.parametrize("seed", SEEDS)
def test_spoilt_xml_is_read_or_refused(seed):
    chance = random.Random(seed)
    whole = files.workbook({"Materials": [["code", "name"], ["M1", "Bolt"], ["M2", 5]]})
    names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"]
    for _ in range(100):
        name = chance.choice(names)
        part = bytearray(files.part(whole, name))
        for _ in range(chance.randint(1, 5)):
            part[chance.randrange(len(part))] = chance.choice(b"<>&\"'/= 0A9zr\x00\xff")
        content = files.rezipped(whole, replace={name: bytes(part)})
        try:
            book = read_content("plant.xlsx", content)
        except Refusal:
            continue
        assert len(book.sheets) <= 1


def _writable(tables):
    """openpyxl writes no tabs; the reader sees them all the same in test_values."""
    return {
        name: [[v.replace("\t", " ") if isinstance(v, str) else v for v in row] for row in rows]
        for name, rows in tables.items()
    }
