"""Rows copied in a spreadsheet and pasted: the same diff as a file's, the same refusals."""

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.previews import apply, states
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import CalendarException, Person, ShiftPattern, WorkCalendar
from obeya.plant.work.models import BomLine, Demand, Operation

pytestmark = pytest.mark.usefixtures("oak")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def paste(browser_of_ada):
    """paste("demands", text): the preview, or the page that refused it."""

    def pasting(target, text):
        browser_of_ada.get("/")
        answer = browser_of_ada.post(f"/s/OAK/paste/{target}", {"text": text})
        return FileImport.objects.last() if answer.status_code == 302 else answer

    return pasting


def test_columns_under_their_titles_change_only_what_they_say(paste, browser_of_ada):
    checked = paste(
        "demands/", "Order line\tDue\nSO-1/1\t14.12.2026 06:00\nSO-2/1\t18.12.2026 14:00\n"
    )

    assert states(checked) == [
        (
            "Demand", 2, "SO-1/1", "changed",
            [["due_at", "2026-12-11 14:00:00", "2026-12-14 06:00:00"]],
        ),
        ("Demand", 3, "SO-2/1", "unchanged", []),
    ]  # fmt: skip
    apply(browser_of_ada, checked)
    moved = Demand.objects.get(code="SO-1/1")
    assert moved.due_at == datetime(2026, 12, 14, 6, tzinfo=BERLIN)
    assert (moved.quantity, moved.customer.code) == (5, "C-100")


def test_without_a_header_the_columns_are_those_of_the_list(paste):
    checked = paste("demands/", "SO-1/1\tHome & Garden\tTABLE\t7\n")

    assert states(checked) == [
        ("Demand", 2, "SO-1/1", "changed", [["quantity", "5", "7"]]),
    ]
    assert "Columns that are only read were not taken: Customer." in checked.notes


def test_a_decimal_comma_is_read_where_another_cell_shows_it_and_refused_where_none_does(paste):
    text = "material\tcomponent\tquantity_per\toperation\n"
    said = paste("bom/", f"{text}TABLE\tTOP\t1,500\t10\nLEG\tBEAM\t1,25\t")
    unclear = paste("bom/", f"{text}TABLE\tTOP\t1,500\t10\n")

    assert [each[4] for each in states(said)] == [
        [["quantity_per", "1", "1.5"]],
        [["quantity_per", "1", "1.25"]],
    ]
    [(*_, faults)] = states(unclear)
    assert faults[0][:3] == ["quantity_per", "1,500", "may mean thousands or decimals"]


def test_a_code_that_looks_like_a_decimal_does_not_tell_how_numbers_are_written(paste):
    text = "material\tcomponent\tquantity_per\talternate_group\nTABLE\tTOP\t1,500\t1.25\n"

    [(*_, faults)] = states(paste("bom/", text))

    assert faults[0][:3] == ["quantity_per", "1,500", "may mean thousands or decimals"]


def test_quotes_in_a_cell_are_its_own_and_swallow_no_row(paste):
    text = 'Code\tName\nLEG\t"M8" bolt\nTOP\t"open\nBEAM\t5" pipe\nTABLE\t"Top\tand ""legs"""\n'

    checked = paste("materials/", text)

    assert [(each[2], each[4][0][2]) for each in states(checked) if each[3] == "changed"] == [
        ("LEG", '"M8" bolt'),
        ("TOP", '"open'),
        ("BEAM", '5" pipe'),
    ]
    [refused] = [each for each in states(checked) if each[3] == "refused"]
    assert refused[2:4] == ("TABLE", "refused")
    assert refused[4][0][2] == "holds a line break or control character"


def test_a_row_on_the_page_of_one_material_may_name_another(paste):
    text = "material\tcomponent\tquantity_per\toperation\n\tTOP\t2\t10\nLEG\tBEAM\t1.25\t\n"

    checked = paste("bom/?material=TABLE", text)

    assert [(each[2], each[3]) for each in states(checked)] == [
        ("TABLE · A · TOP · 10", "changed"),
        ("LEG · A · BEAM", "changed"),
    ]


