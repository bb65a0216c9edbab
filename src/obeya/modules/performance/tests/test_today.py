"""The page Today: the tiles of the rooms, in order, to whom they are permitted."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from obeya.modules.performance import queries
from obeya.plant.log.actor import Actor, Scope, system_actor
from obeya.plant.log.refusal import NotPermitted
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db
SIX = datetime(2026, 11, 23, 5, tzinfo=UTC)


def somebody(*permissions, site):
    grants = MappingProxyType({name: frozenset({Scope(site.pk)}) for name in permissions})
    return Actor(account_id=system_actor().account_id, name="Ann", grants=grants)


def test_the_tiles_stand_in_the_order_of_the_columns():
    plant = a_plant()

    shown = queries.today(site=plant.site, now=SIX, by=system_actor())

    columns = [queries.COLUMNS.index(each.tile.column) for each in shown]
    assert columns == sorted(columns)
    assert {"floor", "made", "late"} <= {each.tile.name for each in shown}


def test_a_tile_is_shown_only_to_whom_it_is_permitted():
    plant = a_plant()
    ann = somebody("performance.view", "production.view", site=plant.site)

    shown = queries.today(site=plant.site, now=SIX, by=ann)

    assert {each.tile.name for each in shown} == {"floor", "made"}


def test_today_of_a_foreign_site_is_refused():
    kestrel, merlin = a_plant(), a_plant("MER")
    ann = somebody("performance.view", site=kestrel.site)

    with pytest.raises(NotPermitted):
        queries.today(site=merlin.site, now=SIX, by=ann)


def test_a_person_lands_at_the_first_site_of_theirs():
    a_plant("AAA")
    kestrel = a_plant()

    assert queries.home_site(by=somebody("performance.view", site=kestrel.site)) == kestrel.site


def test_without_a_site_the_first_page_says_how_to_bring_one(client):
    assert queries.home_site(by=system_actor()) is None
