"""The page Import: look first, then say yes."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.config.cli import main
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import example_workbook
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Material, Site
from obeya.plant.work.models import Demand


@pytest.fixture
def oak_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("oak.xlsx", example_workbook())


def test_a_file_is_compared_shown_and_then_taken_over(browser_of_ada, oak_file, plant):
    browser_of_ada.get("/import/")
    before = plant()

    sent = browser_of_ada.post("/import/", {"file": oak_file, "profile": "obeya"})

    assert sent.status_code == 302
    checked = FileImport.objects.get()
    assert sent.url == f"/import/{checked.pk}/"
    shown = browser_of_ada.get(sent.url, follow=True)
    assert shown.request["PATH_INFO"] == f"/import/{checked.pk}/new/"
    assert b"opens the new site OAK" in shown.content
    assert dict(checked.counts)["Demand"] == {"new": 2}
    assert plant() == before

    done = browser_of_ada.post(f"/import/{checked.pk}/apply/")

    assert (done.status_code, done.url) == (302, f"/s/OAK/import/{checked.pk}/")
    assert Demand.objects.at(Site.objects.get()).count() == 2
    event = OperationsEvent.objects.get(kind="exchange.plant_imported")
    assert (event.actor.username, event.source) == ("ada", "import")
    again = browser_of_ada.post(f"/s/OAK/import/{checked.pk}/apply/", follow=True)
    assert b"was taken over already" in again.content
    assert OperationsEvent.objects.filter(kind="exchange.plant_imported").count() == 1


def test_dates_can_be_moved_from_the_page(browser_of_ada, oak_file):
    said = {"file": oak_file, "profile": "obeya", "shift_to": "2027-01-04"}
    preview = browser_of_ada.post("/import/", said).url
    browser_of_ada.post(f"{preview}apply/")
    # the first open date of the file is the purchase of 2026-12-04: 31 days
    assert Demand.objects.get(code="SO-1/1").due_at.date() == date(2027, 1, 11)


def test_a_date_that_would_leave_the_calendar_is_refused_with_its_cell(
    browser_of_ada, example, plant
):
    at = example["Demand"][0].index("due_at")
    example["Demand"][2][at] = "9999-12-30"
    file = SimpleUploadedFile("oak.xlsx", files.workbook(example))
    browser_of_ada.get("/import/")
    before = plant()

    said = {"file": file, "profile": "obeya", "shift_to": "2027-01-04"}
    shown = browser_of_ada.post("/import/", said, follow=True)

    [each] = [
        each for each in shown.context["refused"] if "leaves the calendar" in each.cells[0][2]
    ]
    assert (each.row.sheet, each.row.number, each.cells[0][0]) == ("Demand", 3, "due_at")
    assert plant() == before


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("name", ["Materials.csv", "materials.CSV", "../../Materials.csv"])
def test_a_csv_file_alone_is_the_sheet_of_its_name(browser_of_ada, name):
    sent = SimpleUploadedFile(name, b"code,name,kind,unit\nM-77,Washer,raw,H87\n")

    tried = browser_of_ada.post("/s/OAK/import/", {"file": sent, "profile": "obeya"})

    assert tried.status_code == 302
    assert FileImport.objects.get().counts == [["Materials", {"new": 1}]]


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("name", ["said.json", "...", "x" * 300 + ".json", "a\nb.json", "ä é.json"])
def test_no_name_of_a_file_leads_out_of_its_folder_or_fails(browser_of_ada, name, digest):
    browser_of_ada.get("/s/OAK/import/")
    before = digest()

    sent = SimpleUploadedFile("x.json", b"[]")
    sent._name = name
    tried = browser_of_ada.post("/s/OAK/import/", {"file": sent, "profile": "frepple"})

    assert tried.status_code == 422
    assert "holds nothing of frePPLe" in tried.content.decode() or name == "..."
    assert not FileImport.objects.exists()
    assert _kept_files() == set()
    assert digest() == before


@pytest.mark.usefixtures("oak")
def test_who_may_not_import_sees_nothing_and_does_nothing(client, someone, oak_file, digest):
    client.force_login(someone("olga", "operator"))
    before = digest()
    assert client.get("/s/OAK/import/").status_code == 403
    assert client.post("/s/OAK/import/", {"file": oak_file}).status_code == 403
    assert client.get("/s/OAK/import/1/new/").status_code == 403
    assert client.post("/s/OAK/import/1/apply/").status_code == 403
    assert client.get("/s/OAK/export.xlsx").status_code == 403
    assert client.get("/import/template.xlsx").status_code == 403
    assert digest() == before


def test_who_imports_at_one_site_does_not_import_at_another(client, someone, oak, oak_file):
    other = Site.objects.create(code="ELM", name="Elm")
    client.force_login(someone("paul", "production_manager", site=other))
    assert client.get("/s/OAK/import/").status_code == 403
    token = client.post("/import/", {"file": oak_file, "profile": "obeya"})
    assert token.status_code == 422
    assert "may not do this at OAK" in str(token.context["refusal"])


def test_a_form_without_a_file_or_with_a_wrong_zone_says_so(browser_of_ada):
    answer = browser_of_ada.post("/import/", {"profile": "obeya", "zone": "Mars/Base"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"file", "zone"}


@pytest.mark.usefixtures("oak")
def test_template_and_export_come_as_workbooks(browser_of_ada):
    for address in ("/import/template.xlsx", "/s/OAK/export.xlsx"):
        answer = browser_of_ada.get(address)
        assert answer.content.startswith(b"PK")


def _kept_files() -> set[str]:
    folder = Path(default_storage.path("imports"))
    return {str(path) for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()


def test_what_the_command_line_imported_is_listed_here_and_undone(
    browser_of_ada, oak, says, tmp_path
):
    before = says()
    path = tmp_path / "wax.xlsx"
    path.write_bytes(files.workbook({"Materials": [["code", "name"], ["WAX", "Wax"]]}))

    assert main(["import", str(path)]) == 0

    assert Material.objects.get(code="WAX").name == "Wax"
    done = FileImport.objects.get()
    assert (done.name, done.sent_by.kind, done.rows_in("new")) == ("wax.xlsx", "system", 1)
    assert "wax.xlsx" in browser_of_ada.get("/s/OAK/import/").content.decode()
    page = browser_of_ada.post(f"/s/OAK/import/{done.pk}/undo/", follow=True).content.decode()
    assert "wax.xlsx was undone." in page
    assert says() == before


def test_of_a_refused_file_of_the_command_line_nothing_is_kept(oak, tmp_path, plant):
    path = tmp_path / "wax.xlsx"
    rows = [["code", "unit"], ["WAX", None], ["OIL", "BARREL"]]
    path.write_bytes(files.workbook({"Materials": rows}))
    before = plant()

    assert main(["import", str(path)]) == 1

    assert not FileImport.objects.exists()
    assert plant() == before

    assert main(["import", str(path), "--only-valid"]) == 1  # it says that a row was left out

    assert Material.objects.filter(code="WAX").exists()
    assert FileImport.objects.get().rows_in("refused") == 1
