"""What belongs to the whole enterprise is not opened, taken or hidden from one site."""

from decimal import Decimal

import pytest

from obeya.modules.engineering.actions import archive_materials, unarchive_materials
from obeya.modules.organisation.actions import open_site, save_people
from obeya.modules.organisation.actions.sites import UnknownTimeZone
from obeya.modules.organisation.rows import PersonRow
from obeya.plant.log.actor import Actor, Scope, system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import NotPermitted, RowsRefused
from obeya.plant.resources.models import Material, Person, Site
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return a_plant()


def somebody_at(plant, *permissions):
    scope = frozenset({Scope(plant.site.pk)})
    return Actor(plant.by.account_id, "ann", grants=dict.fromkeys(permissions, scope))


def test_an_administrator_of_one_site_opens_no_other(plant):
    ann = somebody_at(plant, "organisation.open_site")

    with pytest.raises(NotPermitted, match="for the whole enterprise"):
        open_site(code="NEW", name="New", time_zone="UTC", by=ann)

    assert Site.objects.get() == plant.site


@pytest.mark.parametrize("code", ["K/ES", "", "..", "A B", "K?", "x" * 21, "KES\n"])
def test_a_site_gets_no_code_that_its_addresses_cannot_carry(code):
    with pytest.raises(RowsRefused, match="not a code for addresses"):
        open_site(code=code, name="Kestrel", time_zone="UTC", by=system_actor())

    assert not Site.objects.exists()
    assert not OperationsEvent.objects.exists()


@pytest.mark.parametrize("zone", ["Europe", "Mars/Base", "../UTC", ""])
def test_a_folder_of_time_zones_is_none(zone):
    with pytest.raises(UnknownTimeZone):
        open_site(code="KES", name="Kestrel", time_zone=zone, by=system_actor())


def test_people_of_another_site_are_neither_taken_nor_renamed(plant):
    plant.with_person("17", name="Ann Bell")
    other = a_plant("MER")
    there = somebody_at(other, "organisation.edit_people")

    with pytest.raises(RowsRefused, match="somebody of KES has this number"):
        save_people(site=other.site, rows=[PersonRow("17", "Eve")], by=there)

    ann = Person.objects.get()
    assert (ann.name, ann.home_site) == ("Ann Bell", plant.site)
    save_people(site=other.site, rows=[PersonRow("17", "Ann Bell")], by=plant.by)
    assert Person.objects.get().home_site == other.site


def test_a_material_is_not_hidden_from_a_site_where_one_has_no_say(plant):
    plant.with_material("BR-600")
    other = a_plant("MER")
    there = somebody_at(other, "engineering.edit")

    with pytest.raises(NotPermitted, match="at KES"):
        archive_materials(site=other.site, codes=["BR-600"], by=there)
    assert Material.objects.get().archived_at is None

    archive_materials(site=plant.site, codes=["BR-600"], by=plant.by)
    with pytest.raises(NotPermitted, match="at KES"):
        unarchive_materials(site=other.site, codes=["BR-600"], by=there)


def test_rows_refuse_what_no_database_or_workbook_takes(plant):
    for extra in ({"remark": "bell\x07"}, {"remark": "half \ud83d"}, {"re\x00mark": "x"}):
        with pytest.raises(RowsRefused, match="characters that cannot be printed"):
            save_people(site=plant.site, rows=[PersonRow("17", extra=extra)], by=plant.by)
    for extra in ({"height": Decimal("1.5")}, {"height": {"m": 1}}):
        with pytest.raises(RowsRefused, match="Write each value as a text"):
            save_people(site=plant.site, rows=[PersonRow("17", extra=extra)], by=plant.by)
    with pytest.raises(RowsRefused, match="longer than 20 characters"):
        save_people(site=plant.site, rows=[PersonRow("17", language="x" * 21)], by=plant.by)
    assert not Person.objects.exists()
