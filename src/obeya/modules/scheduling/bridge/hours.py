"""How long the jobs that have begun were worked on: closed hours, and the open ones until now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from obeya.modules.scheduling.bridge.machines import Shop
from obeya.modules.scheduling.bridge.steps import Step, Work
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.resources.models import WorkCalendar
from obeya.plant.resources.shifts import working_intervals_of


def tell_hours(work: Work, shop: Shop, *, now: datetime) -> None:
    """Set ``worked_s`` of the steps that have begun.

    Of an open span only the working time of its machine counts: nobody works at night because a
    job was left running.
    """
    begun = [i for i, step in enumerate(work.steps) if step.is_begun and not step.is_done]
    calendar_of = {work.steps[i].job.pk: _calendar(work.steps[i], shop) for i in begun}
    spans = TimeLog.objects.open().filter(job__in=calendar_of, kind="run", person=None)
    since = {job: at for job, at in spans.values_list("job", "began_at") if at < now}
    calendars = WorkCalendar.objects.filter(pk__in={c for c in calendar_of.values() if c})
    open_at = working_intervals_of(calendars, min(since.values()), now) if since else {}
    for i in begun:
        job = work.steps[i].job
        totals = getattr(job, "totals", None)
        worked = int(totals.run_s) if totals else 0
        if began_at := since.get(job.pk):
            calendar = calendar_of[job.pk]
            spans_of_work = (
                [(began_at, now)]
                if calendar is None
                else [(each.began_at, each.ended_at) for each in open_at[calendar]]
            )
            worked += _seconds_since(began_at, spans_of_work)
        work.steps[i] = replace(work.steps[i], worked_s=worked)


def _calendar(step: Step, shop: Shop) -> int | None:
    return shop.calendar_of(step.job.equipment) if step.job.equipment_id else None


def _seconds_since(began_at: datetime, work: Sequence[tuple[datetime, datetime]]) -> int:
    lengths = ((end - max(start, began_at)).total_seconds() for start, end in work)
    return int(sum(max(length, 0) for length in lengths))
