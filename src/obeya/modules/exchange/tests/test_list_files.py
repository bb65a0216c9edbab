"""A list goes out as Excel and comes back: only what was changed in it, cell by cell."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from obeya.modules.exchange.tests.previews import apply, place, states
from obeya.plant.resources.models import Material, Person
from obeya.plant.work.models import Demand

pytestmark = pytest.mark.usefixtures("oak")
ORDERS = "/s/OAK/orders/"


def test_the_file_has_typed_cells_in_the_zone_of_the_site_and_says_what_it_is(exported):
    book = exported(ORDERS, "&sort=-due_at&status=open")
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[1]] == [
        "Order line", "Customer", "Material", "Quantity", "Due", "State",
    ]  # fmt: skip
    # 2026-12-18 14:00 in Berlin is 13:00 UTC
    assert Demand.objects.get(code="SO-2/1").due_at == datetime(2026, 12, 18, 13, tzinfo=UTC)
    assert [cell.value for cell in sheet[2]] == [
        "SO-2/1", "Home & Garden", "TABLE", 3, datetime(2026, 12, 18, 14), "open",
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]] == [
        "@", "@", "@", 'General" pcs"', "yyyy-mm-dd hh:mm", "@",
    ]  # fmt: skip
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"
    condition = sheet.auto_filter.sortState.sortCondition[0]
    assert (condition.ref, condition.descending) == ("E2:E3", True)
    about = {row[0].value: row[1].value for row in book["About this file"].iter_rows()}
    assert about["List"] == "Orders"
    assert about["Site"] == "OAK"
    assert about["Filter"] == "State: open"
    assert about["Sorted by"] == "Due, descending"
    assert about["Times are those of"] == "Europe/Berlin"
    assert about["May be changed"] == "Material, Quantity, Due, State"
    assert book["obeya-list"].sheet_state == "veryHidden"


def test_only_changed_cells_come_back_and_what_is_not_in_the_file_stays(
    exported, send, browser_of_ada
):
    book = exported(ORDERS)
    sheet = book.worksheets[0]
    place(sheet, "SO-1/1", "Quantity").value = 8
    place(sheet, "SO-1/1", "Due").value = datetime(2026, 12, 14, 6)
    sheet.delete_rows(3)  # SO-2/1

    checked = send(book)

    assert states(checked) == [
        (
            "Demand", 2, "SO-1/1", "changed",
            [["quantity", "5", "8"], ["due_at", "2026-12-11 14:00:00", "2026-12-14 06:00:00"]],
        )
    ]  # fmt: skip
    assert (
        "Rows of the export that are not in the file: 1 (SO-2/1). They stay as they are; a row "
        "that is missing here deletes nothing." in checked.notes
    )
    apply(browser_of_ada, checked)
    changed = Demand.objects.get(code="SO-1/1")
    assert changed.quantity == Decimal(8)
    assert changed.due_at == datetime(2026, 12, 14, 6, tzinfo=ZoneInfo("Europe/Berlin"))
    assert changed.order_code == "SO-1"  # not in the list, and as before
    assert Demand.objects.filter(code="SO-2/1", quantity=3).exists()


def test_a_file_in_which_nothing_was_changed_changes_nothing(exported, send, plant):
    book = exported(ORDERS)
    before = plant()

    checked = send(book)

    assert states(checked) == []
    assert "Rows that are as they were exported: 2." in checked.notes
    assert plant() == before


def test_a_column_that_is_only_read_is_refused_by_name_with_the_remedy(exported, send, plant):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Customer").value = "Somebody Else"
    before = plant()

    checked = send(book)

    assert states(checked) == [
        (
            "Demand", 2, "SO-1/1", "refused",
            [[
                "Customer", "Somebody Else",
                "the column Customer is only read in this list",
                "Put back “Home & Garden”. Show the column Customer's code, and change that.",
            ]],
        )
    ]  # fmt: skip
    assert plant() == before


def test_rows_may_be_sorted_otherwise_and_new_ones_added(exported, send, browser_of_ada):
    book = exported("/materials/")
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    place(sheet, "LEG", "Name").value = "Leg, oak"
    place(sheet, "LEG", "Kind").value = "spare part"
    sheet.append(["SHELF", "Shelf", "finished", None, "no"])

    checked = send(book)

    assert [(named, state) for _, _, named, state, _ in states(checked)] == [
        ("LEG", "changed"),
        ("SHELF", "new"),
    ]
    apply(browser_of_ada, checked)
    leg = Material.objects.get(code="LEG")
    assert (leg.name, leg.kind) == ("Leg, oak", "spare")
    assert Material.objects.get(code="SHELF").name == "Shelf"


def test_text_that_looks_like_a_formula_goes_out_as_text_and_is_no_change(exported, send, plant):
    Material.objects.filter(code="LEG").update(name="=cmd|' /C calc'!A0")
    book = exported("/materials/")
    cell = place(book.worksheets[0], "LEG", "Name")
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=cmd|' /C calc'!A0", True)
    before = plant()
    place(book.worksheets[0], "BEAM", "Name").value = "'=cmd|' /C calc'!A0"
    place(book.worksheets[0], "LEG", "Name").data_type = "s"

    assert [(each[2], each[3]) for each in states(send(book))] == [("BEAM", "changed")]
    assert plant() == before


def test_a_code_that_begins_like_a_formula_is_known_again(exported, send, browser_of_ada):
    Material.objects.filter(code="LEG").update(code="+5V")
    book = exported("/materials/")
    place(book.worksheets[0], "BEAM", "Name").value = "Beam, oak"
    place(book.worksheets[0], "+5V", "Name").value = "Supply"

    checked = send(book)

    assert {(each[2], each[3]) for each in states(checked)} == {
        ("BEAM", "changed"),
        ("+5V", "changed"),
    }
    apply(browser_of_ada, checked)
    assert Material.objects.get(code="+5V").name == "Supply"


def test_a_code_keeps_its_leading_zeros_and_one_that_lost_them_is_told(exported, send):
    Material.objects.filter(code="LEG").update(code="0042")
    book = exported("/materials/")
    cell = place(book.worksheets[0], "0042", "Code")
    assert (cell.data_type, cell.number_format) == ("s", "@")
    cell.value, cell.number_format = 42, "General"

    [(_, _, _, state, faults)] = states(send(book))

    assert state == "refused"
    assert faults[0][:3] == ["Code", "42", "looks like 0042, whose leading zeros were lost"]


def test_a_code_with_leading_zeros_beside_the_same_without_is_another_code(exported, send):
    Material.objects.filter(code="LEG").update(code="0042")
    Material.objects.filter(code="BEAM").update(code="42")
    book = exported("/materials/", "&sort=-code")
    place(book.worksheets[0], "42", "Name").value = "Beam, oak"

    assert [(each[2], each[3]) for each in states(send(book))] == [("42", "changed")]


def test_a_persons_name_is_changed_in_all_rows_of_the_person(exported, send, browser_of_ada):
    book = exported("/s/OAK/people/")
    place(book.worksheets[0], "Ann Field", "Name").value = "Ann Meadow"

    checked = send(book)

    assert {(named, state) for _, _, named, state, _ in states(checked)} == {
        ("1001 · ASSEMBLY", "changed"),
        ("1001 · SAWING", "changed"),
    }
    apply(browser_of_ada, checked)
    assert Person.objects.get(code="1001").name == "Ann Meadow"
    assert Person.objects.get(code="1001").person_skills.count() == 2


def test_a_row_added_for_a_person_who_is_there_takes_nothing_from_the_person(
    exported, send, browser_of_ada
):
    book = exported("/s/OAK/people/", "&q=Ben")
    book.worksheets[0].append(["Ann Meadow", "1001"])

    checked = send(book)
    apply(browser_of_ada, checked)

    ann = Person.objects.select_related("calendar").get(code="1001")
    assert (ann.name, ann.calendar.code, ann.person_skills.count()) == ("Ann Meadow", "DAY", 2)


def test_a_list_that_nobody_edits_says_so_in_the_file_and_when_it_comes_back(exported, send, plant):
    book = exported("/s/OAK/stock/")
    about = {row[0].value: row[1].value for row in book["About this file"].iter_rows()}
    assert about["Not changed in Excel"].startswith("Stock is the sum of its moves")
    before = plant()

    answer = send(book)

    assert answer.status_code == 422
    assert "The list Stock is not changed in Excel. Stock is the sum of its moves" in str(
        answer.context["refusal"]
    )
    assert plant() == before


def test_a_row_that_has_left_the_plant_since_is_refused_by_name(exported, send):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    Demand.objects.filter(code="SO-1/1").update(code="SO-1/9")

    [(_, _, named, state, faults)] = states(send(book))

    assert (named, state) == ("SO-1/1", "refused")
    assert faults[0][2] == (
        "is not here any more: closed, in the archive, renamed, or another site's"
    )


def test_a_sheet_of_the_plants_workbook_may_lie_beside_the_list(exported, send):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    materials = book.create_sheet("Materials")
    materials.append(["code", "name"])
    materials.append(["LEG", "Leg, oak"])

    assert [(each[0], each[2], each[3]) for each in states(send(book))] == [
        ("Materials", "LEG", "changed"),
        ("Demand", "SO-1/1", "changed"),
    ]
