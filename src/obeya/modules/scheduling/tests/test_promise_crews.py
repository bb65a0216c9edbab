"""A promise of work that only some people can do. On the joinery, with dates by hand."""

from datetime import time
from decimal import Decimal

import pytest

from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.refusals import CrewIsShared
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.promises import ask, drawn, seconds
from obeya.plant.resources.models import Person, PersonSkill, ShiftPattern, Skill, WorkCalendar
from obeya.plant.work.models import Demand, Operation

pytestmark = pytest.mark.django_db


def test_a_skill_that_nothing_in_the_plan_asks_for_finds_its_people(joinery):
    Demand.objects.create(
        site=joinery.site, code="SO-2", material=joinery.leg, quantity=5, due_at=NOW + DAY
    )
    joinery.plan()

    assert ask(joinery, 1).at == NOW + seconds(600 + 480 + 600)


@pytest.fixture
def lacquered(joinery):
    """A plan without lacquer, which Ann alone can do; then sawing asks for it."""
    lacquer = Skill.objects.create(code="LACQUER", name="Lacquer")
    PersonSkill.objects.create(person=Person.objects.get(code="ANN"), skill=lacquer, level=3)
    joinery.order("SO-1", Decimal(1), NOW + DAY)
    joinery.plan()
    drawn()  # remembered, from before anybody asked for lacquer
    Operation.objects.filter(name="Saw").update(skill=lacquer, skill_level=3, crew_size=1)
    return joinery


def test_where_one_who_can_is_always_there_any_of_the_group_may_be_free(lacquered):
    # Ann works when Ben does: one assembles SO-1 from 480 to 1,080, the other saws until 960
    assert ask(lacquered, 1).at == NOW + seconds(480 + 600 + 600)


def test_where_the_one_who_can_is_sometimes_away_the_group_is_not_promised(lacquered):
    days = WorkCalendar.objects.create(site=lacquered.site, code="1S", name="One shift")
    ShiftPattern.objects.create(
        calendar=days, name="Early", weekday=0, starts_at=time(6), ends_at=time(14)
    )
    Person.objects.filter(code="ANN").update(calendar=days)
    drafting.forget()
    Operation.objects.filter(name="Saw").update(skill=None, crew_size=0)
    drawn()
    lacquer = Skill.objects.get(code="LACQUER")
    Operation.objects.filter(name="Saw").update(skill=lacquer, skill_level=3, crew_size=1)

    with pytest.raises(CrewIsShared, match=r"LEG/10 needs skill LACQUER at level 3\..*plan again"):
        ask(lacquered, 1)
