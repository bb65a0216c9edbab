import pytest
from django.db import connection

from obeya.plant.log import search_index
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.actor import system_actor
from obeya.plant.log.deliveries import drain
from obeya.plant.log.models import SearchEntry
from obeya.plant.log.search import CAP, keep, keep_all, search
from obeya.plant.resources.models import Equipment, Reason

from .conftest import name_equipment

pytestmark = pytest.mark.usefixtures("subjects")


@pytest.fixture
def ann(someone, kes):
    return load_actor(someone("ann", "operator", site=kes))


def codes(query, by, **where):
    return [entry.code for entry in search(query, by=by, **where)]


def test_a_part_of_a_code_or_name_finds_in_any_case_and_language(tree, ann):
    Equipment.objects.filter(pk=tree["OVENS"].pk).update(
        name="Hardening", translations={"de": "Härterei Süd"}
    )
    keep_all()

    assert codes("RESS-4", ann) == ["PRESS-4"]
    assert codes("harden", ann) == codes("HÄRTEREI", ann) == codes("süd oven", ann) == ["OVENS"]
    assert codes("hard press", ann) == codes("xyz", ann) == codes("", ann) == []


def test_the_code_itself_comes_first_then_codes_that_begin_so(kes, ann):
    for code, name in [("B-40", "for A-40"), ("A-401", "x"), ("A-40", "y"), ("0-A-40", "z")]:
        Equipment.objects.create(site=kes, code=code, name=name, level="work_unit")
    keep_all()

    assert codes("a-40", ann) == ["A-40", "A-401", "0-A-40", "B-40"]


def test_nobody_finds_what_they_may_not_see(tree, ann, someone, bru, kes):
    Reason.objects.create(kind="down", code="PRESS-JAM", name="Jam")
    keep_all()

    assert codes("press", ann) == ["PRESS-4", "PRESS-JAM", "PRESSES"]
    assert codes("press", load_actor(someone("bob"))) == []
    at_bru = load_actor(someone("eva", "guest", site=bru))
    assert [each.site_id for each in search("press-4", by=at_bru)] == [bru.pk]
    assert [each.site_id for each in search("press-4", by=system_actor(), site=kes)] == [kes.pk]
    assert len(search("press-4", by=system_actor())) == 2


def test_wild_signs_are_plain_letters(kes, ann):
    for code in ("50%-OIL", "500-OIL", "A_B", "AXB"):
        Equipment.objects.create(site=kes, code=code, name=code, level="work_unit")
    keep_all()

    assert codes("50%-o", ann) == ["50%-OIL"]
    assert codes("a_b", ann) == ["A_B"]


def test_more_matches_than_the_cap_are_walked_in_the_order_of_codes(kes, ann):
    Equipment.objects.bulk_create(
        Equipment(site=kes, code=f"SAW-{n:04d}", name="Saw", level="work_unit")
        for n in range(CAP + 200)
    )
    keep_all()

    assert codes("saw", ann, limit=3) == ["SAW-0000", "SAW-0001", "SAW-0002"]
    assert codes("saw 1150", ann) == ["SAW-1150"]


@pytest.mark.django_db(transaction=True)
def test_an_action_is_found_after_its_reaction(tree):
    keep_all()
    name_equipment(rows=[tree["OVENS"]], name="Furnace hall", by=system_actor())
    assert codes("furnace", system_actor()) == []

    drain()

    assert codes("furnace", system_actor()) == ["OVENS"]


def test_what_is_gone_is_not_found(tree, ann):
    keep_all()
    Equipment.objects.filter(pk=tree["OVENS"].pk).update(archived_at="2026-11-23T06:00:00Z")

    keep("resources.Equipment", [tree["OVENS"].pk])

    assert codes("ovens", ann) == []
    assert codes("press-4", ann) == ["PRESS-4"]


@pytest.mark.django_db(transaction=True)
def test_it_survives_a_migration_that_makes_the_table_anew(tree):
    keep_all()
    with connection.schema_editor() as editor:
        field = SearchEntry._meta.get_field("title")
        wider = field.clone()
        wider.max_length = 400
        wider.set_attributes_from_name("title")
        wider.model = SearchEntry
        editor.alter_field(SearchEntry, field, wider)
    Equipment.objects.filter(pk=tree["OVENS"].pk).update(name="Furnace hall")
    keep("resources.Equipment", [tree["OVENS"].pk])

    assert search_index.install()

    assert codes("furnace", system_actor()) == ["OVENS"]
    assert codes("press-4", system_actor(), limit=1) == ["PRESS-4"]
