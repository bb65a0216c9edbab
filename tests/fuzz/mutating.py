"""Files of all kinds that a plant's doors take, spoilt by chance: one seed, one file."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from obeya.engines.calloffs.tests import messages as m
from obeya.engines.calloffs.tests.test_fuzz import mutated
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import Tables, example_tables, example_workbook

ODD = [
    "", " ", "=1+1", "@x", "-", "--", "0010", "1,234", "1.234,5-", "1.5", "yes", "2026-12-01",
    "29.02.2026", "31.12.9999", "99999999", "06:00", "\u202e", "😀", "x" * 300, "NaN", "TABLE",
    "LEG", "[x] y", "^", "KW 53/2025", "1e5", "²", "Material", -1, 0, 1e300, 10**13, True, None,
    "'", "''=", "; ,", "released", "done", "REL TECO", "100200", "0/0/0",
]  # fmt: skip
LISTS: Mapping[str, Sequence[Sequence[str]]] = {
    "MB52": [
        ["Lagerliste"],
        ["Material", "Kurztext", "Lagerort", "Frei verwendbar", "ME", "Charge"],
        ["NUT", "Mutter", "STORE", "1.234,50", "KG", ""],
        ["LEG", "Rohr", "0002", "12", "ST", ""],
        ["", "", "", "1.246,50", "", ""],
    ],
    "VA05": [
        ["Order", "Item", "Customer", "Product", "Qty", "Delivery Date"],
        ["1", "10", "C-100", "TABLE", "5", "24/12/2026"],
        ["", "20", "", "LEG", "1,000.5", "01/12/2026"],
    ],
    "COOIS": [
        ["Auftrag", "Materialnummer", "Auftragsmenge (GMEIN)", "Gelieferte Menge (GMEIN)",
         "Eckendtermin", "Systemstatus"],
        ["100200", "LEG", "20,0", "0,0", "03.12.2026", "FREI DRUC"],
        ["1000200", "TABLE", "12,0", "2,0", "07.12.2026", "EROF"],
        ["1000201", "LEG", "5,0", "5,0", "01.11.2026", "TABG GLFT"],
    ],
    "MD04": [
        ["Material: LEG"],
        [],
        ["Datum", "Dispoelement", "Daten zum Dispoelement", "Zugang/Bedarf", "Verfügbare Menge"],
        ["26.11.2026", "W-BEST", "", "", "1.096,0"],
        ["26.11.2026", "SI-BED", "", "20,0-", "76,0"],
        ["30.11.2026", "K-AUFT", "10001/000010/0001", "60,5-", "15,5"],
        ["03.12.2026", "FE-AUF", "1000123/PP01/FREI", "80,0", "85,5"],
        ["04.12.2026", "BS-EIN", "4500000001/00010", "40,0", "125,5"],
        ["08.12.2026", "PL-AUF", "12345", "50,0", "75,5"],
    ],
    "ME2N": [
        ["Einkaufsbeleg", "Position", "Lieferant/Lieferwerk", "Material", "Noch zu liefern (Menge)",
         "Lieferdatum"],
        ["4500000001", "10", "S-200     Timber", "TOP", "40,5", "01.12.2026"],
    ],
    "Absatzplan": [
        ["Artikel", "Kunde", "KW 49/2026", "KW 50/2026", "KW 51/2026"],
        ["TABLE", "C-100", "10", "", "20,5"],
        ["LEG", "C-100", "1", "2", "3"],
    ],
}  # fmt: skip
SLOTS = [("1", "20261201", 500), ("2", "20261208", 400), ("4", "20270105", 900)]
MESSAGES = [
    m.edifact(*m.DELFOR_HEAD, *m.delfor_line("4711-A", SLOTS, received=1000),
              *m.delfor_line("LEG", SLOTS)),
    m.edifact("BGM+242+J-1+9", "DTM+137:20261124:102", "NAD+BY+CUST-A::92", "LIN+1++4711-A:IN",
              "NAD+ST+P-7::92", "QTY+113:40:PCE", "DTM+2:20261201:102", kind="DELJIT:D:96A:UN"),
    m.x12("BFR*05*R-17**DL*C*20261124*20270301*20261124", "LIN**BP*4711-A*VP*TABLE",
          "SHP*02*1*051*20260101**20261123", "FST*5*C*F*20261201*20261205", "FST*6*D*M*20270101"),
    m.x12("BSS*05*S-1*20261124*DL*20261124*20261204*R-17****C", "LIN**BP*4711-A", "UIT*EA",
          "SHP*02*1000*051*20260101**20261123", "FST*1200*C*D*20261201",
          "FST*1250*C*D*20261202****", kind="862"),
    m.vda(m.vda_512("4711-A"), m.vda_513(("333333", 4), ("555555", 0), ("265051", 40))),
]  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """A file with how it is called; ``is_message``: it goes to the door of call-offs."""

    kind: str
    name: str
    content: bytes
    is_message: bool = False


def spoilt(seed: int) -> Spoilt:
    """The file of this seed, the same on every machine."""
    chance = random.Random(seed)
    kind = list(KINDS)[seed % len(KINDS)]
    return KINDS[kind](chance)


def unspoilt() -> dict[str, Spoilt]:
    """What the spoilt files were: all of it can be taken over."""
    lists = {name: Spoilt(name, f"{name}.csv", _csv(rows, ";")) for name, rows in LISTS.items()}
    messages = {
        f"message {at}": Spoilt("EDI message", "call-off.edi", each, is_message=True)
        for at, each in enumerate(MESSAGES)
    }
    return {"workbook": Spoilt("workbook", "plant.xlsx", example_workbook())} | lists | messages


def _bytes_of_a_workbook(chance: random.Random) -> Spoilt:
    content = files.with_spoilt_bytes(example_workbook(), chance)
    return Spoilt("workbook, bytes", "plant.xlsx", content)


def _cells_of_a_workbook(chance: random.Random) -> Spoilt:
    return Spoilt("workbook, cells", "plant.xlsx", files.workbook(_spoilt_tables(chance)))


def _csv_of_ours(chance: random.Random) -> Spoilt:
    tables = _spoilt_tables(chance)
    name = chance.choice(list(tables))
    content = bytearray(_csv(tables[name], chance.choice(";,\t")))
    if chance.random() < 0.3:
        content = bytearray(mutated(bytes(content), chance))
    return Spoilt("CSV of ours", f"{name}.csv", bytes(content))


def _list_of_an_erp(chance: random.Random) -> Spoilt:
    name = chance.choice(list(LISTS))
    rows: list[list[Any]] = [list(row) for row in LISTS[name]]
    for _ in range(chance.randint(0, 5)):
        row = chance.choice([each for each in rows if each])
        row[chance.randrange(len(row))] = chance.choice(ODD)
    if chance.random() < 0.2:
        chance.shuffle(rows)
    if chance.random() < 0.5:
        return Spoilt("list of an ERP", f"{name}.xlsx", files.workbook({name: rows}))
    content = _csv(rows, ";")
    if chance.random() < 0.3:
        content = mutated(content, chance)
    return Spoilt("list of an ERP", f"{name}.csv", content)


def _message(chance: random.Random) -> Spoilt:
    content = mutated(chance.choice(MESSAGES), chance)
    return Spoilt("EDI message", "call-off.edi", content, is_message=True)


def _spoilt_tables(chance: random.Random) -> Tables:
    tables = example_tables()
    for _ in range(chance.randint(0, 4)):
        rows = tables[chance.choice(list(tables))]
        row = rows[chance.randrange(len(rows))]
        row[chance.randrange(len(row))] = chance.choice(ODD)
    return tables


def _csv(rows: Sequence[Sequence[Any]], mark: str) -> bytes:
    texts = (
        mark.join("" if cell is None else str(cell).replace(mark, " ") for cell in row)
        for row in rows
    )
    return "\r\n".join(texts).encode()


KINDS: Mapping[str, Callable[[random.Random], Spoilt]] = {
    "workbook, bytes": _bytes_of_a_workbook,
    "workbook, cells": _cells_of_a_workbook,
    "CSV of ours": _csv_of_ours,
    "list of an ERP": _list_of_an_erp,
    "EDI message": _message,
}
