"""Bills of materials: what goes in, and never into itself."""

from datetime import date
from decimal import Decimal

import pytest

from obeya.modules.engineering.actions import save_bom_lines
from obeya.modules.engineering.bom_rules import loops_through
from obeya.modules.engineering.queries import bom_rows
from obeya.modules.engineering.rows import BomRow
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import MaterialRevision
from obeya.plant.work.models import BomLine
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return (
        a_plant()
        .with_material("BT-210", "AR-2101", "PS-2102", "BOLT")
        .with_material("BAR", kind="raw", unit="KGM")
    )


def save(plant, *rows):
    return save_bom_lines(site=plant.site, rows=rows, by=plant.by)


def line(material, component, quantity="1", **fields):
    return BomRow(material, component, Decimal(quantity), **fields)


def test_what_is_read_back_saves_as_it_was(plant):
    lines = [
        line("BT-210", "AR-2101"),
        line("BT-210", "BOLT", "1", per_quantity=Decimal(24), scrap_percent=Decimal("2.5")),
        line("PS-2102", "BAR", "0.48", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)),
        line("PS-2102", "BAR", "0.02", is_by_product=True),
    ]
    assert save(plant, *lines) == Saved(new=4)

    rows = bom_rows(site=plant.site, by=plant.by)
    assert rows[1].scrap_percent == Decimal("2.5")
    assert save(plant, *rows) == Saved(unchanged=4)


def test_a_named_revision_is_made_beside_the_first(plant):
    save(plant, line("BT-210", "BOLT"), line("BT-210", "AR-2101", revision="B"))

    found = MaterialRevision.objects.filter(material__code="BT-210").order_by("code")
    assert [each.code for each in found] == ["A", "B"]
    assert [each.revision.code for each in BomLine.objects.order_by("id")] == ["A", "B"]


def test_a_circle_is_named_by_level_and_changes_nothing(plant):
    save(plant, line("BT-210", "AR-2101"), line("AR-2101", "PS-2102"))

    with pytest.raises(RowsRefused) as refused:
        save(plant, line("BT-210", "BOLT"), line("PS-2102", "BT-210"))

    [problem] = refused.value.problems
    assert problem.rule == "PS-2102 would go into itself: PS-2102 → BT-210 → AR-2101 → PS-2102"
    assert (problem.row, problem.field, problem.value) == (1, "component", "BT-210")
    assert BomLine.objects.count() == 2


def test_a_material_that_is_its_own_component_is_a_circle(plant):
    with pytest.raises(RowsRefused, match="BOLT → BOLT"):
        save(plant, line("BOLT", "BOLT"))


def test_scrap_that_falls_out_is_no_circle(plant):
    assert save(plant, line("BOLT", "BOLT", is_by_product=True)) == Saved(new=1)


@pytest.mark.parametrize(
    ("fields", "field", "rule"),
    [
        ({"component": "NOPE"}, "component", "unknown material NOPE"),
        ({"quantity_per": Decimal(0)}, "quantity_per", "not above 0"),
        ({"quantity_per": Decimal("0.0000001")}, "quantity_per", "more than 6 decimals"),
        ({"quantity_per": Decimal("NaN")}, "quantity_per", "too large"),
        ({"quantity_per": "many"}, "quantity_per", "not a number"),
        ({"scrap_percent": Decimal(100)}, "scrap_percent", "not below 100, or finer than 0.0001"),
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "valid_to",
            "before valid_from (2026-02-01)",
        ),
    ],
)
def test_a_line_against_the_rules_is_refused(plant, fields, field, rule):
    row = BomRow(
        **{"material": "BT-210", "component": "BOLT", "quantity_per": Decimal(1), **fields}
    )
    with pytest.raises(RowsRefused) as refused:
        save(plant, line("BT-210", "AR-2101"), row)

    assert (1, field, rule) in [(p.row, p.field, p.rule) for p in refused.value.problems]
    assert BomLine.objects.count() == 0


def test_a_deep_innocent_bom_has_no_loops():
    chain = [(number, number + 1) for number in range(20_000)]

    assert loops_through(chain, chain) == {}
    assert loops_through([*chain, (20_000, 19_998)], [(20_000, 19_998)]) == {
        (20_000, 19_998): [20_000, 19_998, 19_999, 20_000]
    }
