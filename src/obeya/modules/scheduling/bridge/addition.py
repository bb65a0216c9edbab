"""An order that no plan has yet, with all that is made for it, beside a problem that is built."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import prefetch_related_objects

from obeya.engines.scheduling import Alternative, Problem
from obeya.engines.scheduling.reaction import After, NewOperation, NewOrder, Wider
from obeya.modules.planning.public import Cover, Share
from obeya.modules.scheduling.bridge.kit import Kit
from obeya.modules.scheduling.bridge.machines import Eligible, Machine
from obeya.modules.scheduling.bridge.new_crews import somebody_can, with_new_abilities
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem
from obeya.modules.scheduling.bridge.setups import FamilyIndex, FamilyKey, family_of
from obeya.modules.scheduling.bridge.steps import Step, WayBetween, Work, way_between
from obeya.modules.scheduling.refusals import BeyondHorizon, CrewIsShared, NobodyCanDo, NoRouting
from obeya.plant.work.models import OperationPredecessor, SupplyOrder

Arrival = Callable[[Share], int]  # when a share is there [s]


@dataclass(frozen=True)
class NewStep:
    """One operation to be made anew, the material that it waits for, and what goes before it."""

    step: Step
    alternatives: tuple[Alternative, ...]
    shares: tuple[Share, ...]
    after: tuple[tuple[int, WayBetween], ...]  # positions before it
    recipe: int


@dataclass(frozen=True, eq=False)
class Addition:
    """``problem`` has room for the steps, and does not have them; the last step finishes it all."""

    plant: PlantProblem
    problem: Problem
    machines: tuple[Machine, ...]
    steps: tuple[NewStep, ...]
    since: int  # nothing begins before; the problem may be some minutes old
    due: int

    def order(self, arrival: Arrival) -> NewOrder:
        """The steps for the engine, with their material there when ``arrival`` says."""
        return NewOrder(
            tuple(
                NewOperation(
                    new.alternatives,
                    tuple(
                        After(position, way.lag, way.maximum_wait, way.end_lag)
                        for position, way in new.after
                    ),
                    release=max([self.since, *(arrival(share) for share in new.shares)]),
                    resumable=new.step.how.is_resumable,
                    recipe=new.recipe,
                    label=new.step.label,
                )
                for new in self.steps
            ),
            due=self.due,
        )

    def on(self, problem: Problem) -> PlantProblem:
        """The plant with the steps in it, once the engine has added them to the problem."""
        work = self.plant.work
        first = len(work.steps)
        return replace(
            self.plant,
            problem=problem,
            work=Work(work.site, work.run_id, [*work.steps, *(n.step for n in self.steps)], ()),
            steps=(*self.plant.steps, *range(first, first + len(self.steps))),
            machines=self.machines,
        )


def add(plant: PlantProblem, cover: Cover, *, now: datetime, due: int) -> Addition:
    """Lay out the operations of all new lots; a fixed number of queries.

    Raises
    ------
    NoRouting, NobodyCanDo, CrewIsShared, BeyondHorizon
    """
    work = _work(plant, cover, now)
    order = _topological(work, cover)
    steps = [work.steps[i] for i in order]
    wider, machines = Wider(plant.problem), list(plant.machines)
    ways = [_ways(plant, step, wider, machines) for step in steps]
    crews = with_new_abilities(plant, steps, wider)
    families = _families(plant.kit, steps, ways, wider, machines)
    kit = replace(plant.kit, families=families, crews=crews, recipes=dict(plant.kit.recipes))
    shares, before = _shares(work, cover), _before(work, cover)
    place = {index: position for position, index in enumerate(order)}
    new = []
    for index, step, eligible in zip(order, steps, ways, strict=True):
        alternatives = _alternatives(plant, kit, step, eligible)
        after = tuple((place[i], way) for i, way in before[index])
        recipe = kit.recipe(step, list(alternatives))
        new.append(NewStep(step, alternatives, tuple(shares[index]), after, recipe))
    since = max(plant.seconds(now), plant.problem.now)
    return Addition(plant, wider.build(), tuple(machines), tuple(new), since, due)


def _work(plant: PlantProblem, cover: Cover, now: datetime) -> Work:
    site = plant.work.site
    steps = []
    for index, lot in enumerate(cover.lots):
        order = SupplyOrder(
            pk=_key(index),
            site=site,
            kind="make",
            material=lot.material,
            material_revision=lot.revision,
            quantity=lot.quantity,
            due_at=now,
        )
        routing = cover.routings.get(lot.revision.pk, ()) if lot.revision else ()
        if not routing:
            raise NoRouting.of(lot.material, has_revision=lot.revision is not None)
        steps += [Step(order, each.number, each, each, None) for each in routing]
    operations = [step.operation for step in steps if step.operation is not None]
    prefetch_related_objects(operations, "subcontractor", "skill")
    links = OperationPredecessor.objects.filter(operation__in=operations).order_by("pk")
    return Work(site, plant.work.run_id, steps, list(links.values_list("predecessor", "operation")))


def _key(lot: int) -> int:
    """A number that no order of the database has."""
    return -1 - lot


def _users(work: Work, share: Share) -> list[int]:
    """Steps of a lot that a share goes into: the named operation, or those that begin."""
    key = _key(share.into or 0)
    named = [i for i in work.by_order[key] if work.steps[i].number == share.operation_number]
    return named or work.first_steps(key)


def _shares(work: Work, cover: Cover) -> dict[int, list[Share]]:
    """What comes from outside of the new lots, by step."""
    found: dict[int, list[Share]] = defaultdict(list)
    for share in cover.shares:
        if share.into is not None and share.lot is None:
            for user in _users(work, share):
                found[user].append(share)
    return found


def _before(work: Work, cover: Cover) -> dict[int, list[tuple[int, WayBetween]]]:
    found: dict[int, list[tuple[int, WayBetween]]] = defaultdict(list)
    for after, befores in work.predecessors.items():
        found[after] += [(b, way_between(work.steps[b], work.steps[after])) for b in befores]
    for share in cover.shares:
        if share.into is not None and share.lot is not None:
            last = work.by_order[_key(share.lot)][-1]
            for user in _users(work, share):
                if all(last != known for known, _ in found[user]):
                    found[user].append((last, WayBetween(0)))
    return found


def _topological(work: Work, cover: Cover) -> list[int]:
    """Steps, each after those that it waits for; the one that finishes all comes last."""
    before = _before(work, cover)
    waiting = {i: {b for b, _ in before[i]} for i in range(len(work.steps))}
    order: list[int] = []
    while waiting:
        free = [i for i, befores in waiting.items() if not befores]
        order += free
        waiting = {i: b.difference(free) for i, b in waiting.items() if b}
        if not free:
            raise NoRouting.in_a_circle(work.steps[min(waiting)])
    return order


def _ways(plant: PlantProblem, step: Step, wider: Wider, machines: list[Machine]) -> list[Eligible]:
    operation = step.operation
    if operation is not None and operation.subcontractor_id is not None:
        party = operation.subcontractor
        always = plant.kit.calendar_of.get(None)
        if always is None:
            always = wider.calendar([(0, plant.problem.horizon)])
        machine = wider.machine(party.code, calendar=always)
        machines.append(Machine(party.code, party.name, "", None, machine, subcontractor=party))
        return [Eligible(machine, 0, operation.subcontract_lead_s or 0)]
    ways = plant.kit.shop.eligible(step)
    if not ways:
        raise NobodyCanDo.machine(step)
    if min(way.run_seconds for way in ways) > plant.problem.horizon:
        raise BeyondHorizon.work(step, plant.moment(plant.problem.horizon))
    return [way for way in ways if way.run_seconds <= plant.problem.horizon]


def _families(
    kit: Kit,
    steps: Sequence[Step],
    ways: Sequence[Sequence[Eligible]],
    wider: Wider,
    machines: Sequence[Machine],
) -> tuple[FamilyIndex, ...]:
    """Setup families by machine; a machine that meets a new one gets a larger square of setups."""
    families = [*kit.families, *(FamilyIndex(()) for _ in range(len(kit.families), len(machines)))]
    new: dict[int, dict[FamilyKey, None]] = defaultdict(dict)
    for step, eligible in zip(steps, ways, strict=True):
        for way in eligible:
            key = family_of(step, way.setup_s)
            if key is not None and key not in families[way.machine].keys:
                new[way.machine][key] = None
    for machine, keys in new.items():
        families[machine] = FamilyIndex((*families[machine].keys, *keys))
        matrix = kit.matrices.matrix_of(machines[machine])
        wider.families(machine, kit.matrices.rows(matrix, families[machine].keys))
    return tuple(families)


def _alternatives(
    plant: PlantProblem, kit: Kit, step: Step, ways: Sequence[Eligible]
) -> tuple[Alternative, ...]:
    found = tuple(each for way in ways for each in kit.alternatives(step, way))
    if not found:
        raise CrewIsShared.by(step) if somebody_can(plant, step) else NobodyCanDo.crew(step)
    return found
