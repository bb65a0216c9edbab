"""Materials: how a site gets them, and what no longer changes once stock was moved."""

from decimal import Decimal

import pytest

from obeya.modules.engineering.actions import archive_materials, save_materials
from obeya.modules.engineering.actions.archive import StillNeeded
from obeya.modules.engineering.queries import material_rows
from obeya.modules.engineering.rows import MaterialRow
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Material, MaterialAtSite
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return a_plant().with_storage("WH").with_supplier("NORRLAND").with_customer("CUST")


def save(plant, *rows):
    return save_materials(site=plant.site, rows=rows, by=plant.by)


def test_what_is_read_back_saves_as_it_was(plant):
    coil = MaterialRow(
        "DC04",
        "Coil 2.0 mm",
        kind="raw",
        unit="KGM",
        revision="C",
        is_lot_tracked=True,
        lead_time_days=Decimal(42),
        lot_minimum=Decimal(10_000),
        standard_cost=Decimal("0.93"),
        storage="WH",
        supplier="NORRLAND",
        translations={"de": "Band"},
    )
    assert save(plant, coil, MaterialRow("BR-600")) == Saved(new=2)

    rows = {row.code: row for row in material_rows(site=plant.site, by=plant.by)}
    assert (rows["DC04"].policy, rows["BR-600"].policy) == ("buy", "make")
    assert (rows["DC04"].revision, rows["BR-600"].revision) == ("C", "A")
    assert rows["DC04"].translations == {"de": "Band"}
    assert save(plant, *rows.values()) == Saved(unchanged=2)


def test_a_site_may_get_it_in_its_own_way(plant):
    other = a_plant("MER")
    save(plant, MaterialRow("BR-600", safety_stock=Decimal(100)))

    saved = save(other, MaterialRow("BR-600", policy="transfer"))

    assert saved == Saved(changed=1)
    kept = MaterialAtSite.objects.order_by("site__code").values_list("policy", "safety_stock")
    assert list(kept) == [("make", Decimal(100)), ("transfer", Decimal(0))]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (MaterialRow("X", unit="PARSEC"), "unknown unit PARSEC"),
        (MaterialRow("X", unit=""), "is empty"),
        (MaterialRow("X", storage="SCRAP"), "unknown storage SCRAP"),
        (MaterialRow("X", supplier="CUST"), "unknown supplier CUST"),
        (MaterialRow("X", safety_stock=Decimal(-1)), "below 0"),
        (MaterialRow("X", lead_time_days=Decimal(36_501)), "more than a hundred years"),
        (MaterialRow("X" * 101), "longer than 100 characters"),
        (MaterialRow("X\n"), "spaces at an end, or characters that cannot be printed"),
    ],
)
def test_a_row_against_the_rules_is_refused_and_changes_nothing(plant, row, rule):
    with pytest.raises(RowsRefused) as refused:
        save(plant, MaterialRow("FINE"), row)

    assert [(problem.row, problem.rule) for problem in refused.value.problems] == [(1, rule)]
    assert Material.objects.count() == 0


def test_the_unit_stays_once_stock_was_moved(plant):
    save(plant, MaterialRow("BR-600"))
    plant.with_stock("BR-600", 5, at="WH")

    with pytest.raises(RowsRefused, match="stock was moved already"):
        save(plant, MaterialRow("BR-600", unit="KGM"))

    assert plant.material("BR-600").unit.code == "H87"


def test_what_lies_in_stock_cannot_be_archived(plant):
    save(plant, MaterialRow("BR-600"))
    plant.with_stock("BR-600", 5, at="WH")

    with pytest.raises(StillNeeded, match="BR-600 lies in WH"):
        archive_materials(site=plant.site, codes=["BR-600"], by=plant.by)

    assert plant.material("BR-600").archived_at is None
