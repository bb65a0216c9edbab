"""Passwords of tests are hashed as in life, but with little work: 0.2 s each would be minutes."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import override_settings


class Quick(Argon2PasswordHasher):
    """A hash says how much work it took: the servers that a test starts check this one, too."""

    time_cost = 1
    memory_cost = 8  # KiB, the least that there is
    parallelism = 1


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=[f"{Quick.__module__}.{Quick.__qualname__}"]):
        yield
