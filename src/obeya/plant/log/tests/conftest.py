"""Actors, and a house whose rooms are put back after each test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

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


@pytest.fixture
def process(db: None) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start another process on the test's database; it is gone when the test is."""
    started = []

    def start(what: str, *arguments: str) -> "subprocess.Popen[str]":
        name = str(connection.settings_dict["NAME"])
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "obeya.plant.log.tests.process", name, what, *arguments],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()
        for pipe in filter(None, (each.stdin, each.stdout)):
            pipe.close()
