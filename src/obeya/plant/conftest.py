"""A small plant, as rows: two sites with equal codes, so that scope is tested everywhere."""

from datetime import UTC, datetime

import pytest

from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Site, Unit
from obeya.plant.resources.sites import open_site

MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)  # 06:00 in Berlin


@pytest.fixture
def monday() -> datetime:
    return MONDAY


@pytest.fixture
def system_by(db: None) -> Actor:
    return system_actor()


@pytest.fixture
def kestrel(db: None) -> Site:
    return open_site(code="KES", name="Kestrel", time_zone="Europe/Berlin", currency="EUR")


@pytest.fixture
def merlin(db: None) -> Site:
    return open_site(code="MER", name="Merlin", time_zone="America/New_York", currency="USD")


@pytest.fixture
def press_4(kestrel: Site) -> Equipment:
    press = Equipment.objects.create(
        site=kestrel, code="PRESS-4", name="Press 160 t", level="work_unit"
    )
    press.path = f"/{press.pk}/"
    press.save()
    return press


@pytest.fixture
def pieces(db: None) -> Unit:
    return Unit.objects.create(code="H87", name="pcs", dimension="count", decimals=0)


@pytest.fixture
def kilograms(db: None) -> Unit:
    return Unit.objects.create(code="KGM", name="kg", dimension="mass", decimals=3)


@pytest.fixture
def bracket(pieces: Unit) -> Material:
    return Material.objects.create(code="BR-600", name="Bracket", kind="finished", unit=pieces)


@pytest.fixture
def coil(kilograms: Unit) -> Material:
    return Material.objects.create(
        code="DC04", name="Coil DC04 2.0 mm", kind="raw", unit=kilograms, is_lot_tracked=True
    )


@pytest.fixture
def coil_lot(coil: Material) -> MaterialLot:
    return MaterialLot.objects.create(material=coil, code="C-17")


@pytest.fixture
def rack(kestrel: Site) -> Equipment:
    return _storage(kestrel, "RACK-A")


@pytest.fixture
def dock(kestrel: Site) -> Equipment:
    return _storage(kestrel, "DOCK")


def _storage(site: Site, code: str) -> Equipment:
    place = Equipment.objects.create(site=site, code=code, name=code, level="storage")
    place.path = f"/{place.pk}/"
    place.save()
    return place
