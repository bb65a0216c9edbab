"""The pages of materials, with two sites open side by side."""

import re

import pytest

from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Account, Role, RoleAssignment
from obeya.plant.resources.models import Material, MaterialAtSite
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    renew_roles()
    account = Account.objects.create(username="ada")
    role = Role.objects.get(code="administrator")
    RoleAssignment.objects.create(account=account, role=role)
    client.force_login(account)
    return client


def test_a_form_is_saved_for_the_site_that_it_was_shown_for(ada):
    for code in ("KES", "MER"):
        a_plant(code).with_material("BR-600", safety_stock=5)
    ada.get("/s/KES/equipment/")
    form = ada.get("/materials/BR-600/edit/").content.decode()
    [site] = re.findall(r'<input type="hidden" name="site" value="(\w+)">', form)
    ada.get("/s/MER/equipment/")  # in another tab, meanwhile

    said = {"code": "BR-600", "kind": "finished", "unit": "H87", "policy": "make"}
    numbers = dict.fromkeys(["lead_time_days", "lot_minimum", "lot_multiple", "standard_cost"], 0)
    answer = ada.post(
        "/materials/BR-600/edit/", {**said, **numbers, "safety_stock": 70, "site": site}
    )

    assert answer.status_code == 302
    kept = MaterialAtSite.objects.order_by("site__code").values_list("site__code", "safety_stock")
    assert list(kept) == [("KES", 70), ("MER", 5)]


@pytest.fixture
def opened(ada):
    """Somebody has the form of BR-600 open while its safety stock is set to 70 by another."""
    plant = a_plant("KES").with_material("BR-600", kind="finished", safety_stock=5, lot_minimum=1)
    form = ada.get("/materials/BR-600/edit/").context["form"]
    plant.with_material("BR-600", kind="finished", safety_stock=70, lot_minimum=1)
    return as_posted(form)


def as_posted(form):
    """What a browser sends of the form as it is shown."""
    values = [(bound.name, bound.value()) for bound in form]
    return {n: v for n, v in values if v is not None and v is not False} | {"site": "KES"}


def kept():
    return MaterialAtSite.objects.values_list("safety_stock", "lot_minimum").get()


def test_what_another_saved_meanwhile_stays_where_the_form_says_nothing_new(ada, opened):
    assert opened["safety_stock"] == 5

    assert ada.post("/materials/BR-600/edit/", opened | {"lot_minimum": 20}).status_code == 302

    assert kept() == (70, 20)


def test_what_both_changed_is_asked_again_and_the_second_answer_stands(ada, opened):
    answer = ada.post("/materials/BR-600/edit/", opened | {"safety_stock": 9, "lot_minimum": 20})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {
        "safety_stock": [
            "Somebody else has set this to “70” meanwhile. Enter what shall stand, and save again."
        ]
    }
    assert kept() == (70, 1)

    assert ada.post("/materials/BR-600/edit/", as_posted(form)).status_code == 302
    assert kept() == (9, 20)


def test_a_refused_form_shows_what_another_saved_meanwhile(ada, opened):
    answer = ada.post("/materials/BR-600/edit/", opened | {"storage": "NOWHERE"})

    assert answer.status_code == 422
    assert answer.context["form"]["safety_stock"].value() == "70"


@pytest.mark.parametrize("torn", ["{", "[]", '{"safety_stock": 5}', '{"safety_stock": "x"}'])
def test_a_torn_memory_of_what_was_shown_is_no_crash(ada, opened, torn):
    answer = ada.post("/materials/BR-600/edit/", opened | {"as_shown": torn})

    assert answer.status_code in (302, 422)


def test_an_address_with_a_nul_is_refused_at_the_door(ada):
    for address in ("/materials/BR%00/", "/materials/?q=a%00b", "/search/?q=%00"):
        assert ada.get(address).status_code == 400


def test_a_tick_past_all_numbers_ticks_nothing(ada):
    a_plant().with_material("BR-600")

    assert ada.post("/materials/", {"bulk": "archive", "pick": ["9" * 30]}).status_code == 200
    assert ada.post(f"/ui/lists/{'x' * 81}/views/", {"title": "mine"}).status_code == 404
    assert Material.objects.get().archived_at is None


def test_a_form_for_a_new_material_does_not_write_over_another(ada):
    a_plant().with_material("BR-600", kind="finished", safety_stock=5)
    numbers = ["lead_time_days", "safety_stock", "lot_minimum", "lot_multiple", "standard_cost"]
    said = {"code": "BR-600", "name": "Another", "kind": "raw", "unit": "H87", "policy": "buy"}

    answer = ada.post("/materials/new/", said | dict.fromkeys(numbers, 0))

    assert answer.status_code == 422
    assert "There is a material BR-600 already." in str(answer.context["form"].errors)
    kept = Material.objects.get()
    assert (kept.name, kept.kind) == ("BR-600", "finished")
    assert MaterialAtSite.objects.get().safety_stock == 5


def test_a_text_with_a_nul_is_refused_at_the_door(ada):
    a_plant().with_material("BR-600")

    for said in ({"bulk": "archive", "everything": "a\0b"}, {"a\0": "x", "title": "\0"}):
        assert ada.post("/materials/", said).status_code == 400
    assert Material.objects.get().archived_at is None
