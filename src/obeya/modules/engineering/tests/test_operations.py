"""Operations: somebody can do them, their order has no loop, and who is eligible."""

from decimal import Decimal

import pytest

from obeya.modules.engineering.actions import (
    save_alternates,
    save_operations,
    save_setup_times,
)
from obeya.modules.engineering.eligibility import eligible_machines, machines_of
from obeya.modules.engineering.queries import alternate_rows, operation_rows, setup_time_rows
from obeya.modules.engineering.rows import AlternateRow, OperationRow, SetupTimeRow
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.work.models import Operation, OperationAlternate, SetupMatrix, SetupMatrixUse
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return (
        a_plant()
        .with_work_center("TURN")
        .with_work_center("EMPTY")
        .with_machine("T-1", "T-2", parent="TURN", classes=("CNC",))
        .with_machine("SAW")
        .with_storage("WH")
        .with_supplier("DUNMORE")
        .with_customer("CUST")
        .with_person("ANN", {"TURNING": 3})
        .with_tool("CHUCK")
        .with_material("PS-2102")
    )


def save(plant, *rows):
    return save_operations(site=plant.site, rows=rows, by=plant.by)


def step(number, **fields):
    return OperationRow("PS-2102", number, **{"equipment": "TURN", **fields})


def test_what_is_read_back_saves_as_it_was(plant):
    steps = [
        step(10, equipment="SAW", run_s=Decimal("7.5"), setup_min=Decimal("0.33")),
        step(20, skill="TURNING", tool="CHUCK", setup_family="D30", maximum_wait_min=Decimal(240)),
        step(30, equipment="", equipment_class="CNC", predecessors=("10",)),
        step(40, equipment="", subcontractor="DUNMORE", subcontract_days=Decimal("5.5")),
    ]
    assert save(plant, *steps) == Saved(new=4)
    assert plant.operation("PS-2102", 10).setup_s == 20

    rows = operation_rows(site=plant.site, by=plant.by)
    assert (rows[3].subcontract_days, rows[2].predecessors) == (Decimal("5.5"), ("10",))
    assert save(plant, *rows) == Saved(unchanged=4)
    assert save(plant, step(30, equipment="", equipment_class="CNC")) == Saved(changed=1)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"equipment": ""}, "nobody can do this operation"),
        ({"equipment": "EMPTY"}, "nobody can do this operation: no machine stands in EMPTY"),
        ({"equipment": "WH"}, "WH is a storage; it makes nothing"),
        ({"equipment": "NOPE"}, "unknown equipment NOPE"),
        ({"equipment_class": "CNC"}, "equipment and equipment_class at once"),
        ({"equipment": "", "subcontractor": "CUST"}, "unknown supplier CUST"),
        ({"skill": "WELDING"}, "unknown skill WELDING"),
        (
            {"skill": "TURNING", "skill_level": 4},
            "nobody can do this operation: TURNING at level 4, the best has 3",
        ),
        ({"predecessors": ("5",)}, "PS-2102 has no operation 5"),
        ({"predecessors": ("first",)}, "first is no number of an operation"),
        ({"predecessors": ("²",)}, "² is no number of an operation"),
        ({"predecessors": ("10",)}, "waits for itself: 10 → 10"),
        ({"subcontract_days": Decimal(3)}, "time outside without a subcontractor"),
        ({"run_s": Decimal(-1)}, "below 0"),
    ],
)
def test_an_operation_against_the_rules_is_refused_and_changes_nothing(plant, fields, rule):
    with pytest.raises(RowsRefused) as refused:
        save(
            plant,
            step(5, equipment="SAW") if rule != "PS-2102 has no operation 5" else step(7),
            step(10, **fields),
        )

    assert (1, rule) in [(problem.row, problem.rule) for problem in refused.value.problems]
    assert Operation.objects.count() == 0


def test_predecessors_that_close_a_loop_with_what_stands_are_named(plant):
    save(plant, step(10), step(20, predecessors=("10",)), step(30, predecessors=("20",)))

    with pytest.raises(RowsRefused, match="waits for itself: 10 → 20 → 30 → 10"):
        save(plant, step(10, predecessors=("30",)))


def test_eligible_machines_with_their_own_times_best_first(plant):
    save(plant, step(10, run_s=Decimal(60), setup_min=Decimal(10)))
    rows = [
        AlternateRow("PS-2102", 10, "SAW", preference=2, run_s=Decimal(90)),
        AlternateRow("PS-2102", 10, "T-1", is_forbidden=True),
    ]
    assert save_alternates(site=plant.site, rows=rows, by=plant.by) == Saved(new=2)
    assert alternate_rows(site=plant.site, by=plant.by)[0].is_forbidden

    operation = plant.operation("PS-2102", 10)
    found = eligible_machines([operation], machines_of(plant.site))[operation.pk]

    assert [(e.equipment_id, e.preference, e.setup_s, e.run_s) for e in found] == [
        (plant.machine("T-2").pk, 0, 600, 60),
        (plant.machine("SAW").pk, 2, 600, 90),
    ]


def test_forbidding_the_last_machine_is_refused(plant):
    save(plant, step(10, equipment="SAW"))

    with pytest.raises(RowsRefused, match="nobody could do operation 10 of PS-2102 any more"):
        save_alternates(
            site=plant.site,
            rows=[AlternateRow("PS-2102", 10, "SAW", is_forbidden=True)],
            by=plant.by,
        )

    assert OperationAlternate.objects.count() == 0


def test_setup_times_belong_to_machines_of_one_matrix(plant):
    rows = [
        SetupTimeRow("DIES", "", "", Decimal(75), ("TURN",)),
        SetupTimeRow("DIES", "A", "B", Decimal("12.5")),
        SetupTimeRow("DIES", "B", "A", Decimal(30)),
    ]
    assert save_setup_times(site=plant.site, rows=rows, by=plant.by) == Saved(new=2)

    assert SetupMatrix.objects.get().default_s == 4500
    read = setup_time_rows(site=plant.site, by=plant.by)
    assert read[0].equipment == ("T-1", "T-2")
    assert save_setup_times(site=plant.site, rows=read, by=plant.by) == Saved(unchanged=2)

    fewer = [SetupTimeRow("DIES", "A", "B", Decimal("12.5"), ("T-2",))]
    save_setup_times(site=plant.site, rows=fewer, by=plant.by)
    assert SetupMatrixUse.objects.get().equipment.code == "T-2"

    with pytest.raises(RowsRefused, match="T-1 is under matrix ONE already"):
        save_setup_times(
            site=plant.site,
            rows=[SetupTimeRow("ONE", equipment=("T-1",)), SetupTimeRow("TWO", equipment=("T-1",))],
            by=plant.by,
        )
