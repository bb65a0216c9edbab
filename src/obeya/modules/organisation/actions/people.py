from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.organisation.events import PeopleSaved
from obeya.modules.organisation.rows import PersonRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, in_one_query
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.saving import Saved, Upserted, upsert
from obeya.plant.resources.models import Person, PersonSkill, Site, Skill, WorkCalendar

SAID_ONCE = ("name", "calendar", "language")  # by all rows of a person alike, or left empty


@action(permission="organisation.edit_people")
def save_people(*, site: Site, rows: Sequence[PersonRow], by: Actor) -> Saved:
    """People by code, with their skills; a skill that nobody held before is made."""
    check = RowCheck(rows)
    check.filled("code")
    check.in_use("code", Person.objects.all())
    check.each(
        "level", lambda n: n in range(5), "not between 0 and 4", "Write a level from 0 to 4."
    )
    check.not_before("valid_until", "valid_from")
    _check_agreement(check)
    _check_home(check, site, by)
    calendars = check.known("calendar", WorkCalendar.objects.at(site), what="calendar")
    check.refuse()

    people = upsert(
        Person.objects.all(),
        [_values(site, named, calendars) for named in _by_person(rows).values()],
        key=("code",),
        personal=("name", "extra"),
    )
    skills, changes = _save_skills(rows, {each.code: each.pk for each in people.objects})
    touched = skills.touched("person_id")
    publish(
        PeopleSaved(*people.told(touched)),
        site=site,
        changes=[*people.changes, *changes, *skills.changes],
    )
    return people.saved(touched)


def _by_person(rows: Sequence[PersonRow]) -> dict[str, list[PersonRow]]:
    people: dict[str, list[PersonRow]] = {}
    for row in rows:
        people.setdefault(row.code, []).append(row)
    return people


def _check_agreement(check: RowCheck[PersonRow]) -> None:
    """All rows of a person say the same about the person."""
    said: dict[tuple[str, str], str] = {}
    for index, row in enumerate(check.rows):
        for field in SAID_ONCE:
            value = getattr(row, field)
            if not value:
                continue
            before = said.setdefault((row.code, field), value)
            if before != value:
                check.add(
                    index,
                    field,
                    f"an earlier row says {before} of the same person",
                    f"Write the same {field}, or leave it empty.",
                )


def _check_home(check: RowCheck[PersonRow], site: Site, by: Actor) -> None:
    """Codes of people are the enterprise's: nobody takes over or changes those of another site."""
    elsewhere = Person.objects.exclude(home_site=None).exclude(home_site=site)
    found = in_one_query(
        elsewhere.select_related("home_site"), "code", [row.code for row in check.rows]
    )
    for index, row in enumerate(check.rows):
        person = found.get(row.code)
        if person is None or by.may("organisation.edit_people", site=person.home_site):
            continue
        remedy = "Have it changed there, or choose another number."
        check.add(index, "code", f"somebody of {person.home_site} has this number", remedy)


def _values(
    site: Site, rows: Sequence[PersonRow], calendars: Mapping[str, WorkCalendar]
) -> dict[str, Any]:
    def said(field: str) -> Any:
        return next((value for row in rows if (value := getattr(row, field))), "")

    calendar = said("calendar")
    return {
        "code": rows[0].code,
        "name": said("name") or rows[0].code,
        "home_site_id": site.pk,
        "calendar_id": calendars[calendar].pk if calendar else None,
        "language": said("language"),
        "extra": dict(said("extra") or {}),
    }


def _save_skills(
    rows: Sequence[PersonRow], people: Mapping[str, int]
) -> tuple[Upserted[PersonSkill], list[Change]]:
    named = sorted({row.skill for row in rows if row.skill})
    skills = in_one_query(Skill.objects.all(), "code", named)
    fresh = [{"code": code, "name": code} for code in named if code not in skills]
    made = upsert(Skill.objects.all(), fresh, key=("code",))
    ids = {each.code: each.pk for each in [*skills.values(), *made.objects]}
    wanted = [
        {
            "person_id": people[row.code],
            "skill_id": ids[row.skill],
            "valid_from": row.valid_from,
            "level": row.level,
            "valid_until": row.valid_until,
        }
        for row in rows
        if row.skill
    ]
    key = ("person_id", "skill_id", "valid_from")
    return upsert(PersonSkill.objects.all(), wanted, key=key), made.changes
