"""The page Import: look first, then say yes."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange import uploads
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.writing.book import write_workbook
from obeya.modules.exchange.writing.example import EXAMPLE
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand


@pytest.fixture
def oak_file() -> SimpleUploadedFile:
    content = io.BytesIO()
    write_workbook(content, EXAMPLE, [])
    return SimpleUploadedFile("oak.xlsx", content.getvalue())


def test_a_file_is_tried_shown_and_then_taken_over(browser_of_ada, oak_file, digest):
    browser_of_ada.get("/import/")
    before = digest()

    tried = browser_of_ada.post("/import/", {"file": oak_file, "profile": "obeya"})

    assert tried.status_code == 200
    assert digest() == before
    assert tried.context["tried"].is_site_new
    assert tried.context["tried"].counts["Demand"].new == 2
    assert b"opens the new site OAK" in tried.content

    token = tried.context["upload"].token
    done = browser_of_ada.post("/import/apply/", {"token": token})

    assert (done.status_code, done.url) == (302, "/s/OAK/import/")
    assert Demand.objects.at(Site.objects.get()).count() == 2
    event = OperationsEvent.objects.get(kind="exchange.plant_imported")
    assert (event.actor.username, event.source) == ("ada", "import")
    with pytest.raises(uploads.FileRefused):
        uploads.kept(token, event.actor_id)
    assert browser_of_ada.post("/import/apply/", {"token": token}).status_code == 422


def test_dates_can_be_moved_from_the_page(browser_of_ada, oak_file):
    said = {"file": oak_file, "profile": "obeya", "shift_to": "2027-01-04"}
    token = browser_of_ada.post("/import/", said).context["upload"].token
    browser_of_ada.post("/import/apply/", {"token": token})
    # the first open date of the file is the purchase of 2026-12-04: 31 days
    assert Demand.objects.get(code="SO-1/1").due_at.date() == date(2027, 1, 11)


def test_a_date_that_would_leave_the_calendar_is_refused_with_its_cell(
    browser_of_ada, example, digest
):
    at = example["Demand"][0].index("due_at")
    example["Demand"][2][at] = "9999-12-30"
    file = SimpleUploadedFile("oak.xlsx", files.workbook(example))
    browser_of_ada.get("/import/")
    before = digest()

    said = {"file": file, "profile": "obeya", "shift_to": "2027-01-04"}
    answer = browser_of_ada.post("/import/", said)

    assert answer.status_code == 422
    [fault] = [each for each in answer.context["faults"] if "leaves the calendar" in each.rule]
    assert (fault.sheet, fault.row, fault.column) == ("Demand", 3, "due_at")
    assert digest() == before


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("name", ["Materials.csv", "materials.CSV", "../../Materials.csv"])
def test_a_csv_file_alone_is_the_sheet_of_its_name(browser_of_ada, name):
    sent = SimpleUploadedFile(name, b"code,name,kind,unit\nM-77,Washer,raw,H87\n")

    tried = browser_of_ada.post("/s/OAK/import/", {"file": sent, "profile": "obeya"})

    assert tried.status_code == 200
    assert tried.context["tried"].counts["Materials"].new == 1


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("name", ["said.json", "...", "x" * 300 + ".json", "a\nb.json", "ä é.json"])
def test_no_name_of_a_file_leads_out_of_its_folder_or_fails(browser_of_ada, settings, name, digest):
    browser_of_ada.get("/s/OAK/import/")
    before = digest()

    sent = SimpleUploadedFile("x.json", b"[]")
    sent._name = name
    tried = browser_of_ada.post("/s/OAK/import/", {"file": sent, "profile": "frepple"})

    assert tried.status_code == 422
    assert "holds nothing of frePPLe" in tried.content.decode() or name == "..."
    assert list((settings.DATA / "imports").iterdir()) == []
    assert digest() == before


@pytest.mark.usefixtures("oak")
def test_who_may_not_import_sees_nothing_and_does_nothing(client, someone, oak_file, digest):
    client.force_login(someone("olga", "operator"))
    before = digest()
    assert client.get("/s/OAK/import/").status_code == 403
    assert client.post("/s/OAK/import/", {"file": oak_file}).status_code == 403
    assert client.post("/s/OAK/import/apply/", {"token": "x" * 22}).status_code == 403
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


@pytest.mark.usefixtures("oak")
def test_an_upload_is_kept_for_a_day_and_then_swept(browser_of_ada, settings, oak_file):
    import os

    bad = SimpleUploadedFile("bad.xlsx", files.workbook({"BOM": []}))
    browser_of_ada.post("/s/OAK/import/", {"file": bad, "profile": "obeya"})
    [folder] = (settings.DATA / "imports").iterdir()
    os.utime(folder, (0, 0))
    browser_of_ada.post("/s/OAK/import/", {"file": oak_file, "profile": "obeya"})
    assert not folder.exists()
