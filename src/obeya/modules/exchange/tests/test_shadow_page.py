"""The pages of the shadow: lists, differences, owners, nights."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange.models import FieldOwner, ShadowDifference, ShadowSource
from obeya.modules.exchange.tests import files
from obeya.plant.resources.models import MaterialAtSite

LIST = "/s/OAK/shadow/parts/"


@pytest.fixture
def ada(oak, browser_of_ada):
    said = {"name": "parts", "profile": "obeya", "at": "04:00", "least_percent": "50",
            "is_on": "on"}  # fmt: skip
    answer = browser_of_ada.post("/s/OAK/shadow/", said)
    assert (answer.status_code, answer.url) == (302, LIST)
    return browser_of_ada


def send(ada, *rows, **said):
    header = ["code", "name", "safety_stock"]
    file = SimpleUploadedFile("parts.xlsx", files.workbook({"Materials": [header, *rows]}))
    return ada.post(f"{LIST}take/", {"file": file} | said, follow=True)


def safety(code):
    return MaterialAtSite.objects.get(material__code=code).safety_stock


def test_a_file_sent_by_hand_is_taken_and_the_fields_can_change_hands(ada):
    assert "parts.xlsx was taken over" in send(ada, ["BEAM", "Oak beam", 5]).text
    owners = ada.get(f"{LIST}owners/").text
    assert 'value="Materials.safety_stock"' in owners
    assert 'value="Materials.code"' not in owners

    ada.post(f"{LIST}owners/", {"ours": ["Materials.safety_stock"]})
    send(ada, ["BEAM", "Oak beam", 6])

    assert FieldOwner.objects.get().field == "safety_stock"
    assert safety("BEAM") == 5
    page = ada.get(f"{LIST}?kind=field").text
    assert "safety_stock" in page
    row = ShadowDifference.objects.get(kind="field")
    answer = ada.post(f"{LIST}?kind=field", {"bulk": "theirs", "pick": [row.pk]})
    assert (answer.status_code, safety("BEAM")) == (200, 6)


def test_what_was_not_taken_is_told_on_the_page_today_and_among_the_nights(ada):
    send(ada, *([f"N-{n}", f"Nut {n}", 0] for n in range(10)))
    answer = send(ada, ["N-1", "Nut", 0]).text
    assert "has 1 rows, the last file had 10" in answer
    assert "has 1 rows, the last file had 10" in ada.get("/s/OAK/today/").text
    nights = ada.get(f"{LIST}nights/").text
    assert "much smaller" in nights
    send(ada, ["N-1", "Nut", 0], is_sure="on")
    assert "The last file of each list was taken over." in ada.get("/s/OAK/today/").text


def test_an_empty_folder_is_told_and_a_missing_file_refused(ada):
    assert "No file lies in the folder parts" in ada.post(
        f"{LIST}take/", {"look": "yes"}, follow=True
    ).text  # fmt: skip
    assert ada.post(f"{LIST}take/", {}).status_code == 422
    assert ada.get("/s/OAK/shadow/nope/").status_code == 404
    assert ada.post("/s/OAK/shadow/", {"name": "../x", "profile": "obeya"}).status_code == 422
    assert ShadowSource.objects.count() == 1


def test_who_may_not_import_sees_nothing(oak, client, someone):
    client.force_login(someone("sam", "supervisor"))
    for address in ("/s/OAK/shadow/", LIST, f"{LIST}owners/", f"{LIST}nights/"):
        assert client.get(address).status_code in (403, 404)