def test_lines_of_one_material_need_not_name_it(paste, browser_of_ada):
    checked = paste("bom/?material=TABLE", "component\tquantity_per\toperation\nTOP\t2\t10\n")

    assert [(each[2], each[3], each[4]) for each in states(checked)] == [
        ("TABLE · A · TOP · 10", "changed", [["quantity_per", "1", "2"]])
    ]
    apply(browser_of_ada, checked)
    line = BomLine.objects.get(revision__material__code="TABLE", component__code="TOP")
    assert line.quantity_per == Decimal(2)


def test_operations_keep_what_the_paste_does_not_say(paste, browser_of_ada):
    checked = paste("operations/?material=LEG", "number\tsetup_min\n10\t20\n")

    assert [(each[3], each[4]) for each in states(checked)] == [
        ("changed", [["setup_min", "15", "20"]])
    ]
    apply(browser_of_ada, checked)
    saw = Operation.objects.get(revision__material__code="LEG", number=10)
    assert (saw.setup_s, saw.run_s, saw.setup_family) == (1200, 90, "OAK")


def held(code):
    """What the plant says of a person."""
    person = Person.objects.select_related("calendar").get(code=code)
    skills = person.person_skills.order_by("skill__code").values_list("skill__code", "level")
    return person.name, person.calendar.code, person.language, list(skills)


def test_a_person_named_without_a_skill_keeps_calendar_and_skills(paste, browser_of_ada):
    Person.objects.filter(code="1001").update(language="de")

    checked = paste("people/", "Number\tName\n1001\tAnn Meadow\n")

    assert {(each[2], each[3]) for each in states(checked)} == {
        ("1001 · ASSEMBLY", "changed"),
        ("1001 · SAWING", "changed"),
    }
    apply(browser_of_ada, checked)
    assert held("1001") == ("Ann Meadow", "DAY", "de", [("ASSEMBLY", 3), ("SAWING", 4)])


def test_a_further_skill_of_a_person_leaves_the_person_as_it_is(paste, browser_of_ada):
    Person.objects.filter(code="1001").update(language="de")

    checked = paste("people/", "Number\tskill\tlevel\n1001\tWELDING\t2\n")
    apply(browser_of_ada, checked)

    assert held("1001") == (
        "Ann Field", "DAY", "de", [("ASSEMBLY", 3), ("SAWING", 4), ("WELDING", 2)],
    )  # fmt: skip


def test_a_level_without_its_skill_is_refused_for_nobody_knows_which_is_meant(paste, plant):
    before = plant()

    [(_, _, _, state, faults)] = states(paste("people/", "Number\tlevel\n1001\t4\n"))

    assert state == "refused"
    assert faults[0][0] == "skill"
    assert faults[0][2] == "is empty, so that nobody knows which of its rows is meant"
    assert plant() == before


def test_a_pasted_shift_takes_no_other_shift_from_its_calendar(paste, browser_of_ada):
    text = "Code\tshift\tdays\tstarts_at\tends_at\nDAY\tSaturday\tSat\t7:00\t12:00\n"
    checked = paste("calendars/", text)

    assert {each[3] for each in states(checked)} == {"new", "unchanged"}
    apply(browser_of_ada, checked)

    shifts = ShiftPattern.objects.filter(calendar__code="DAY").order_by("weekday")
    assert [(each.weekday, each.starts_at) for each in shifts] == [
        *((day, time(6)) for day in range(5)),
        (5, time(7)),
    ]
    assert CalendarException.objects.filter(calendar__code="DAY").count() == 1
    assert WorkCalendar.objects.get(code="DAY").name == "Day shift"


def test_the_name_of_a_calendar_is_pasted_without_its_shifts(paste, browser_of_ada):
    checked = paste("calendars/", "Code\tName\nDAY\tEarly shift\n")
    apply(browser_of_ada, checked)

    assert WorkCalendar.objects.get(code="DAY").name == "Early shift"
    assert ShiftPattern.objects.filter(calendar__code="DAY").count() == 5


