"""A plan has its machines in one order, whatever ids they have and whatever the database says."""

from decimal import Decimal

import pytest

from obeya.modules.scheduling.bridge.machines import Shop
from obeya.modules.scheduling.bridge.steps import load_work
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.resources.models import Equipment, EquipmentClass, EquipmentClassMember
from obeya.plant.resources.tree import repath
from obeya.plant.work.models import Operation, OperationPredecessor
from obeya.testing.any_order import rows_in_any_order

LATHES = ["LATHE-5", "LATHE-4", "LATHE-3", "LATHE-2", "LATHE-1"]  # as they were entered


@pytest.fixture
def lathes(joinery):
    """Legs are turned on any of five, whose ids have five digits and six."""
    lathes = Equipment.objects.bulk_create(
        Equipment(pk=pk, site=joinery.site, code=code, name=code, level="work_unit")
        for pk, code in enumerate(LATHES, 99_998)
    )
    repath(joinery.site)
    turning = EquipmentClass.objects.create(code="TURNING", name="Turning")
    EquipmentClassMember.objects.bulk_create(
        EquipmentClassMember(equipment=each, equipment_class=turning) for each in lathes
    )
    Operation.objects.filter(name="Saw").update(equipment=None, equipment_class=turning)


def test_machines_of_a_class_are_chosen_from_in_the_order_in_which_they_joined_it(joinery, lathes):
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    run = joinery.plan().base.plan_run_id
    [legs] = [
        step
        for step in load_work(joinery.site, run_id=run).steps
        if step.order.material == joinery.leg
    ]
    for _ in range(5):
        with rows_in_any_order():
            shop = Shop(joinery.site)
        assert [shop.machines[way.machine].code for way in shop.eligible(legs)] == LATHES


def test_machines_stand_as_they_were_entered_also_when_their_ids_get_a_digit_more(joinery, lathes):
    shop = Shop(joinery.site)

    assert [each.code for each in shop.machines] == ["SAW-1", "BENCH-1", *LATHES]


def test_steps_wait_for_each_other_in_the_order_in_which_the_routing_says_it(joinery):
    [last] = Operation.objects.filter(name="Assemble")
    befores = Operation.objects.bulk_create(
        Operation(
            revision=last.revision,
            site=joinery.site,
            number=number,
            name=f"Step {number}",
            equipment=last.equipment,
            run_s=Decimal(60),
        )
        for number in (1, 2, 3, 4, 5)
    )
    told = [(befores[i].pk, last.pk) for i in (3, 0, 4, 1, 2)]
    OperationPredecessor.objects.bulk_create(
        OperationPredecessor(predecessor_id=before, operation_id=after) for before, after in told
    )

    for _ in range(5):
        with rows_in_any_order():
            assert load_work(joinery.site, run_id=None).links == told
