"""Must show 3: every refusal, through the command and the page, with nothing changed after it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from obeya.config.cli import main
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import Fault
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import Tables, put
from obeya.modules.exchange.writing.book import write_table


@dataclass(frozen=True)
class Case:
    """How the example is spoilt, and what must be said about it: parts of the text, in order."""

    spoil: Callable[[Tables], bytes]
    said: tuple[str, ...]


def spoilt(sheet: str, row: int, column: str, value: Any) -> Callable[[Tables], bytes]:
    def spoil(tables: Tables) -> bytes:
        put(tables, sheet, row, column, value)
        return files.workbook(tables)

    return spoil


def circular(tables: Tables) -> bytes:
    tables["BOM"].append(["BEAM", "TABLE", 1, 1])
    return files.workbook(tables)


def doubled(tables: Tables) -> bytes:
    tables["Materials"].append(tables["Materials"][2])
    return files.workbook(tables)


def without(*sheets: str) -> Callable[[Tables], bytes]:
    return lambda tables: files.workbook({n: t for n, t in tables.items() if n not in sheets})


def unknown_without_its_sheet(tables: Tables) -> bytes:
    put(tables, "BOM", 2, "component", "LID")
    return without("Materials")(tables)


def emptied(tables: Tables) -> bytes:
    return files.workbook(tables | {"BOM": []})


def renamed_column(tables: Tables) -> bytes:
    tables["Materials"][0][tables["Materials"][0].index("safety_stock")] = "safty stock"
    return files.workbook(tables)


def injected(tables: Tables) -> bytes:
    return files.with_text(
        files.workbook(tables),
        {("Materials", "B2"): "=cmd|' /C calc'!A0", ("Materials", "A3"): "@X"},
    )


def entities(tables: Tables) -> bytes:
    content = files.workbook(tables)
    name = "xl/workbook.xml"
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]>' + files.part(content, name).partition(b"?>")[2]
    return files.rezipped(content, replace={name: evil})


CASES = {
    "circular BOM": Case(circular, ("BOM", "row 5", "TABLE", "LEG", "BEAM")),
    "unknown code": Case(
        spoilt("BOM", 2, "component", "LEGG"),
        ("BOM, row 2, column component: “LEGG”", "Sheet Materials would define it.",
         "Did you mean LEG?"),
    ),
    "duplicate key": Case(
        doubled, ("Materials, row 6, column code: “LEG”", "duplicate of row 3", "Keep one"),
    ),
    "text in a number": Case(
        spoilt("BOM", 2, "quantity_per", "four"),
        ("BOM, row 2, column quantity_per: “four” is text where a number is expected",
         "Type a number"),
    ),
    "an operation with nothing to do it on": Case(
        spoilt("Operations", 3, "equipment", None),
        ("Operations, row 3, column equipment:", "nobody can do this operation", "Name a machine"),
    ),
    "an operation on a class without members": Case(
        spoilt("Operations", 2, "equipment_class", "LASERS"),
        ("Operations, row 2, column equipment_class: “LASERS”",),
    ),
    "an operation whose skill nobody holds": Case(
        spoilt("People", 2, "level", 1),
        ("Operations, row 2, column skill: “SAWING”", "nobody can do this operation"),
    ),
    "empty sheet": Case(emptied, ("BOM:", "the sheet is empty", "obeya template")),
    "missing sheet": Case(
        unknown_without_its_sheet,
        ("BOM, row 2, column component: “LID”",
         "Sheet Materials would define it, and this file has none."),
    ),
    "unknown column": Case(
        renamed_column,
        ("Materials, row 1, column H: “safty stock” the sheet has no such column",
         "Did you mean safety_stock?"),
    ),
    "misnamed sheet": Case(
        lambda tables: files.workbook({f"{n}al" if n == "Materials" else n: t
                                       for n, t in tables.items()}),
        ("Materialsal: no sheet has this name", "Did you mean Materials?"),
    ),
    "a sheet twice": Case(
        lambda tables: files.workbook(tables | {" BOM": tables["BOM"]}),
        (" BOM: two sheets have this name", "Put their rows into one sheet"),
    ),
    "damaged file": Case(
        lambda tables: files.workbook(tables)[:-400], ("The file is damaged", "save it again"),
    ),
    "zip bomb": Case(lambda tables: files.bomb(files.workbook(tables)), ("zip bomb",)),
    "formula injection": Case(
        injected,
        ("Materials, row 2, column name: “=cmd|", "would run as a formula",
         "Materials, row 3, column code: “@X”", "apostrophe"),
    ),
    "XML entities": Case(entities, ("declares XML entities",)),
    "no sheet of ours": Case(
        lambda tables: files.workbook({"Tabelle1": [["a", "b"]]}), ("none of our sheets",),
    ),
    "only headers": Case(
        lambda tables: files.workbook({name: rows[:1] for name, rows in tables.items()}),
        ("empty below its header",),
    ),
}  # fmt: skip


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: Any) -> Case:
    return request.param


def assert_said(text: str, parts: tuple[str, ...]) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is not said, or not in this order:\n{text}"
        at = found


@pytest.mark.usefixtures("oak")
def test_the_command_refuses_and_changes_nothing(case, example, digest, tmp_path, capsys):
    path = tmp_path / "plant.xlsx"
    path.write_bytes(case.spoil(example))
    before = digest()

    assert main(["import", str(path)]) == 1

    assert_said(capsys.readouterr().err, case.said)
    assert digest() == before


@pytest.mark.usefixtures("oak")
def test_the_page_refuses_and_changes_nothing(case, example, browser_of_ada, plant):
    browser_of_ada.get("/s/OAK/import/")
    before = plant()

    answer = _sent(browser_of_ada, case.spoil(example))

    if answer.status_code == 302:
        shown = browser_of_ada.get(answer.url, follow=True)
        told = [
            Fault(each.row.sheet, each.row.number, *cell[:4])
            for each in shown.context["refused"]
            for cell in each.cells
        ]
    else:
        assert answer.status_code == 422
        told = [answer.context["refusal"]]
    assert_said("\n".join(str(fault) for fault in told), case.said)
    assert plant() == before


@pytest.mark.usefixtures("oak")
def test_everything_wrong_in_a_file_is_told_at_once_and_nothing_twice(
    example, digest, tmp_path, capsys
):
    put(example, "Materials", 2, "kind", "finnished")  # TABLE is refused; what names it is not
    put(example, "BOM", 4, "component", "BEEM")
    put(example, "Demand", 2, "quantity", "lots")
    put(example, "Purchases", 2, "supplier", "S-999")
    put(example, "Stock", 2, "location", "SHED")
    path = tmp_path / "plant.xlsx"
    path.write_bytes(files.workbook(example))
    before = digest()

    assert main(["import", str(path), "--site", "NEW", "--zone", "Europe/Berlin"]) == 1

    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        "Materials, row 2, column kind",
        "BOM, row 4, column component",
        "Stock, row 2, column location",
        "Demand, row 2, column quantity",
        "Purchases, row 2, column supplier",
    ]
    assert lines[-1] == "5 refused; nothing was imported."
    assert digest() == before


def _sent(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("plant.xlsx", content)
    return client.post("/s/OAK/import/", {"file": file, "profile": "obeya"})


@pytest.mark.usefixtures("oak")
def test_the_page_offers_the_refusals_as_a_workbook(example, browser_of_ada):
    preview = _sent(browser_of_ada, injected(example)).url

    book = browser_of_ada.get(f"{preview}refused.xlsx")

    [sheet] = read_content("refused.xlsx", book.content).sheets
    assert [sheet.rows[2][index] for index in range(4)] == [
        "Materials", Decimal(2), "name", "'=cmd|' /C calc'!A0",
    ]  # fmt: skip


@pytest.mark.usefixtures("oak")
def test_nobody_else_sees_the_uploaded_file(example, browser_of_ada, client, someone):
    preview = _sent(browser_of_ada, injected(example)).url
    client.force_login(someone("eve", "administrator"))

    for part in ("", "new/", "refused/", "refused.xlsx"):
        assert client.get(f"{preview}{part}").status_code == 404
    for part in ("apply/", "leave/"):
        assert client.post(f"{preview}{part}").status_code == 404


def test_the_list_of_refusals_runs_nothing_of_the_file_that_it_quotes():
    target = io.BytesIO()
    write_table(target, "Refused", ["Sheet"], [["=cmd()", 3, "@x", "bell\x07", "-1"]])

    [_, row] = load_workbook(target)["Refused"].iter_rows()
    assert [cell.value for cell in row] == ["'=cmd()", 3, "'@x", "bell", "'-1"]
    assert {cell.data_type for cell in row} == {"s", "n"}
