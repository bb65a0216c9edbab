"""A test that commits finds the database as the migrations left it."""

import pytest
from django.db import transaction

from obeya.plant.log.models import Account


@pytest.mark.django_db
def test_a_rolled_back_test_uses_up_a_number():
    with transaction.atomic():
        assert Account.objects.create(username="ann").pk


@pytest.mark.django_db(transaction=True)
def test_the_first_row_of_a_test_that_commits_has_the_number_it_has_in_an_empty_plant():
    before = Account.objects.count()
    assert Account.objects.create(username="ann").pk == before + 1
