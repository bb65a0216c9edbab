"""Load and OEE per work center, computed from the ledgers that the reports have filled."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from obeya.plant.ledgers.models import TimeLog
from obeya.plant.work.models import JobOrder
from obeya_demo_plant.living import Living


@dataclass
class Figures:
    """Of one work center."""

    open_h: float = 0.0  # its machines' working hours
    taken_h: float = 0.0  # of them: with a job, or down
    ideal_h: float = 0.0  # good pieces at their true time
    standard_h: float = 0.0  # good pieces at their standard time

    @property
    def use(self) -> float:
        return 100 * self.taken_h / self.open_h if self.open_h else 0.0

    @property
    def oee(self) -> float:
        return 100 * self.ideal_h / self.taken_h if self.taken_h else 0.0


def figures(plant: Living, began: datetime, days: float) -> dict[str, Figures]:
    first = int(began.timestamp())
    last = int((began + timedelta(days=days)).timestamp())
    found: dict[str, Figures] = defaultdict(Figures)
    places = plant.floor.places
    for place in places.values():
        found[place.center].open_h += (
            plant.floor.sight.hours[place.calendar].worked(first, last) / 3600
        )
    for center, spans in _spans(places, last).items():
        for code, begin, end in spans:
            hours = plant.floor.sight.hours[places[code].calendar]
            found[center].taken_h += hours.worked(max(begin, first), min(end, last)) / 3600
    charges = set()
    jobs = JobOrder.objects.filter(totals__good__gt=0, equipment__isnull=False).exclude(
        actual_end_at__lte=began
    )
    for job in jobs.select_related(
        "totals", "specification", "supply_order__material", "equipment"
    ):
        center = found[places[job.equipment.code].center]
        factor = plant.floor.truth.time_factor(job.supply_order.material.code, job.operation_number)
        good = float(job.totals.good)
        if job.specification.fixed_run_s:
            charge = job.equipment.code, job.actual_start_at
            if charge not in charges:
                charges.add(charge)
                center.ideal_h += job.specification.fixed_run_s / 3600
            continue
        center.standard_h += good * float(job.specification.run_s) / 3600
        center.ideal_h += good * float(job.specification.run_s) * factor / 3600
    return found


def _spans(places, last):
    """Merged: a charge of two jobs takes its furnace once."""
    by_machine = defaultdict(list)
    for row in (
        TimeLog.objects.standing()
        .filter(person=None, equipment__isnull=False, kind__in=["run", "down"])
        .select_related("equipment")
    ):
        end = int(row.ended_at.timestamp()) if row.ended_at else last
        by_machine[row.equipment.code].append((int(row.began_at.timestamp()), end))
    found = defaultdict(list)
    for code, spans in by_machine.items():
        merged = []
        for begin, end in sorted(spans):
            if merged and begin <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((begin, end))
        found[places[code].center] += [(code, *span) for span in merged]
    return found


def table(rows: dict[str, Figures]) -> str:
    return "\n".join(
        f"{code:6} taken {each.taken_h:6.1f} h of {each.open_h:6.1f} h, OEE {each.oee:5.1f} %"
        for code, each in sorted(rows.items())
    )