def test_each_refused_cell_is_told_and_corrected_in_the_page(paste, browser_of_ada, plant):
    text = "Order line\tQuantity\tDue\tState\nSO-1/1\tmany\t31.02.2027\tlost\nSO-2/1\t4\t\t\n"
    before = plant()

    checked = paste("demands/", text)

    refused = [each for each in states(checked) if each[3] == "refused"]
    assert [(row, *cell[:3]) for _, row, _, _, cells in refused for cell in cells] == [
        (2, "Due", "31.02.2027", "is a day that no calendar has"),
        (2, "Quantity", "many", "is text where a number is expected"),
        (2, "State", "lost", "is none of the words allowed here"),
    ]  # fmt: skip
    assert plant() == before
    ids = {row.number: row.pk for row in checked.rows.filter(state="refused")}
    said = {
        f"cell-{ids[2]}-0": "28.02.2027",
        f"cell-{ids[2]}-1": "6",
        f"cell-{ids[2]}-2": "open",
    }
    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/fix/", said)
    again = FileImport.objects.get(pk=checked.pk)
    assert [(each[2], each[3]) for each in states(again)] == [
        ("SO-1/1", "changed"),
        ("SO-2/1", "changed"),
    ]


def test_a_new_row_needs_what_every_new_row_needs(paste, plant):
    before = plant()

    checked = paste("demands/", "Order line\tQuantity\nSO-9/1\t4\n")

    [(_, _, named, state, faults)] = states(checked)
    assert (named, state) == ("SO-9/1", "refused")
    assert [each[0] for each in faults] == ["due_at", "material"]
    assert faults[0][2] == "is new, and a new row of Demand needs it"
    assert plant() == before


def test_a_new_row_with_all_that_it_needs_is_new(paste, browser_of_ada):
    text = "Order line\tMaterial\tQuantity\tDue\nSO-9/1\tTABLE\t4\t2026-12-21\n"
    checked = paste("demands/", text)

    apply(browser_of_ada, checked)

    assert Demand.objects.get(code="SO-9/1").due_at == datetime(2026, 12, 21, 23, 59, tzinfo=BERLIN)
    assert OperationsEvent.objects.filter(kind="exchange.plant_imported").count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was pasted"),
        ("\t\t\n", "Nothing was pasted"),
        ("\t".join("abcdefg"), "7 columns were pasted, and Orders has 6 (Order line, Customer"),
        ("x\n" * 5_001, "5,001 rows were pasted, more than 5,000"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(paste, plant, text, said):
    before = plant()

    answer = paste("demands/", text)

    assert answer.status_code == 422
    assert said in str(answer.context["refusal"])
    assert plant() == before


def test_a_column_that_the_table_does_not_have_is_told(paste):
    checked = paste("demands/", "Order line\tQuantity\tColour\nSO-1/1\t4\tred\n")

    header = states(checked)[0]
    assert (header[1], header[3]) == (1, "refused")
    assert header[4][0][:3] == ["C", "Colour", "the table has no such column"]


def test_a_formula_is_not_taken_for_a_name(paste, plant):
    before = plant()

    checked = paste("materials/", "Code\tName\nLEG\t=HYPERLINK(A1)\n")

    [(_, _, _, state, faults)] = states(checked)
    assert state == "refused"
    assert faults[0][2] == "begins with “=”, which a spreadsheet would run as a formula"
    assert plant() == before


def test_only_who_may_import_pastes(client, someone, oak, plant):
    client.force_login(someone("ben", "planner", oak))
    client.get("/s/OAK/orders/")
    before = plant()

    answer = client.post("/s/OAK/paste/demands/", {"text": "Order line\tQuantity\nSO-1/1\t9\n"})

    assert answer.status_code == 403
    assert "Paste rows" not in client.get("/s/OAK/orders/").content.decode()
    assert plant() == before


def test_nothing_is_pasted_into_a_ledger(browser_of_ada):
    assert browser_of_ada.get("/s/OAK/paste/jobs/").status_code == 404
    assert "Paste rows" in browser_of_ada.get("/s/OAK/orders/").content.decode()
    assert "Paste rows" not in browser_of_ada.get("/s/OAK/jobs/").content.decode()
