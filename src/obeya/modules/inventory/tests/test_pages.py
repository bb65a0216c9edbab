"""The form that carries stock."""

import re
from decimal import Decimal

import pytest

from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import clock
from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Account, OperationsEvent, Role, RoleAssignment
from obeya.plant.resources.models import Equipment
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(client):
    """Ten of thirty bolts shall go to the line: what wanda's form says, with its key."""
    a_plant("KES").with_storage("WH", "LINE").with_material("BOLT").with_stock("BOLT", 30, at="WH")
    renew_roles()
    account = Account.objects.create(username="wanda")
    RoleAssignment.objects.create(account=account, role=Role.objects.get(code="warehouse"))
    client.force_login(account)
    page = client.get("/s/KES/stock/move/").content.decode()
    [key] = re.findall(r'name="key" value="(\w+)"', page)
    said = {"material": "BOLT", "quantity": 10, "from_location": "WH", "to_location": "LINE"}
    return said | {"from_status": "available", "status": "available", "key": key}


def there():
    found = StockBalance.objects.filter(quantity__gt=0)
    return {each.location.code: each.quantity for each in found}


def test_a_form_sent_twice_moves_once(client, form):
    said = form

    answers = [client.post("/s/KES/stock/move/", said) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert there() == {"WH": Decimal(20), "LINE": Decimal(10)}

    answer = client.post("/s/KES/stock/move/", said | {"quantity": 11})

    assert answer.status_code == 422
    assert "used before for other content" in str(answer.context["form"].errors)


def test_a_form_sent_again_is_answered_as_at_first_although_its_place_was_given_up_since(
    client, form
):
    first = client.post("/s/KES/stock/move/", form)
    Equipment.objects.filter(code="LINE").update(archived_at=clock.real_now())

    again = client.post("/s/KES/stock/move/", form)

    assert (
        (again.status_code, again.url) == (first.status_code, first.url) == (302, "/s/KES/stock/")
    )
    assert there() == {"WH": Decimal(20), "LINE": Decimal(10)}

    for other in ({"quantity": 11}, {"key": "another"}, {"key": ""}):
        refused = client.post("/s/KES/stock/move/", form | other)
        assert refused.status_code == 422
        assert "to_location" in refused.context["form"].errors
    assert there() == {"WH": Decimal(20), "LINE": Decimal(10)}
    assert OperationsEvent.objects.filter(kind="inventory.stock_moved").count() == 1
