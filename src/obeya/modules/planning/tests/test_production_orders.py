"""Orders to make that another system numbers: their jobs, their material, their end."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.modules.planning.actions import save_production_orders
from obeya.modules.planning.queries import production_order_rows
from obeya.modules.planning.rows import ProductionOrderRow
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.numbers import next_numbers
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, MaterialRequirement, SupplyOrder
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

ORDER = ProductionOrderRow("1000123", "GEAR", Decimal(100), datetime(2026, 12, 4, 14))


@pytest.fixture
def plant():
    return (
        a_plant()
        .with_supplier("STEEL")
        .with_machine("LATHE", "MILL")
        .with_material("GEAR", "PLATE")
        .with_material("BAR", kind="raw", unit="MTR")
        .with_bom("GEAR", {"BAR": Decimal("0.25")}, operation=10, scrap_percent=Decimal(20))
        .with_operation("GEAR", 10, on="LATHE", run_s=60, setup_min=30)
        .with_operation("GEAR", 20, on="MILL", run_s=90)
    )


def save(plant, *rows):
    return save_production_orders(site=plant.site, rows=rows, by=plant.by)


def rows(plant):
    return production_order_rows(site=plant.site, by=plant.by)


def jobs():
    found = JobOrder.objects.order_by("operation_number")
    return [(j.code, j.operation_number, j.quantity, j.dispatch_status) for j in found]


def needs():
    found = MaterialRequirement.objects.order_by("direction")
    return [(n.direction, n.material.code, n.quantity, n.operation_number) for n in found]


def refused(plant, *wanted):
    """The rules of what is refused, after which nothing has changed."""
    before = rows(plant), jobs(), needs(), OperationsEvent.objects.count()
    with pytest.raises(RowsRefused) as caught:
        save(plant, *wanted)
    assert (rows(plant), jobs(), needs(), OperationsEvent.objects.count()) == before
    return [problem.rule for problem in caught.value.problems]


def test_an_order_opens_its_jobs_by_the_routing_and_its_material_by_the_bom(plant):
    assert save(plant, ORDER) == Saved(new=1)

    order = SupplyOrder.objects.get(number="1000123")
    assert (order.kind, order.status, order.quantity) == ("make", "firm", 100)
    assert order.due_at == datetime(2026, 12, 4, 13, tzinfo=UTC)  # 14:00 in Berlin
    assert jobs() == [
        ("1000123-10", 10, 100, "waiting"),
        ("1000123-20", 20, 100, "waiting"),
    ]
    assert needs() == [("consumed", "BAR", Decimal("31.25"), 10), ("produced", "GEAR", 100, None)]
    told = JobSpecification.objects.order_by("job__operation_number")
    assert [(s.setup_s, s.run_s, s.is_frozen) for s in told] == [(1800, 60, False), (0, 90, False)]
    assert save(plant, *rows(plant)) == Saved(unchanged=1)


def test_an_order_is_locked_before_anybody_looks_how_far_it_is(plant):
    save(plant, ORDER)

    with CaptureQueriesContext(connection) as asked:
        save(plant, replace(ORDER, quantity=Decimal(90)))

    said = [each["sql"].replace('"', "") for each in asked.captured_queries]
    jobs_read = next(at for at, sql in enumerate(said) if "FROM work_joborder" in sql)
    lock = f"FROM work_supplyorder WHERE work_supplyorder.id IN ({SupplyOrder.objects.get().pk})"
    assert any(lock in sql for sql in said[:jobs_read])
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in next(sql for sql in said if lock in sql)


def test_what_is_delivered_already_is_not_made_again(plant):
    save(plant, replace(ORDER, delivered=Decimal(40)))

    assert [(row.quantity, row.delivered) for row in rows(plant)] == [(60, 0)]
    assert {quantity for _, _, quantity, _ in jobs()} == {60}
    assert save(plant, replace(ORDER, delivered=Decimal(40))) == Saved(unchanged=1)


def test_a_smaller_quantity_shrinks_jobs_and_material_alike(plant):
    save(plant, ORDER)

    assert save(plant, replace(ORDER, quantity=Decimal(80))) == Saved(changed=1)

    assert {quantity for _, _, quantity, _ in jobs()} == {80}
    assert needs() == [("consumed", "BAR", 25, 10), ("produced", "GEAR", 80, None)]


def test_release_lets_the_floor_begin_and_freezes_how_it_is_made(plant):
    save(plant, ORDER)

    assert save(plant, replace(ORDER, status="released")) == Saved(changed=1)

    assert [status for *_, status in jobs()] == ["ready", "ready"]
    assert set(JobSpecification.objects.values_list("is_frozen", flat=True)) == {True}
    assert set(MaterialRequirement.objects.values_list("is_frozen", flat=True)) == {True}
    assert rows(plant) == [replace(ORDER, status="released")]
    assert refused(plant, ORDER) == ["1000123 is released already"]


@pytest.mark.parametrize(
    "end", [{"status": "done"}, {"status": "cancelled"}, {"delivered": Decimal(100)}]
)
def test_an_order_that_ended_elsewhere_ends_here_with_its_jobs(plant, end):
    save(plant, replace(ORDER, status="released"))
    over = replace(ORDER, **end)

    assert save(plant, over) == Saved(changed=1)

    assert [status for *_, status in jobs()] == ["cancelled", "cancelled"]
    assert rows(plant) == []
    assert save(plant, over) == Saved(unchanged=1)
    assert refused(plant, ORDER) == ["1000123 is cancelled here already"]


def test_an_order_that_ended_before_it_was_known_here_stays_unknown(plant):
    assert save(plant, replace(ORDER, status="done")) == Saved(unchanged=1)
    assert SupplyOrder.objects.count() == JobOrder.objects.count() == 0


def test_what_is_being_made_here_is_changed_by_its_jobs_alone(plant):
    save(plant, replace(ORDER, status="released"))
    job = JobOrder.objects.get(code="1000123-10")
    move_jobs([job], to="running", at=datetime(2026, 12, 1, 6, tzinfo=UTC), by=plant.by)
    released = replace(ORDER, status="released")

    assert refused(plant, replace(released, quantity=Decimal(80))) == [
        "1000123 has begun here: 100 are left to be made"
    ]
    assert refused(plant, replace(released, status="done")) == [
        "1000123 is being made here and cannot be taken away"
    ]
    later = replace(released, due_at=datetime(2026, 12, 7, 14))
    assert save(plant, later) == Saved(changed=1)
    assert rows(plant) == [later]


def test_rows_that_cannot_be_are_refused_by_name(plant):
    plant.with_purchase("PO-1", "BAR", 5, datetime(2026, 12, 1))
    save(plant, ORDER)

    assert refused(
        plant,
        replace(ORDER, material="PLATE"),
        replace(ORDER, number="PO-1"),
        replace(ORDER, number="7", material="PLATE"),
        replace(ORDER, number="8", material="NOPE"),
        replace(ORDER, number="9", quantity=Decimal(0)),
        replace(ORDER, number="9" * 91),
    ) == [
        "1000123 is about another material here",
        "PO-1 is an order to buy, not to make",
        "PLATE has no operations at this site",
        "unknown material NOPE",
        "not above 0",
        "longer than 90 characters",
    ]


def test_our_own_numbers_go_on_behind_those_that_came_from_elsewhere(plant):
    save(plant, replace(ORDER, number="MO-00041"), ORDER)

    assert next_numbers(site=plant.site, document="make_order", prefix="MO-") == ["MO-00042"]


def test_what_was_done_is_told_by_id(plant):
    save(plant, ORDER)
    save(plant, replace(ORDER, status="released"))
    order = SupplyOrder.objects.get()
    first, second = OperationsEvent.objects.filter(
        kind="planning.production_orders_saved"
    ).order_by("pk")
    assert first.data == {"new": [order.pk], "changed": [], "released": [], "cancelled": [],
                          "materials": [order.material_id]}  # fmt: skip
    assert (second.data["changed"], second.data["released"]) == ([order.pk], [order.pk])
