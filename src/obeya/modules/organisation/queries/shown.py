"""What the pages of the organisation show; the number of queries does not depend on the rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.dates import WEEKDAYS

from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import (
    CalendarException,
    Equipment,
    Party,
    Person,
    ShiftBreak,
    ShiftPattern,
    Site,
    WorkCalendar,
)
from obeya.plant.resources.shifts import rules_of
from obeya.plant.resources.tree import calendars_of
from obeya.plant.resources.windows import ShiftWindow, shift_windows
from obeya.plant.work.models import JobOrder

NEXT_DAYS = 2
MOST_JOBS = 8


@query(permission="organisation.view")
def equipment_list(*, site: Site, by: Actor, archived: bool = False) -> QuerySet[Equipment]:
    found = Equipment.objects.at(site).real().select_related("site", "parent", "calendar")
    return found.exclude(archived_at=None) if archived else found.in_use()


@query(permission="organisation.view_people")
def people_list(*, site: Site, by: Actor) -> QuerySet[Person]:
    return Person.objects.in_use().filter(home_site=site).select_related("calendar")


@query(permission="organisation.view")
def calendar_list(*, site: Site, by: Actor) -> QuerySet[WorkCalendar]:
    return WorkCalendar.objects.at(site).in_use().select_related("site")


@query(permission="organisation.view")
def shift_patterns(*, site: Site, by: Actor) -> QuerySet[ShiftPattern]:
    """The shifts of all calendars in use, one row a weekday."""
    chosen = WorkCalendar.objects.at(site).in_use()
    return ShiftPattern.objects.filter(calendar__in=chosen)


@query(permission="organisation.view")
def shift_breaks(*, site: Site, by: Actor) -> QuerySet[ShiftBreak]:
    chosen = WorkCalendar.objects.at(site).in_use()
    return ShiftBreak.objects.filter(pattern__calendar__in=chosen)


@query(permission="organisation.view")
def calendar_exceptions(*, site: Site, by: Actor) -> QuerySet[CalendarException]:
    """Closures and extra work of all calendars in use."""
    chosen = WorkCalendar.objects.at(site).in_use()
    return CalendarException.objects.filter(calendar__in=chosen)


@query(permission="organisation.view")
def party_list(*, site: Site, by: Actor) -> QuerySet[Party]:
    return Party.objects.in_use()


@query(permission="organisation.view")
def machine_page(*, site: Site, code: str, now: datetime, by: Actor) -> dict[str, Any]:
    """One node of the tree: where it stands, when it works, what it does now and next."""
    found = Equipment.objects.at(site).real().select_related("site").order_by("code")
    nodes = {each.pk: each for each in found}
    machine = next((each for each in nodes.values() if each.code == code), None)
    if machine is None:
        raise Http404(f"There is no equipment {code} at {site}.")
    calendar = calendars_of([machine])[machine.pk]
    inside = [each.pk for each in nodes.values() if each.path.startswith(machine.path)]
    jobs = (
        JobOrder.objects.at(site)
        .dispatchable()
        .filter(equipment__in=inside)
        .select_related("equipment", "supply_order__material", "specification")
        .order_by("planned_start_at", "id")[:MOST_JOBS]
    )
    return {
        "machine": machine,
        "classes": [each.code for each in machine.classes.order_by("code")],
        "above_nodes": [nodes[pk] for pk in _steps(machine)[:-1] if pk in nodes],
        "tree": [_node(machine, nodes)],
        "calendar": calendar,
        "own_calendar": machine.calendar_id is not None,
        "shifts": next_shifts(calendar, site, now) if calendar else [],
        "jobs": list(jobs),
        "matrix": getattr(getattr(machine, "setup_matrix_use", None), "matrix", None),
    }


@query(permission="organisation.view")
def calendar_page(*, site: Site, code: str, now: datetime, by: Actor) -> dict[str, Any]:
    calendar = WorkCalendar.objects.at(site).filter(code=code).first()
    if calendar is None:
        raise Http404(f"There is no calendar {code} at {site}.")
    patterns = calendar.patterns.prefetch_related("breaks").order_by("weekday", "starts_at")
    return {
        "calendar": calendar,
        "patterns": [(WEEKDAYS[each.weekday], each) for each in patterns],
        "exceptions": list(calendar.exceptions.order_by("on_date")),
        "shifts": next_shifts(calendar, site, now, days=13),
        "equipment": list(
            Equipment.objects.at(site).in_use().filter(calendar=calendar).order_by("code")
        ),
        "people": Person.objects.in_use().filter(calendar=calendar).count(),
    }


def next_shifts(
    calendar: WorkCalendar, site: Site, now: datetime, days: int = NEXT_DAYS
) -> list[ShiftWindow]:
    """Those that run now or start in the next days."""
    if calendar.is_always_open:
        return []
    today = now.astimezone(site.zone).date()
    rules = rules_of([calendar])[calendar.pk]
    found = shift_windows(rules, today - timedelta(days=1), today + timedelta(days=days))
    return [each for each in found if each.span.ended_at > now]


def _steps(machine: Equipment) -> Sequence[int]:
    return [int(pk) for pk in machine.path.strip("/").split("/") if pk]


def _node(machine: Equipment, nodes: dict[int, Equipment]) -> dict[str, Any]:
    children = [each for each in nodes.values() if each.parent_id == machine.pk]
    return {
        "title": f"{machine.code} {machine.name if machine.name != machine.code else ''}".strip(),
        "url": reverse("organisation:machine", args=[machine.site.code, machine.code]),
        "note": machine.get_level_display(),
        "is_open": True,
        "children": [_node(each, nodes) for each in children if each.archived_at is None],
    }
