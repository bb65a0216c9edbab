"""People for what no operation of the plan has asked of anybody so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from obeya.engines.scheduling.reaction import Wider
from obeya.modules.scheduling.bridge.crews import Ability, Crew, ability_of, load_crews
from obeya.modules.scheduling.bridge.intervals import Interval, Presence
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem
from obeya.modules.scheduling.bridge.steps import Step

Crews = tuple[tuple[int, Crew], ...]


def with_new_abilities(plant: PlantProblem, steps: Iterable[Step], wider: Wider) -> Crews:
    """The crews of a problem, with what these steps ask for that the plan does not.

    A crew of the plan counts for it where, whenever people of it are there, as many as the steps
    could need at once have the ability: the plan does not say which of them is free. People who
    are in no crew of the plan make new ones.
    """
    known = {ability for _, crew in plant.kit.crews for ability in crew.abilities}
    asked: dict[Ability, int] = defaultdict(int)
    for step in steps:
        ability = ability_of(step)
        if ability is not None and ability not in known:
            asked[ability] += step.how.crew_size
    if not asked:
        return tuple(plant.kit.crews)
    groups = _groups(plant, known | set(asked))
    crews = []
    for pool, crew in plant.kit.crews:
        mine = [group for group in groups if group.abilities & known == crew.abilities]
        more = {a for a, heads in asked.items() if _always_enough(crew, mine, a, heads)}
        crews.append((pool, replace(crew, abilities=crew.abilities | more)))
    for group in groups:
        if not group.abilities & known:
            crews.append((wider.crew(group.presence, group.label), group))
    return tuple(crews)


def somebody_can(plant: PlantProblem, step: Step) -> bool:
    """Whether enough people for a step are ever there, be they in a crew with others or not."""
    ability = ability_of(step)
    if ability is None:
        return True
    known = {a for _, crew in plant.kit.crews for a in crew.abilities}
    able = [crew for crew in _groups(plant, known | {ability}) if ability in crew.abilities]
    return any(crew.most >= step.how.crew_size for crew in able)


def _groups(plant: PlantProblem, asked: set[Ability]) -> list[Crew]:
    zone = ZoneInfo(plant.work.site.time_zone)
    presence: Mapping[int | None, list[Interval]] = defaultdict(list, plant.kit.intervals)
    return load_crews(
        plant.work.site, asked, on=plant.as_of.astimezone(zone).date(), presence=presence
    )


def _always_enough(crew: Crew, groups: Sequence[Crew], ability: Ability, heads: int) -> bool:
    able = [group.presence for group in groups if ability in group.abilities]
    if not able:
        return False
    moments = sorted({start for steps in (crew.presence, *able) for start, _, _ in steps})
    ends = sorted({end for steps in (crew.presence, *able) for _, end, _ in steps})
    return all(
        sum(_at(steps, moment) for steps in able) >= min(_at(crew.presence, moment), heads)
        for moment in sorted({*moments, *ends})
    )


def _at(steps: Sequence[Presence], moment: int) -> int:
    return next((heads for start, end, heads in steps if start <= moment < end), 0)
