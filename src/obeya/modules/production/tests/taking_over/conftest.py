import pytest

from obeya.modules.production.tests.taking_over.past_work import a_joinery


@pytest.fixture
def plant():
    with a_joinery() as made:
        yield made
