"""The rows that would make the organisation as it stands: for export, and to fill absent columns.

What lies in the archive is left out. Query counts do not depend on the number of rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from obeya.modules.organisation.rows import (
    CalendarRow,
    EquipmentRow,
    PartyRow,
    PersonRow,
    ReasonRow,
    UnitRow,
)
from obeya.modules.organisation.week import breaks_text, days_text
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import (
    CalendarException,
    Equipment,
    Party,
    Person,
    Reason,
    ShiftPattern,
    Site,
    Unit,
    WorkCalendar,
)

DAY_S = 86_400
Codes = Sequence[str] | None


@query(permission="organisation.view")
def unit_rows(*, site: Site, by: Actor) -> list[UnitRow]:
    return [UnitRow(u.code, u.name, u.dimension, u.decimals) for u in Unit.objects.all()]


@query(permission="organisation.view")
def calendar_rows(*, site: Site, by: Actor) -> list[CalendarRow]:
    """Shifts of the same times on several days are one row; breaks must be the same, too."""
    calendars = WorkCalendar.objects.at(site).in_use().order_by("code")
    shifts: dict[int, dict[tuple[str, time, time, str, date | None, date | None], list[int]]]
    shifts = defaultdict(lambda: defaultdict(list))
    patterns = ShiftPattern.objects.filter(calendar__site=site).prefetch_related("breaks")
    for each in patterns.order_by("valid_from", "weekday", "starts_at"):
        pauses = breaks_text((pause.starts_at, pause.ends_at) for pause in each.breaks.all())
        same = each.name, each.starts_at, each.ends_at, pauses, each.valid_from, each.valid_to
        shifts[each.calendar_id][same].append(each.weekday)
    exceptions: dict[int, list[CalendarException]] = defaultdict(list)
    for exception in CalendarException.objects.filter(calendar__site=site).order_by("on_date"):
        exceptions[exception.calendar_id].append(exception)
    rows = []
    for calendar in calendars:
        head = {
            "calendar": calendar.code,
            "name": calendar.name,
            "is_always_open": calendar.is_always_open,
        }
        if calendar.pk not in shifts:
            rows.append(CalendarRow(**head))
        rows += [
            CalendarRow(
                **head,
                shift=name,
                days=days_text(days),
                starts_at=starts_at,
                ends_at=ends_at,
                breaks=pauses,
                valid_from=valid_from,
                valid_to=valid_to,
            )
            for (name, starts_at, ends_at, pauses, valid_from, valid_to), days in shifts[
                calendar.pk
            ].items()
        ]
        rows += [
            CalendarRow(
                **head,
                shift=each.name,
                on_date=each.on_date,
                ends_on=each.ends_on,
                is_working=each.is_working,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
            )
            for each in exceptions[calendar.pk]
        ]
    return rows


@query(permission="organisation.view")
def equipment_rows(*, site: Site, by: Actor, codes: Codes = None) -> list[EquipmentRow]:
    """Parents come before what stands in them. Places of the books are left out."""
    found = (
        Equipment.objects.at(site)
        .in_use()
        .real()
        .select_related("parent", "calendar")
        .prefetch_related("classes")
    )
    if codes is not None:
        found = found.filter(code__in=codes)
    ordered = sorted(found, key=lambda each: (each.path.count("/"), each.code))
    return [
        EquipmentRow(
            code=each.code,
            name=each.name,
            level=each.level,
            parent=each.parent.code if each.parent else "",
            calendar=each.calendar.code if each.calendar else "",
            classes=tuple(sorted(one.code for one in each.classes.all())),
            capacity=each.capacity,
            batch_places=each.batch_places,
            setup_family=each.current_setup_family,
            translations=each.translations,
            extra=each.extra,
        )
        for each in ordered
    ]


@query(permission="organisation.view_people")
def person_rows(*, site: Site, by: Actor, codes: Codes = None) -> list[PersonRow]:
    """A row per skill; the person's name stands in each."""
    found = (
        Person.objects.in_use()
        .filter(home_site=site)
        .select_related("calendar")
        .prefetch_related("person_skills__skill")
        .order_by("code")
    )
    if codes is not None:
        found = found.filter(code__in=codes)
    rows = []
    for each in found:
        head = {
            "code": each.code,
            "name": each.name,
            "calendar": each.calendar.code if each.calendar else "",
            "language": each.language,
            "extra": each.extra,
        }
        skills = sorted(
            each.person_skills.all(), key=lambda s: (s.skill.code, s.valid_from or date.min)
        )
        rows += [
            PersonRow(
                **head,
                skill=held.skill.code,
                level=held.level,
                valid_from=held.valid_from,
                valid_until=held.valid_until,
            )
            for held in skills
        ] or [PersonRow(**head)]
    return rows


@query(permission="organisation.view")
def party_rows(*, site: Site, by: Actor, codes: Codes = None) -> list[PartyRow]:
    found = Party.objects.in_use().order_by("code")
    if codes is not None:
        found = found.filter(code__in=codes)
    return [
        PartyRow(
            code=each.code,
            name=each.name,
            is_customer=each.is_customer,
            is_supplier=each.is_supplier,
            language=each.language,
            lead_time_days=None if each.lead_time_s is None else Decimal(each.lead_time_s) / DAY_S,
            extra=each.extra,
        )
        for each in found
    ]


@query(permission="organisation.view")
def reason_rows(*, site: Site, by: Actor) -> list[ReasonRow]:
    found = Reason.objects.in_use().select_related("parent").order_by("kind", "code")
    return [ReasonRow(r.kind, r.code, r.name, r.parent.code if r.parent else "") for r in found]
