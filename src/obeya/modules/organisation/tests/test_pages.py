"""The forms of equipment."""

import pytest

from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Account, OperationsEvent, Role, RoleAssignment
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


def test_a_form_for_a_new_machine_does_not_write_over_another(ada):
    plant = a_plant("KES").with_calendar("ALWAYS", always_open=True)
    plant.with_machine("PRESS-4", calendar="ALWAYS")
    told = OperationsEvent.objects.count()

    answer = ada.post(
        "/s/KES/equipment/new/",
        {"code": "PRESS-4", "name": "Another", "level": "work_unit", "capacity": 1},
    )

    assert answer.status_code == 422
    assert "There is equipment PRESS-4 already." in str(answer.context["form"].errors)
    press = plant.equipment("PRESS-4")
    assert (press.name, press.calendar.code) == ("PRESS-4", "ALWAYS")
    assert OperationsEvent.objects.count() == told


def test_the_code_of_another_site_is_free_here(ada):
    a_plant("MER").with_machine("PRESS-4")
    a_plant("KES")

    answer = ada.post(
        "/s/KES/equipment/new/",
        {"code": "PRESS-4", "name": "Ours", "level": "work_unit", "capacity": 1},
    )

    assert answer.url == "/s/KES/equipment/PRESS-4/"
