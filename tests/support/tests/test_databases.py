"""Tests that commit leave nothing behind, whichever runs first, and lose no trigger."""

import pytest
from django.db import connection

from obeya.plant.log import append_only
from obeya.plant.resources.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("code", ["H87", "KGM"])
def test_what_a_test_commits_is_gone_afterwards(code):
    assert not Unit.objects.filter(code__in=["H87", "KGM"], name="of a test").exists()

    Unit.objects.create(code=code, name="of a test", dimension="count", decimals=0)

    assert Unit.objects.filter(name="of a test").count() == 1


@pytest.mark.parametrize("time", ["first", "second"])
def test_append_only_tables_are_guarded_in_every_test_database(time):
    assert append_only.unguarded(connection) == []
    assert append_only.models() != []
