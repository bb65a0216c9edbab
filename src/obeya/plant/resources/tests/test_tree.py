import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Equipment, Site, WorkCalendar
from obeya.plant.resources.sites import SCRAP, open_site, virtual_place, virtual_places
from obeya.plant.resources.tree import calendars_of, disagreements, move_equipment, repath


@pytest.fixture
def hall(kestrel: Site) -> Equipment:
    return node(kestrel, "HALL-1", "area")


@pytest.fixture
def turning(kestrel: Site, hall: Equipment) -> Equipment:
    return node(kestrel, "TURN", "work_center", hall)


@pytest.fixture
def lathe(kestrel: Site, turning: Equipment) -> Equipment:
    return node(kestrel, "LATHE-1", "work_unit", turning)


def node(site: Site, code: str, level: str, parent: Equipment | None = None) -> Equipment:
    made = Equipment.objects.create(site=site, code=code, name=code, level=level, parent=parent)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def test_everything_below_moves_along(
    kestrel: Site, hall: Equipment, turning: Equipment, lathe: Equipment
) -> None:
    other = node(kestrel, "HALL-2", "area")

    assert move_equipment(kestrel, {turning: other}) == 2

    assert turning.path == f"/{other.pk}/{turning.pk}/"
    lathe.refresh_from_db()
    assert lathe.path == f"/{other.pk}/{turning.pk}/{lathe.pk}/"
    under = Equipment.objects.at(kestrel).under(other)
    assert set(under) == {other, turning, lathe}
    assert disagreements() == []


def test_a_tree_without_a_cycle_only(
    kestrel: Site, hall: Equipment, turning: Equipment, lathe: Equipment
) -> None:
    inner = node(kestrel, "CELL-1", "work_center", turning)
    before = list(Equipment.objects.order_by("pk").values("parent", "path"))

    with pytest.raises(RowsRefused, match="TURN cannot stand in CELL-1, which stands in TURN"):
        move_equipment(kestrel, {turning: inner})

    assert list(Equipment.objects.order_by("pk").values("parent", "path")) == before


def test_two_moves_that_make_a_cycle_together_are_refused_both(kestrel: Site) -> None:
    one, two = node(kestrel, "A", "area"), node(kestrel, "B", "area")

    with pytest.raises(RowsRefused) as refused:
        move_equipment(kestrel, {one: two, two: one})

    assert [problem.row for problem in refused.value.problems] == [0, 1]
    assert not Equipment.objects.exclude(parent=None).exists()


def test_an_area_does_not_stand_in_a_machine(kestrel: Site, lathe: Equipment) -> None:
    yard = node(kestrel, "YARD", "area")

    with pytest.raises(RowsRefused, match="YARD: area cannot stand in work unit") as refused:
        move_equipment(kestrel, {yard: lathe})

    assert refused.value.problems[0].remedy == "It may stand in: area"


def test_equipment_of_another_site_is_no_parent(
    kestrel: Site, merlin: Site, lathe: Equipment
) -> None:
    foreign = node(merlin, "HALL-1", "area")

    with pytest.raises(RowsRefused, match="HALL-1 does not stand at KES"):
        move_equipment(kestrel, {lathe: foreign})


def test_moving_one_and_moving_many_take_the_same_queries(kestrel: Site, hall: Equipment) -> None:
    machines = [node(kestrel, f"M-{number}", "work_unit") for number in range(40)]

    with CaptureQueriesContext(connection) as one:
        move_equipment(kestrel, {machines[0]: hall})
    with CaptureQueriesContext(connection) as many:
        move_equipment(kestrel, dict.fromkeys(machines[1:], hall))

    assert len(one) == len(many)


def test_rows_inserted_in_bulk_get_their_paths(kestrel: Site, hall: Equipment) -> None:
    store = Equipment(site=kestrel, code="R", name="R", level="storage", parent=hall)
    Equipment.objects.bulk_create([store])

    assert repath(kestrel) == 1
    assert repath(kestrel) == 0
    store.refresh_from_db()
    assert store.path == f"/{hall.pk}/{store.pk}/"


def test_a_wrong_path_is_found_by_the_proof(kestrel: Site, hall: Equipment) -> None:
    Equipment.objects.filter(pk=hall.pk).update(path="/7/")

    assert disagreements() == [f"HALL-1 at KES: the path is '/7/', expected '/{hall.pk}/'."]


def test_a_machine_works_by_the_calendar_of_the_nearest_above(
    kestrel: Site, hall: Equipment, lathe: Equipment
) -> None:
    two = WorkCalendar.objects.create(site=kestrel, code="2S", name="Two shifts")
    three = WorkCalendar.objects.create(site=kestrel, code="3S", name="Three shifts")
    Equipment.objects.filter(pk=hall.pk).update(calendar=two)
    own = node(kestrel, "LATHE-2", "work_unit", lathe.parent)
    Equipment.objects.filter(pk=own.pk).update(calendar=three)
    alone = node(kestrel, "SAW", "work_unit")

    assert calendars_of([lathe, own, alone]) == {lathe.pk: two, own.pk: three, alone.pk: None}


def test_a_site_opens_with_its_virtual_places(kestrel: Site) -> None:
    assert sorted(virtual_places(kestrel)) == [
        "ADJUSTMENT",
        "CUSTOMER",
        "PRODUCTION",
        "SCRAP",
        "SUPPLIER",
    ]
    scrap = virtual_place(kestrel, SCRAP)
    assert (scrap.level, scrap.is_virtual, scrap.path) == ("storage", True, f"/{scrap.pk}/")


def test_two_sites_have_equal_codes(kestrel: Site) -> None:
    other = open_site(code="MER")

    assert virtual_place(other, SCRAP) != virtual_place(kestrel, SCRAP)
    assert Equipment.objects.at(other).count() == 5
