"""Actors, and a house whose rooms are put back after each test."""

from collections.abc import Callable, Iterator

import pytest

from obeya.plant.log import rooms
from obeya.plant.log.actor import Actor, Scope, system_actor
from obeya.plant.log.models import Account


@pytest.fixture
def ann(db: None) -> Actor:
    account = Account.objects.create(username="ann")
    return Actor(account.pk, "ann", grants={"probe.name": frozenset({Scope()})})


@pytest.fixture
def system(db: None) -> Actor:
    return system_actor()


@pytest.fixture
def enter() -> Iterator[Callable[[rooms.Module], None]]:
    """Enter modules for one test."""
    before = dict(rooms._entered)
    yield rooms.enter
    rooms._entered.clear()
    rooms._entered.update(before)
