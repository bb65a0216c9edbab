"""The equipment tree."""

import pytest

from obeya.modules.organisation.actions import (
    archive_equipment,
    save_equipment,
    unarchive_equipment,
)
from obeya.modules.organisation.actions.archive import AlreadyArchived, NotArchived, StillNeeded
from obeya.modules.organisation.queries import equipment_rows
from obeya.modules.organisation.rows import EquipmentRow
from obeya.plant.log.actor import Actor, Scope
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.refusal import NotPermitted, RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Equipment
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

HALL = EquipmentRow("HALL", level="area")
PRESS = EquipmentRow("PRESS", level="work_center", parent="HALL")
PRESS_4 = EquipmentRow("PRESS-4", "Press 160 t", parent="PRESS", classes=("160T", "PRESSES"))


@pytest.fixture
def plant():
    return a_plant()


def save(plant, *rows):
    return save_equipment(site=plant.site, rows=rows, by=plant.by)


def test_children_may_come_before_their_parents(plant):
    assert save(plant, PRESS_4, PRESS, HALL) == Saved(new=3)

    hall, press, unit = (plant.equipment(code) for code in ("HALL", "PRESS", "PRESS-4"))
    assert unit.path == f"/{hall.pk}/{press.pk}/{unit.pk}/"
    assert equipment_rows(site=plant.site, by=plant.by)[-1].classes == ("160T", "PRESSES")
    rows = equipment_rows(site=plant.site, by=plant.by)
    assert save(plant, *rows) == Saved(unchanged=3)


def test_what_stands_below_moves_along(plant):
    save(plant, HALL, PRESS, PRESS_4)

    save(
        plant,
        EquipmentRow("HALL-2", level="area"),
        EquipmentRow("PRESS", level="work_center", parent="HALL-2"),
    )

    hall_2, press = plant.equipment("HALL-2"), plant.equipment("PRESS")
    assert plant.machine("PRESS-4").path.startswith(f"/{hall_2.pk}/{press.pk}/")


def test_the_log_keeps_each_field_before_and_after(plant):
    save(plant, HALL)
    save(plant, EquipmentRow("HALL", "Hall one", level="area"))

    event = OperationsEvent.objects.last()
    hall = plant.equipment("HALL")
    assert event.data == {"changed": [hall.pk], "new": []}
    assert ChangeRow.objects.get(event=event).fields == {"name": ["HALL", "Hall one"]}


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([EquipmentRow("A", parent="B")], "unknown equipment B"),
        ([EquipmentRow("A", calendar="NEVER")], "unknown calendar NEVER"),
        ([HALL, EquipmentRow("HALL", level="area")], "an earlier row has the same code"),
        ([EquipmentRow("A", capacity=0)], "below 1"),
        ([EquipmentRow("A", level="cell")], "not one of the choices"),  # type: ignore[arg-type]
        ([EquipmentRow("A", is_virtual=True)], "only a storage can be virtual"),
        ([EquipmentRow("A"), EquipmentRow("B", level="work_center", parent="A")],
         "a work center cannot stand in A, a work unit"),
        ([EquipmentRow(" A")], "spaces at an end, or characters that cannot be printed"),
        ([EquipmentRow("SCRAP", level="storage")], "a place of the books"),
    ],
)  # fmt: skip
def test_a_row_against_the_rules_is_refused_and_changes_nothing(plant, rows, rule):
    before = Equipment.objects.count(), OperationsEvent.objects.count()

    with pytest.raises(RowsRefused) as refused:
        save(plant, EquipmentRow("FINE"), *rows)

    assert rule in [problem.rule for problem in refused.value.problems]
    assert (Equipment.objects.count(), OperationsEvent.objects.count()) == before


def test_a_circle_is_refused_and_named(plant):
    save(plant, HALL)

    with pytest.raises(RowsRefused, match="stands above itself: HALL → HALL-2 → HALL"):
        save(
            plant,
            EquipmentRow("HALL", level="area", parent="HALL-2"),
            EquipmentRow("HALL-2", level="area", parent="HALL"),
        )

    assert plant.equipment("HALL").parent is None


def test_a_storage_stays_a_storage(plant):
    plant.with_storage("WH")

    with pytest.raises(RowsRefused, match="a storage stays a storage"):
        save(plant, EquipmentRow("WH"))


def test_archiving_hides_and_keeps_the_code(plant):
    save(plant, HALL, PRESS)
    archive_equipment(site=plant.site, codes=["PRESS"], by=plant.by)

    assert [row.code for row in equipment_rows(site=plant.site, by=plant.by)] == ["HALL"]
    with pytest.raises(RowsRefused, match="in the archive"):
        save(plant, PRESS)
    with pytest.raises(AlreadyArchived, match="PRESS is in the archive since"):
        archive_equipment(site=plant.site, codes=["PRESS"], by=plant.by)

    unarchive_equipment(site=plant.site, codes=["PRESS"], by=plant.by)
    assert save(plant, PRESS) == Saved(unchanged=1)
    with pytest.raises(NotArchived):
        unarchive_equipment(site=plant.site, codes=["PRESS"], by=plant.by)


def test_what_holds_machines_cannot_be_archived(plant):
    save(plant, HALL, PRESS, PRESS_4)

    with pytest.raises(StillNeeded, match="PRESS-4 stands in PRESS"):
        archive_equipment(site=plant.site, codes=["PRESS"], by=plant.by)

    assert plant.equipment("PRESS").archived_at is None


def test_equal_codes_of_two_sites_are_two_machines(plant):
    other = a_plant("MER")
    save(plant, HALL)

    assert save(other, HALL) == Saved(new=1)
    assert Equipment.objects.filter(code="HALL").count() == 2


def test_the_permission_counts_at_its_site_only(plant):
    other = a_plant("MER")
    here = frozenset({Scope(site_id=plant.site.pk)})
    ann = Actor(plant.by.account_id, "ann", grants={"organisation.edit_equipment": here})

    save_equipment(site=plant.site, rows=[HALL], by=ann)
    with pytest.raises(NotPermitted):
        save_equipment(site=other.site, rows=[HALL], by=ann)

    assert not Equipment.objects.filter(site=other.site, code="HALL").exists()
