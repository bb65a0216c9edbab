"""Effective time may be shifted on a demo plant; recorded time never is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.plant.log import clock
from obeya.plant.log.demo_clock import PlantIsReal, set_demo_clock
from obeya.plant.log.models import DemoClock, OperationsEvent
from obeya.plant.log.tests.probe import name_sites

SIX_AM = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    clock.forget()
    yield
    clock.forget()


@pytest.mark.django_db
def test_an_event_is_effective_when_the_held_clock_says_and_recorded_by_the_real_one(ann):
    before = clock.real_now()
    with clock.held_at(SIX_AM):
        name_sites(names=["KES"], by=ann)

    event = OperationsEvent.objects.get()
    assert event.effective_at == SIX_AM
    assert event.recorded_at >= before


@pytest.mark.django_db
def test_a_real_plants_clock_cannot_be_set(system, settings):
    settings.DEMO = False
    with pytest.raises(PlantIsReal):
        set_demo_clock(shown=SIX_AM, by=system)

    assert not DemoClock.objects.exists()


@pytest.mark.django_db
def test_a_demo_plants_clock_stands_still_at_rate_zero(demo, system):
    set_demo_clock(shown=SIX_AM, rate=Decimal(0), by=system)

    assert clock.now() == SIX_AM
    assert clock.real_now() - SIX_AM != timedelta(0)


@pytest.mark.django_db
def test_a_demo_plants_hour_passes_in_a_second_at_rate_3600(demo, system):
    set_demo_clock(shown=SIX_AM, rate=Decimal(3600), by=system)
    DemoClock.objects.update(real_anchor=clock.real_now() - timedelta(seconds=1))
    clock.forget()

    assert SIX_AM + timedelta(hours=1) <= clock.now() <= SIX_AM + timedelta(hours=24)
