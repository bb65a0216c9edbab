"""A plant with two sites of equal codes, and people with roles in it: fixtures for a conftest."""

from collections.abc import Callable
from typing import Any

import pytest

from obeya.plant.log import rooms
from obeya.plant.log.access import actions
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import Account, Role, RoleAssignment
from obeya.plant.resources.models import Equipment, Site

GOOD_PASSWORD = "four plain words here"


@pytest.fixture
def kes(db: None) -> Site:
    return Site.objects.create(code="KES", name="Kesselstadt")


@pytest.fixture
def bru(db: None) -> Site:
    return Site.objects.create(code="BRU", name="Bruck")


@pytest.fixture
def tree(kes: Site, bru: Site) -> dict[str, Equipment]:
    """PRESSES with PRESS-4 below, and OVENS, at KES; PRESS-4 also at BRU."""

    def node(site: Site, code: str, level: str, parent: Equipment | None = None) -> Equipment:
        made = Equipment.objects.create(site=site, code=code, name=code, level=level, parent=parent)
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save(update_fields=["path"])
        return made

    presses = node(kes, "PRESSES", "area")
    return {
        "PRESSES": presses,
        "PRESS-4": node(kes, "PRESS-4", "work_unit", presses),
        "OVENS": node(kes, "OVENS", "area"),
        "BRU PRESS-4": node(bru, "PRESS-4", "work_unit"),
    }


@pytest.fixture
def enter(db: None) -> Any:
    before = dict(rooms._entered)
    yield rooms.enter
    rooms._entered.clear()
    rooms._entered.update(before)


@pytest.fixture
def roles(enter: Callable[[rooms.Module], None]) -> dict[str, Role]:
    """The shipped roles, and a room in which an operator may stamp and a guest may look."""
    enter(
        rooms.Module(
            name="stamping",
            title="Stamping",
            permissions={"stamping.stamp": "Stamp", "stamping.view": "Look"},
            roles={"operator": ["stamping.stamp", "stamping.view"], "guest": ["stamping.view"]},
        )
    )
    actions.renew_shipped_roles(by=system_actor())
    return {role.code: role for role in Role.objects.all()}


@pytest.fixture
def someone(roles: dict[str, Role]) -> Callable[..., Account]:
    """someone("ann", "operator", site=kes): an account with a role there."""

    def make(
        username: str, *codes: str, site: Any = None, equipment: Any = None, **fields: Any
    ) -> Account:
        account = Account(username=username, **fields)
        account.set_password(GOOD_PASSWORD)
        account.save()
        for code in codes:
            RoleAssignment.objects.create(
                account=account, role=roles[code], site=site, equipment=equipment
            )
        return account

    return make


@pytest.fixture
def ida(someone: Callable[..., Account]) -> Account:
    """The administrator."""
    return someone("ida", "administrator")


@pytest.fixture
def by_ida(ida: Account) -> Actor:
    return load_actor(ida)
