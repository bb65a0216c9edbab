"""Files whose columns are not ours: kept until somebody says what they are, and profiles."""

from collections.abc import Sequence
from dataclasses import dataclass

from obeya.modules.exchange.events import FileHeld, ProfilesForgotten, ProfilesSaved
from obeya.modules.exchange.foreign.mapping import TableMapping, checked, to_json
from obeya.modules.exchange.models import FileImport, MappingProfile
from obeya.modules.exchange.profiles import MAPPED, PROFILES
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Problem, Refusal, RowsRefused
from obeya.plant.log.saving import delete_many, update_many
from obeya.plant.resources.models import Site

LONGEST_NAME = 40


class NoSuchProfile(Refusal):
    """There is no saved profile of this name."""

    http_status = 404


@dataclass(frozen=True)
class ProfileRow:
    """A name, and how files of its shape are read."""

    name: str
    mappings: Sequence[TableMapping]


@action(permission="exchange.import_plant")
def hold_file(*, site: Site | None, upload: Upload, by: Actor) -> FileImport:
    """Keep a file of foreign columns with what was guessed of them; nothing is compared yet."""
    held = FileImport(
        sent_by_id=by.account_id,
        site=site,
        name=upload.name,
        stored_as=upload.stored_as,
        profile=MAPPED,
        shift_to=upload.shift_to,
        site_code=upload.site_code,
        zone=upload.zone,
        mappings=to_json(upload.mappings),
        checked_at=clock.real_now(),
    )
    held.save()
    publish(FileHeld(held.pk), site=site)
    return held


@action(permission="exchange.import_plant")
def save_profiles(*, site: Site | None = None, rows: Sequence[ProfileRow], by: Actor) -> list[str]:
    """Keep how files are read, each under its name, for the site or (without one) for all.

    One of the same name and place is replaced; only who may import at every site does so for all.
    """
    by.must_at("exchange.import_plant", site)
    if problems := [p for at, row in enumerate(rows) if (p := _problem(at, row, rows)) is not None]:
        said = f"No profile was saved. {problems[0].rule}. {problems[0].remedy}."
        raise RowsRefused(problems, said)
    names = [row.name for row in rows]
    mine = MappingProfile.objects.filter(site=site)
    there = {each.name: each for each in rows_of(mine, "name", names)}
    now = clock.real_now()
    new, changed = [], []
    for row in rows:
        stored = to_json([checked(each) for each in row.mappings])
        found = there.get(row.name)
        if found is None:
            new.append(MappingProfile(site=site, name=row.name, mappings=stored, saved_at=now))
        else:
            found.mappings, found.saved_at = stored, now
            changed.append(found)
    made = insert_many(new, ids=True)
    update_many(changed, ["mappings", "saved_at"])
    publish(ProfilesSaved([each.pk for each in made], [each.pk for each in changed]), site=site)
    return names


@action(permission="exchange.import_plant")
def forget_profiles(*, site: Site | None = None, names: Sequence[str], by: Actor) -> int:
    """Take profiles of the site, or (without one) of all sites, away; what was imported stays."""
    by.must_at("exchange.import_plant", site)
    found = rows_of(MappingProfile.objects.filter(site=site), "name", names)
    if absent := set(names) - {each.name for each in found}:
        raise NoSuchProfile(f"There is no profile {sorted(absent)[0]}. Nothing was changed.")
    ids = sorted(each.pk for each in found)
    delete_many(found)
    publish(ProfilesForgotten(ids), site=site)
    return len(ids)


def _problem(at: int, row: ProfileRow, rows: Sequence[ProfileRow]) -> Problem | None:
    def refused(rule: str, remedy: str) -> Problem:
        return Problem(rule=rule, remedy=remedy, row=at, field="name", value=row.name)

    if not row.name.strip() or row.name != row.name.strip():
        return refused("A profile needs a name", "Call it what the list is called: SAP stock list")
    if len(row.name) > LONGEST_NAME:
        return refused("The name is too long", f"Use at most {LONGEST_NAME} letters")
    if row.name in PROFILES:
        return refused(f"{row.name} is a profile of our own", "Choose another name")
    if [each.name for each in rows].index(row.name) != at:
        return refused(f"{row.name} is given twice", "Name each profile once")
    if not any(each.into for each in row.mappings):
        return refused("The profile reads nothing", "Say what at least one sheet holds")
    return None
