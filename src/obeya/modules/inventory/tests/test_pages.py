"""The form that carries stock."""

import re
from decimal import Decimal

import pytest

from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Account, Role, RoleAssignment
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_moves_once(client):
    a_plant("KES").with_storage("WH", "LINE").with_material("BOLT").with_stock("BOLT", 30, at="WH")
    renew_roles()
    account = Account.objects.create(username="wanda")
    RoleAssignment.objects.create(account=account, role=Role.objects.get(code="warehouse"))
    client.force_login(account)
    page = client.get("/s/KES/stock/move/").content.decode()
    [key] = re.findall(r'name="key" value="(\w+)"', page)
    said = {"material": "BOLT", "quantity": 10, "from_location": "WH", "to_location": "LINE"}
    said |= {"from_status": "available", "status": "available", "key": key}

    answers = [client.post("/s/KES/stock/move/", said) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    there = {
        each.location.code: each.quantity for each in StockBalance.objects.filter(quantity__gt=0)
    }
    assert there == {"WH": Decimal(20), "LINE": Decimal(10)}

    answer = client.post("/s/KES/stock/move/", said | {"quantity": 11})

    assert answer.status_code == 422
    assert "used before for other content" in str(answer.context["form"].errors)
