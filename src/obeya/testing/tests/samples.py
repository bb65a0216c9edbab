"""How to call the rooms' verbs with n rows, beside the save actions of test_query_counts.py."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from obeya.modules.engineering import actions as engineering
from obeya.modules.inventory import actions as inventory
from obeya.modules.organisation import actions as organisation
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Site
from obeya.testing import Plant

_numbers = count(1)


def _codes(n: int) -> list[str]:
    return [f"S-{next(_numbers)}" for _ in range(n)]


def _machines(n: int, site: Site) -> list[str]:
    codes = _codes(n)
    Plant(site, system_actor()).with_machine(*codes)
    return codes


def _materials(n: int, site: Site) -> list[str]:
    codes = _codes(n)
    Plant(site, system_actor()).with_material(*codes)
    return codes


def _archived(archive: Callable[..., Any], codes: list[str], site: Site) -> list[str]:
    archive(site=site, codes=codes, by=system_actor())
    return codes


def _transfers(n: int, site: Site) -> list[inventory.StockTransfer]:
    plant, [here, there, material] = Plant(site, system_actor()), _codes(3)
    plant.with_storage(here, there).with_material(material).with_stock(material, n, at=here)
    one = inventory.StockTransfer(material, Decimal(1), from_location=here, to_location=there)
    return [one] * n


SAMPLES: dict[str, Callable[[int, Site], dict[str, Any]]] = {
    "organisation.archive_equipment": lambda n, site: {"codes": _machines(n, site)},
    "organisation.unarchive_equipment": lambda n, site: {
        "codes": _archived(organisation.archive_equipment, _machines(n, site), site)
    },
    "engineering.archive_materials": lambda n, site: {"codes": _materials(n, site)},
    "engineering.unarchive_materials": lambda n, site: {
        "codes": _archived(engineering.archive_materials, _materials(n, site), site)
    },
    "inventory.move_stock": lambda n, site: {"transfers": _transfers(n, site)},
}
