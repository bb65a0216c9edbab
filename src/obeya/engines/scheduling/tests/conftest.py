import pytest

from obeya.engines.scheduling.tests.month import a_month


@pytest.fixture
def plan():
    return a_month()
