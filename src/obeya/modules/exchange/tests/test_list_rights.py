"""Where a list's file may come back, and who may send it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.previews import place
from obeya.plant.log.models import Account, Role, RoleAssignment, RolePermission
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.usefixtures("oak")
ORDERS = "/s/OAK/orders/"


def test_a_list_goes_only_into_the_site_that_it_came_from(exported, send, plant):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    Site.objects.create(code="ELM", name="Elm", time_zone="Europe/Berlin")
    before = plant()

    answer = send(book, "/s/ELM/import/")

    assert answer.status_code == 422
    assert str(answer.context["refusal"]) == (
        "The list in the file is of site OAK, not of ELM. Send it on the page Import of OAK."
    )
    assert plant() == before


def test_who_may_import_but_not_do_the_verb_changes_nothing(exported, client, oak, plant):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    content = io.BytesIO()
    book.save(content)
    ben = Account.objects.create(username="ben")
    role = Role.objects.create(code="carrier", name="Carrier")
    for permission in ("exchange.import_plant", "orders.view"):
        RolePermission.objects.create(role=role, permission=permission, is_plants_own=True)
    RoleAssignment.objects.create(account=ben, role=role, site=oak)
    client.force_login(ben)
    client.get("/")
    before = plant()

    file = SimpleUploadedFile("list.xlsx", content.getvalue())
    answer = client.post("/s/OAK/import/", {"file": file, "profile": ""})

    assert answer.status_code == 422
    assert "may not" in str(answer.context["refusal"])
    assert not FileImport.objects.exists()
    assert plant() == before


def test_who_may_not_import_does_not_send_a_list_back(exported, client, someone, oak, plant):
    book = exported(ORDERS)
    content = io.BytesIO()
    book.save(content)
    client.force_login(someone("ben", "planner", oak))
    before = plant()

    file = SimpleUploadedFile("list.xlsx", content.getvalue())
    answer = client.post("/s/OAK/import/", {"file": file, "profile": ""})

    assert answer.status_code == 403
    assert plant() == before
