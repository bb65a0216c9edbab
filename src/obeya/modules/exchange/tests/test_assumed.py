"""A setup or a crew that a file does not say is assumed, marked, and confirmed by somebody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.engineering.public import operation_rows
from obeya.modules.exchange.actions import heal
from obeya.modules.exchange.doctor import making
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests import files
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.refusal import Refusal
from obeya.plant.work.models import Operation

pytestmark = pytest.mark.usefixtures("oak")
# the example plant: LEG 10 sets up the family OAK for 15 min, one person, on the class SAWS;
# TABLE 10 is assembled on BENCH without a setup, by one person
HEADER = ["material", "number", "name", "equipment", "equipment_class", "setup_min", "crew_size",
          "setup_family", "skill", "run_s"]  # fmt: skip


@pytest.fixture
def take_over(browser_of_ada):
    """take_over([row, …]) of the sheet Operations: the import, taken over."""

    def taking(*rows, header=HEADER):
        book = files.workbook({"Operations": [header, *rows]})
        file = SimpleUploadedFile("operations.xlsx", book)
        browser_of_ada.get("/")
        sent = browser_of_ada.post("/s/OAK/import/", {"file": file, "profile": "obeya"})
        assert sent.status_code == 302
        checked = FileImport.objects.last()
        browser_of_ada.post(f"/s/OAK/import/{checked.pk}/apply/")
        checked.refresh_from_db()
        assert checked.applied_at is not None, list(checked.rows.values_list("named", "faults"))
        return checked

    return taking


def op(material, number):
    found = Operation.objects.get(revision__material__code=material, number=number)
    return (
        found.setup_s / 60,
        found.crew_size,
        found.is_setup_assumed,
        found.is_crew_assumed,
    )


def test_what_is_not_said_is_the_median_of_its_family_else_of_its_place_else_nothing(take_over):
    checked = take_over(
        ["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10],
        ["TABLE", 30, "Glue", "BENCH", None, 4, 3, None, "ASSEMBLY", 10],
        ["TABLE", 40, "Sand", "BENCH", None, 8, 3, None, "ASSEMBLY", 10],
        ["TABLE", 50, "Wax", "BENCH", None, None, None, None, "ASSEMBLY", 10],
        ["TABLE", 60, "Trim", "SAW-2", None, None, None, None, "SAWING", 10],
    )

    assert op("TABLE", 20) == (15, 1, True, True)  # the family's 15; one person at SAWS
    assert op("TABLE", 30) == (4, 3, False, False)
    assert op("TABLE", 50) == (4, 3, True, True)  # of 0, 4 and 8 min, of 1, 3 and 3 people
    assert op("TABLE", 60) == (0, 1, True, True)  # nobody says anything of SAW-2
    assert [note for note in checked.notes if note.startswith("Nobody says")] == [
        "Nobody says the crew of 1 operation. Assumed and marked: 1 person (nothing is known of "
        "its like). Confirm or change it on the material's page.",
        "Nobody says the crew of 1 operation. Assumed and marked: 1 person (the median of SAWS). "
        "Confirm or change it on the material's page.",
        "Nobody says the crew of 1 operation. Assumed and marked: 3 people (the median of BENCH)."
        " Confirm or change it on the material's page.",
        "Nobody says the setup time of 1 operation. Assumed and marked: 0 min (nothing is known "
        "of its like). Confirm or change it on the material's page.",
        "Nobody says the setup time of 1 operation. Assumed and marked: 15 min (the median of "
        "the setup family OAK). Confirm or change it on the material's page.",
        "Nobody says the setup time of 1 operation. Assumed and marked: 4 min (the median of "
        "BENCH). Confirm or change it on the material's page.",
    ]
    wax = checked.rows.get(number=5)
    assert ["is_setup_assumed", "", "yes"] in wax.fields
    assert ["setup_min", "", "4"] in wax.fields


def test_a_nought_that_is_said_is_no_gap_and_no_skill_needs_no_crew(take_over):
    take_over(
        ["TABLE", 20, "Look", "BENCH", None, 0, 0, None, "ASSEMBLY", 10],
        ["TABLE", 30, "Dry", "BENCH", None, 0, None, None, None, 10],
        ["TABLE", 40, "Cut", None, "SAWS", None, 1, "PINE", "SAWING", 10],
    )

    assert op("TABLE", 20) == (0, 0, False, False)
    assert op("TABLE", 30) == (0, 1, False, False)
    assert op("TABLE", 40) == (0, 1, False, False)  # the setup matrix says what PINE takes


def test_the_same_file_again_changes_nothing_and_what_it_says_takes_the_mark_away(take_over):
    row = ["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10]
    take_over(row)
    again = take_over(row)
    assert again.rows_in("unchanged") == 1
    assert op("TABLE", 20) == (15, 1, True, True)

    row[5] = 25
    take_over(row)

    assert op("TABLE", 20) == (25, 1, False, True)


def test_a_file_without_the_columns_leaves_them_open(take_over):
    header = ["material", "number", "equipment", "skill", "run_s"]
    take_over(["TABLE", 20, "SAW-1", "SAWING", 10], header=header)

    assert op("TABLE", 20) == (0, 1, True, True)


def test_the_data_doctor_names_them_and_one_click_confirms(take_over, oak, plant):
    take_over(["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10])
    [sick] = making.assumed_times(oak, clock.now()).rows
    assert (sick.code, sick.detail) == ("TABLE · 20", "assumed: setup 15 min, crew 1")

    heal(site=oak, check="assumed_times", codes=["TABLE · 20"], by=system_actor())

    assert op("TABLE", 20) == (15, 1, False, False)
    before = plant()
    with pytest.raises(Refusal, match="In order by now: TABLE · 20"):
        heal(site=oak, check="assumed_times", codes=["TABLE · 20"], by=system_actor())
    assert plant() == before


def test_its_page_shows_the_mark_and_takes_what_somebody_says(take_over, browser_of_ada):
    take_over(["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10])
    page = browser_of_ada.get("/materials/TABLE/").content.decode()
    assert page.count("Nobody has said this of step 20") == 1
    assert 'name="setup_min" inputmode="decimal" value="15"' in page
    Operation.objects.filter(number=20).update(setup_s=750)  # 12.5 min is not rounded
    page = browser_of_ada.get("/materials/TABLE/").content.decode()
    assert 'name="setup_min" inputmode="decimal" value="12.5"' in page
    Operation.objects.filter(number=20).update(setup_s=900)

    address = "/materials/TABLE/operations/20/assumed/"
    wrong = {"site": "OAK", "setup_min": "-1", "crew_size": "1"}
    browser_of_ada.post(address, wrong)
    assert op("TABLE", 20) == (15, 1, True, True)

    browser_of_ada.post(address, {"site": "OAK", "setup_min": "12.5", "crew_size": "2"})

    assert op("TABLE", 20) == (12.5, 2, False, False)
    assert "Nobody has said this" not in browser_of_ada.get("/materials/TABLE/").content.decode()


def test_who_may_only_look_confirms_nothing(take_over, client, someone, oak, plant):
    take_over(["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10])
    client.force_login(someone("ben", "operator", oak))
    page = client.get("/materials/TABLE/").content.decode()
    assert "assumed" in page
    assert "Nobody has said this" not in page
    before = plant()

    said = {"site": "OAK", "setup_min": "1", "crew_size": "1"}
    answer = client.post("/materials/TABLE/operations/20/assumed/", said)

    assert answer.status_code == 403
    assert plant() == before


def test_the_mark_goes_out_with_the_plant_and_comes_back(take_over, oak):
    take_over(["TABLE", 20, "Slot", None, "SAWS", None, None, "OAK", "SAWING", 10])

    marked = {
        (row.material, row.number): (row.is_setup_assumed, row.is_crew_assumed)
        for row in operation_rows(site=oak, by=system_actor())
    }

    assert marked == {
        ("LEG", 10): (False, False),
        ("TABLE", 10): (False, False),
        ("TABLE", 20): (True, True),
    }
