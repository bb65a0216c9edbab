"""An import is taken back on its page, by those who have the right to."""

from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import undo_import
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.log.actor import Actor, Scope, system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import NotPermitted
from obeya.plant.resources.models import Material, Site
from obeya.plant.work.models import Demand
from obeya.testing import a_plant


def test_the_page_undoes_an_import_and_names_what_stands_in_its_way(
    oak, by, browser_of_ada, take_over, wrong_file
):
    done = take_over(wrong_file)
    page = f"/s/OAK/import/{done.pk}/"
    row = DemandRow("SO-10", "WAX", Decimal(1), Demand.objects.latest("pk").due_at)
    save_demands(site=oak, rows=[row], by=by)
    before = OperationsEvent.objects.count()

    refused = browser_of_ada.post(f"{page}undo/")

    assert refused.status_code == 422
    assert "SO-10" in refused.content.decode()
    assert OperationsEvent.objects.count() == before
    assert Material.objects.get(code="TABLE").name == "Round table"
    Demand.objects.filter(code="SO-10").delete()
    assert b"was undone" in browser_of_ada.post(f"{page}undo/", follow=True).content
    assert not Material.objects.filter(code="WAX").exists()


def test_a_colleague_with_the_right_sees_and_undoes_it_nobody_else(
    oak, client, someone, take_over, wrong_file
):
    done = take_over(wrong_file)
    page = f"/s/OAK/import/{done.pk}/"
    client.force_login(someone("olga", "operator"))
    assert client.post(f"{page}undo/").status_code == 403
    elm = Site.objects.create(code="ELM", name="Elm")
    client.force_login(someone("paul", "production_manager", site=elm))
    assert client.post(f"{page}undo/").status_code == 403
    assert client.get(f"/s/ELM/import/{done.pk}/").status_code == 404
    assert Material.objects.filter(code="WAX").exists()

    client.force_login(someone("eve", "production_manager", site=oak))
    assert b"plant.xlsx" in client.get("/s/OAK/import/").content
    assert b"was undone" in client.post(f"{page}undo/", follow=True).content


@pytest.mark.parametrize(
    "cell",
    [
        ("Materials", "name", "Round table"),
        ("Materials", "revision", "B"),
        ("BOM", "quantity_per", 5),
    ],
)
def test_what_another_site_deals_with_too_is_not_put_back_by_the_right_of_one(
    oak, says, take_over, example, cell
):
    sheet, column, value = cell
    put(example, sheet, 2, column, value)
    done = take_over({name: example[name] for name in ("Materials", "BOM")})
    code = example[sheet][1][0]
    a_plant("MER").with_material(code, name=Material.objects.get(code=code).name)
    here = frozenset({Scope(oak.pk)})
    grants = dict.fromkeys(("exchange.import_plant", "engineering.edit"), here)
    by = system_actor()
    ann = Actor(by.account_id, "ann", grants=grants)
    then = says()

    with pytest.raises(NotPermitted, match=r"engineering\.edit is missing"):
        undo_import(site=oak, done=done, by=ann)

    assert says() == then
    undo_import(site=oak, done=done, by=by)
    assert says() != then
