"""Assemble the engine's problem from a site's work, machines, crews and pegs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from obeya.engines.scheduling import Alternative, Problem, ProblemBuilder
from obeya.modules.scheduling.bridge.crews import ability_of, calendars_of_people, load_crews
from obeya.modules.scheduling.bridge.hours import tell_hours
from obeya.modules.scheduling.bridge.intervals import Interval
from obeya.modules.scheduling.bridge.kit import Kit
from obeya.modules.scheduling.bridge.limits import attainable
from obeya.modules.scheduling.bridge.machines import Eligible, Shop
from obeya.modules.scheduling.bridge.marks import work_mark
from obeya.modules.scheduling.bridge.pegging import Pegging, load_pegging
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem, origin_of
from obeya.modules.scheduling.bridge.setups import FamilyIndex, FamilyKey, Matrices, family_of
from obeya.modules.scheduling.bridge.steps import Step, Work, lag_between, load_work, way_between
from obeya.modules.scheduling.refusals import NobodyCanDo
from obeya.plant.resources.models import Site, Tool, WorkCalendar
from obeya.plant.resources.shifts import working_intervals_of

HORIZON = timedelta(days=90)  # beyond the last due date, or the last purchase that work waits for
FARTHEST = timedelta(days=3 * 365)  # later dates say that nobody knows: 2099, 2999-12-31


def build_problem(site: Site, *, run_id: int | None, now: datetime) -> PlantProblem:
    """Read the site and build its problem; a fixed number of queries.

    Raises
    ------
    NobodyCanDo
        If an operation has no machine, or no crew large enough for it ever comes.
    """
    mark = work_mark(site, run_id)
    work = load_work(site, run_id=run_id)
    return attainable(_Assembly(site, work, load_pegging(work, now=now), now, mark).build())


class _Assembly:
    def __init__(self, site: Site, work: Work, pegging: Pegging, now: datetime, mark: str) -> None:
        self.site, self.work, self.pegging, self.mark = site, work, pegging, mark
        self.as_of = now
        self.origin = origin_of(now)
        dues = [demand.due_at for demand in pegging.due.values()]
        self.farthest = now + FARTHEST
        last = max([now, *dues, *pegging.ready_at.values()])
        self.horizon = self.seconds(min(last, self.farthest) + HORIZON)
        self.builder = ProblemBuilder(now=0, horizon=self.horizon)
        self.shop = Shop(site)
        tell_hours(work, self.shop, now=now)
        self.open_steps = [i for i, step in enumerate(work.steps) if not step.is_done]
        self.intervals = self._intervals(now)
        asked = {a for i in self.open_steps if (a := ability_of(work.steps[i])) is not None}
        today = now.astimezone(ZoneInfo(site.time_zone)).date()
        self.crews = load_crews(site, asked, on=today, presence=self.intervals)
        self.calendars: dict[int | None, int] = {}
        self.at: dict[int, int] = {}  # step → operation of the engine
        self.running_on: Counter[int] = Counter()

    def seconds(self, at: datetime) -> int:
        return int((at - self.origin).total_seconds())

    def build(self) -> PlantProblem:
        ways = {i: self._ways(self.work.steps[i]) for i in self.open_steps}
        matrices = Matrices(self.site)
        families = self._add_machines(ways, matrices)
        crew_pools = [self.builder.crew(crew.presence, label=crew.label) for crew in self.crews]
        tools = {
            tool.pk: self.builder.tool(tool.quantity, label=tool.code)
            for tool in Tool.objects.filter(site=self.site)
        }
        self.kit = Kit(
            shop=self.shop,
            matrices=matrices,
            families=tuple(families),
            crews=tuple(zip(crew_pools, self.crews, strict=True)),
            tools=tools,
            recipes={},
            calendar_of=self.calendars,
            intervals=self.intervals,
        )
        order_ids = self._add_orders()
        order_at = {pk: index for index, pk in enumerate(order_ids)}
        for i in self.open_steps:
            step = self.work.steps[i]
            alternatives = [
                alternative for way in ways[i] for alternative in self.kit.alternatives(step, way)
            ]
            if not alternatives:
                raise NobodyCanDo.crew(step)
            self._add_operation(i, step, alternatives, order_at[step.order.pk])
        self._add_arcs()
        problem: Problem = self.builder.build()
        return PlantProblem(
            problem=problem,
            work=self.work,
            steps=tuple(self.open_steps),
            machines=tuple(self.shop.machines),
            closed=tuple(self._closed(m) for m in range(len(self.shop.machines))),
            order_ids=tuple(order_ids),
            served=tuple(self.pegging.served),
            origin=self.origin,
            work_mark=self.mark,
            as_of=self.as_of,
            kit=self.kit,
        )

    def _intervals(self, now: datetime) -> Mapping[int | None, list[Interval]]:
        """Working seconds of each calendar over the horizon; no calendar is always open."""
        result: dict[int | None, list[Interval]] = {None: [(0, self.horizon)]}
        since, until = self.origin, self.origin + timedelta(seconds=self.horizon)
        calendars = WorkCalendar.objects.filter(
            Q(site=self.site) | Q(pk__in=calendars_of_people(self.site))
        )
        for pk, intervals in working_intervals_of(calendars, since, until).items():
            result[pk] = [
                (self.seconds(each.began_at), self.seconds(each.ended_at)) for each in intervals
            ]
        return result

    def _ways(self, step: Step) -> list[Eligible]:
        operation = step.operation
        if operation is not None and operation.subcontractor_id is not None:
            lead = operation.subcontract_lead_s or 0
            left = max(lead - step.worked_s, 1) if step.is_begun else lead
            return [Eligible(self.shop.outside(step), 0, left)]
        ways = self.shop.eligible(step)
        if not ways:
            raise NobodyCanDo.machine(step)
        if step.is_running:  # jobs that run side by side on one piece of equipment take its lanes
            lane = self.running_on[step.job.equipment_id] % len(ways)
            self.running_on[step.job.equipment_id] += 1
            return ways[lane : lane + 1]
        return ways

    def _machine_intervals(self, machine: int) -> list[Interval]:
        equipment = self.shop.machines[machine].equipment
        calendar = self.shop.calendar_of(equipment) if equipment else None
        return self.intervals[calendar]

    def _closed(self, machine: int) -> list[Interval]:
        """Off-shift, clipped to the horizon."""
        closed, since = [], 0
        for start, end in self._machine_intervals(machine):
            if start > since:
                closed.append((since, start))
            since = end
        if since < self.horizon:
            closed.append((since, self.horizon))
        return closed

    def _add_machines(
        self, ways: Mapping[int, list[Eligible]], matrices: Matrices
    ) -> list[FamilyIndex]:
        met: list[dict[FamilyKey, None]] = [{} for _ in self.shop.machines]
        for i, eligible in ways.items():
            for way in eligible:
                if key := family_of(self.work.steps[i], way.setup_s):
                    met[way.machine][key] = None
        made: dict[tuple[int | None, tuple[FamilyKey, ...]], int] = {}
        families = [FamilyIndex(tuple(keys)) for keys in met]
        for machine, index in zip(self.shop.machines, families, strict=True):
            equipment = machine.equipment
            kind = matrices.matrix_of(machine), index.keys
            if index.keys and kind not in made:
                made[kind] = self.builder.setup_matrix(matrices.rows(*kind))
            calendar = self.shop.calendar_of(equipment) if equipment else None
            self.builder.machine(
                calendar=self._calendar(calendar, self.intervals[calendar]),
                setup_matrix=made[kind] if index.keys else -1,
                family=index.initial(equipment.current_setup_family) if equipment else -1,
                places=(equipment.batch_places or 0) if equipment else 0,
                label=machine.code,
            )
        return families

    def _calendar(self, key: int | None, intervals: list[Interval]) -> int:
        if key not in self.calendars:
            self.calendars[key] = self.builder.calendar(intervals)
        return self.calendars[key]

    def _add_orders(self) -> list[int]:
        order_ids = [
            pk
            for pk, rows in self.work.by_order.items()
            if any(not self.work.steps[i].is_done for i in rows)
        ]
        for pk in order_ids:
            demand = self.pegging.due.get(pk)
            order = self.work.steps[self.work.by_order[pk][0]].order
            self.builder.order(
                due=self.seconds(demand.due_at if demand else order.due_at),
                weight=self.pegging.weight.get(pk, 0),
                label=demand.code if demand else str(order),
            )
        return order_ids

    def _add_operation(
        self, i: int, step: Step, alternatives: list[Alternative], order: int
    ) -> None:
        ready = max([self.origin, *self._ready_at(i)])
        fixed: dict[str, int] = {}
        if step.is_running:
            began = self.seconds(step.job.actual_start_at)
            fixed = {
                "fixed_alternative": 0,
                "fixed_start": min(began, 0),
                "remaining": alternatives[0].run,
            }
        self.at[i] = self.builder.operation(
            alternatives,
            order=order,
            release=self.seconds(ready),
            resumable=step.how.is_resumable,
            recipe=self.kit.recipe(step, alternatives),
            label=step.label,
            **fixed,
        )

    def _ready_at(self, i: int) -> Iterator[datetime]:
        """When its material is there, and when what was made before it has moved and waited.

        What waits for longer than the plan reaches stands at its end, and is late by years: one
        wrong date keeps nobody from planning the rest.
        """
        if i in self.pegging.ready_at:
            yield min(self.pegging.ready_at[i], self.farthest)
        for before in self.work.predecessors.get(i, ()):
            job = self.work.steps[before].job
            if job is not None and job.actual_end_at is not None:
                yield job.actual_end_at + timedelta(
                    seconds=lag_between(self.work.steps[before], self.work.steps[i])
                )

    def _add_arcs(self) -> None:
        """Routing with transport, queue, overlap and time limits; between orders: whole lots.

        What runs waits for nobody any more, whatever the routing says.
        """
        for after, befores in self.work.predecessors.items():
            for before in () if self.work.steps[after].is_running else befores:
                self._routing_arc(before, after)
        for before, after in sorted(self.pegging.arcs):
            is_open = before in self.at and after in self.at
            if is_open and not self.work.steps[after].is_running:
                self.builder.follows(self.at[after], self.at[before])

    def _routing_arc(self, before: int, after: int) -> None:
        if after not in self.at or before not in self.at:
            return
        way = way_between(self.work.steps[before], self.work.steps[after])
        if way.end_lag is None:
            self.builder.follows(
                self.at[after], self.at[before], lag=way.lag, maximum_wait=way.maximum_wait
            )
        else:
            self.builder.overlaps(self.at[after], self.at[before], lag=way.lag, end_lag=way.end_lag)
