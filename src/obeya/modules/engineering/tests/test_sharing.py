"""What belongs to the whole enterprise does not change by the right of one site alone."""

from decimal import Decimal

import pytest

from obeya.modules.engineering.actions import save_bom_lines, save_materials, save_operations
from obeya.modules.engineering.queries import material_rows
from obeya.modules.engineering.rows import BomRow, MaterialRow, OperationRow
from obeya.plant.log.actor import Actor, Scope
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialRevision
from obeya.plant.work.models import BomLine, Operation
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db
RULE = "KES deals with this material too, and you may not change it there"


@pytest.fixture
def kes():
    return a_plant().with_material("BR-600", "BOLT").with_bom("BR-600", {"BOLT": 4})


@pytest.fixture
def mer(kes):
    return a_plant("MER", name="Merle").with_machine("SAW").with_material("BR-600", "BOLT", "NUT")


def planner_at(*plants):
    scopes = frozenset(Scope(plant.site.pk) for plant in plants)
    grants = {"engineering.edit": scopes, "engineering.view": scopes}
    return Actor(plants[0].by.account_id, "ann", grants=grants)


def refused(save, mer, *rows, by):
    with pytest.raises(RowsRefused) as raised:
        save(site=mer.site, rows=rows, by=by)
    return [(each.row, each.field, each.rule) for each in raised.value.problems]


@pytest.mark.parametrize(
    "change",
    [{"name": "Ours"}, {"kind": "raw"}, {"is_lot_tracked": True}, {"revision": "B"}],
)
def test_a_material_of_another_site_keeps_what_it_is(kes, mer, change):
    rows = MaterialRow("NUT", name="Nut M8"), MaterialRow("BR-600", **change)

    problems = refused(save_materials, mer, *rows, by=planner_at(mer))

    assert problems == [(1, "code", RULE)]
    assert set(Material.objects.values_list("name", "kind", "is_lot_tracked")) == {
        ("BR-600", "finished", False), ("BOLT", "finished", False),
        ("NUT", "finished", False),
    }  # fmt: skip
    assert set(MaterialRevision.objects.values_list("code", flat=True)) == {"A"}


def test_how_the_site_itself_gets_it_is_the_sites_own(kes, mer):
    ann = planner_at(mer)
    rows = [
        MaterialRow("BR-600", policy="transfer", safety_stock=Decimal(9)),
        MaterialRow("NUT", name="Nut M8"),
        MaterialRow("OURS"),
    ]

    assert save_materials(site=mer.site, rows=rows, by=ann) == Saved(new=1, changed=2)

    assert MaterialAtSite.objects.at(kes.site).get(material__code="BR-600").safety_stock == 0
    read = material_rows(site=mer.site, by=ann)
    assert save_materials(site=mer.site, rows=read, by=ann) == Saved(unchanged=4)


def test_who_may_at_both_sites_changes_it_for_both(kes, mer):
    row = MaterialRow("BR-600", name="Ours", revision="B")

    saved = save_materials(site=mer.site, rows=[row], by=planner_at(mer, kes))

    assert saved == Saved(changed=1)
    assert Material.objects.get(code="BR-600").name == "Ours"


def test_what_goes_into_it_stays_too(kes, mer):
    ann = planner_at(mer)
    more = BomRow("BR-600", "BOLT", Decimal(6))
    other = BomRow("BR-600", "NUT", Decimal(4))
    as_it_is = BomRow("BR-600", "BOLT", Decimal(4))

    assert refused(save_bom_lines, mer, as_it_is, other, by=ann) == [(1, "material", RULE)]
    assert refused(save_bom_lines, mer, more, by=ann) == [(0, "material", RULE)]

    assert BomLine.objects.get().quantity_per == 4
    assert save_bom_lines(site=mer.site, rows=[as_it_is], by=ann) == Saved(unchanged=1)


def test_steps_are_the_sites_own_but_not_a_new_revision(kes, mer):
    ann = planner_at(mer)
    fresh = OperationRow("BR-600", 10, revision="B", equipment="SAW", run_s=Decimal(1))

    assert refused(save_operations, mer, fresh, by=ann) == [(0, "revision", RULE)]
    assert not MaterialRevision.objects.filter(code="B").exists()
    assert not Operation.objects.exists()

    own = OperationRow("BR-600", 10, equipment="SAW", run_s=Decimal(1))
    assert save_operations(site=mer.site, rows=[own], by=ann) == Saved(new=1)
