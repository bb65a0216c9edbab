"""Crews: people in groups of equal ability, so that nobody is counted twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from obeya.modules.scheduling.bridge.intervals import Interval, Presence, heads_present
from obeya.modules.scheduling.bridge.steps import Step
from obeya.plant.resources.models import Person, PersonSkill, Site

Ability = tuple[int, int]  # skill id, least level


@dataclass(frozen=True)
class Crew:
    """People who can do exactly the same of what this plan asks for."""

    abilities: frozenset[Ability]
    presence: tuple[Presence, ...]
    label: str

    @cached_property
    def most(self) -> int:
        return max((heads for _, _, heads in self.presence), default=0)


def ability_of(step: Step) -> Ability | None:
    """What the step asks of its crew; None runs unattended."""
    if step.how.skill_id is None or not step.how.crew_size:
        return None
    return step.how.skill_id, step.how.skill_level


def calendars_of_people(site: Site) -> QuerySet[Person]:
    """Calendars that the site's people go by: those of another site too."""
    people = Person.objects.filter(Q(home_site=site) | Q(home_site=None))
    return people.exclude(calendar=None).values("calendar")


def load_crews(
    site: Site,
    asked: Iterable[Ability],
    *,
    on: date,
    presence: Mapping[int | None, list[Interval]],
) -> list[Crew]:
    """Group the site's people by which of the asked abilities they have on a day.

    ``presence`` gives the working intervals of a calendar id; None is the calendar of people who
    have none: always there. A person with several skills is in one group only, so the plan never
    uses anybody twice; an operation takes its whole crew from one group.
    """
    asked = set(asked)
    held: dict[int, set[Ability]] = defaultdict(set)
    calendars: dict[int, int | None] = {}
    names: dict[int, str] = {}
    rows = (
        PersonSkill.objects.filter(
            Q(person__home_site=site) | Q(person__home_site=None),
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_until=None) | Q(valid_until__gte=on),
            person__archived_at=None,
            skill__in={skill for skill, _ in asked},
        )
        .select_related("person", "skill")
        .order_by("person__code", "skill__code")
    )
    for row in rows:
        abilities = {(s, level) for s, level in asked if s == row.skill_id and level <= row.level}
        if abilities:
            held[row.person_id] |= abilities
            calendars[row.person_id] = row.person.calendar_id
            named = names.get(row.person_id)
            names[row.person_id] = f"{named} + {row.skill.name}" if named else row.skill.name
    groups: dict[frozenset[Ability], list[int]] = defaultdict(list)
    for person, abilities in held.items():
        groups[frozenset(abilities)].append(person)
    return [
        Crew(
            abilities,
            tuple(heads_present(presence[calendars[person]] for person in people)),
            names[people[0]],
        )
        for abilities, people in groups.items()
    ]
