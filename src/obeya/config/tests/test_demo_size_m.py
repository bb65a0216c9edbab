"""Size M comes in by the import, is planned, and stays what it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from obeya.config.invented import import_invented
from obeya.modules.engineering import public as engineering
from obeya.modules.exchange.doctor import examine
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.scheduling.planning_now import plan_now, publish_now
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.rooms import rooms
from obeya.plant.resources.models import Site
from obeya.plant.work.models import JobOrder

THURSDAY = datetime(2026, 11, 26, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def imported(kept_for_the_module):
    with clock.held_at(THURSDAY):
        import_invented("M", by=system_actor())
    connection.check_constraints()


@pytest.fixture
def plant(imported, db):
    with clock.held_at(THURSDAY):
        yield {"site": Site.objects.get(code="KES"), "by": system_actor()}


def test_every_row_of_size_m_is_taken_over_by_the_import(plant):
    machines = [r for r in organisation.equipment_rows(**plant) if r.level == "work_unit"]

    assert len(machines) == 45
    assert len(engineering.material_rows(**plant)) == 300
    assert len(engineering.operation_rows(**plant)) == 243
    rows = [row for row in orders.demand_rows(**plant) if row.kind != "forecast"]
    lines = [row for row in rows if row.status == "open"]
    owed = [row for row in lines if int(row.code[3:7]) < 4_101]  # by the weeks before
    assert len(lines) == 402 + len(owed)
    assert sum(row.due_at < datetime(2026, 11, 26) for row in lines) == 24


def test_the_data_doctor_finds_neither_a_step_without_capacity_nor_a_slipped_time(plant):
    found = {finding.check for finding in examine(plant["site"], THURSDAY) if finding.rows}

    assert found <= {"due_in_the_past", "never_used"}


def test_importing_again_changes_nothing(plant):
    before = OperationsEvent.objects.count()

    import_invented("M", by=plant["by"])

    assert OperationsEvent.objects.count() == before


@pytest.mark.slow
def test_six_weeks_hold_about_2400_operations_and_nine_of_ten_lines_are_in_time(plant):
    plan_now(by=plant["by"], now=THURSDAY, site=plant["site"])
    version = publish_now(plant["site"], by=plant["by"], now=THURSDAY)

    begun = JobOrder.objects.unfinished().filter(planned_start_at__lt=THURSDAY + timedelta(weeks=6))
    assert 2_200 <= begun.count() <= 2_600
    assert 0.88 <= 1 - int(version.figures["late_orders"]) / 402 <= 0.95
    assert [line for room in rooms() for proof in room.proofs for line in proof.check()] == []
