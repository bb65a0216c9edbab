"""Kestrel as its specification has it comes in by the import, is planned, and stays one size."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest

from obeya.config import demo
from obeya.config.kestrel import import_kestrel
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


@pytest.fixture
def plant(db):
    by = system_actor()
    with clock.held_at(THURSDAY):
        import_kestrel("M", by=by)
        yield {"site": Site.objects.get(code="KES"), "by": by}


def test_every_row_of_size_m_is_taken_over_by_the_import(plant):
    machines = [r for r in organisation.equipment_rows(**plant) if r.level == "work_unit"]

    assert len(machines) == 45
    assert len(engineering.material_rows(**plant)) == 300
    assert len(engineering.operation_rows(**plant)) == 243
    assert sum(row.kind != "forecast" for row in orders.demand_rows(**plant)) == 402


def test_the_data_doctor_finds_neither_a_step_without_capacity_nor_a_slipped_time(plant):
    found = {finding.check for finding in examine(plant["site"], THURSDAY) if finding.rows}

    assert found <= {"due_in_the_past", "never_used"}


def test_importing_again_changes_nothing(plant):
    before = OperationsEvent.objects.count()

    import_kestrel("M", by=plant["by"])

    assert OperationsEvent.objects.count() == before


@pytest.mark.slow
def test_six_weeks_hold_about_2400_operations_and_nine_of_ten_lines_are_in_time(plant):
    plan_now(by=plant["by"], now=THURSDAY, site=plant["site"])
    version = publish_now(plant["site"], by=plant["by"], now=THURSDAY)

    begun = JobOrder.objects.filter(planned_start_at__lt=THURSDAY + timedelta(weeks=6))
    assert 2_200 <= begun.count() <= 2_600
    assert 0.88 <= 1 - int(version.figures["late_orders"]) / 402 <= 0.95
    assert [line for room in rooms() for proof in room.proofs for line in proof.check()] == []


def test_a_demo_of_another_size_is_refused_and_stays(tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "demo").write_text("M: this plant is invented; delete the folder to begin anew.\n")

    with pytest.raises(demo.AnotherSize, match="holds a demo plant of size M, not L"):
        demo.demo(Namespace(size="L", fill_only=True))

    assert (tmp_path / "demo").read_text().startswith("M: ")


@pytest.mark.parametrize(
    ("written", "size"), [("This plant is invented\n", "S"), ("M: this plant\n", "M"), ("", "S")]
)
def test_a_demo_that_is_opened_again_keeps_its_size(tmp_path, settings, written, size):
    settings.DATA = tmp_path
    (tmp_path / "demo").write_text(written)

    assert demo.size_of_demo(None) == size
    assert demo.size_of_demo(size) == size
