"""The lists of this room: columns, filters, bulk verbs."""

from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from obeya.modules.organisation.actions import archive_equipment
from obeya.plant.resources.models import Equipment, Party, Person, WorkCalendar
from obeya.ui.lists import BulkAction, Column, Edit, Filter, List, register

YES_OR_NO = (("yes", _("yes")), ("no", _("no")))


def _calendar(row: Any) -> str:
    return row.calendar.code if row.calendar else ""


def by_code_or_name(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text))


def _archive(request: HttpRequest, rows: QuerySet[Equipment]) -> str:
    found = list(rows.select_related("site"))
    if not found:
        return ""
    codes = [each.code for each in found]
    archive_equipment(site=found[0].site, codes=codes, by=request.actor)  # type: ignore[attr-defined]
    count = len(codes)
    return ngettext("%d put into the archive.", "%d put into the archive.", count) % count


def _with_skills(people: Any) -> None:
    prefetch_related_objects(list(people), "person_skills__skill")
    for person in people:
        held = sorted(person.person_skills.all(), key=lambda each: (-each.level, each.skill.code))
        person.shown_skills = ", ".join(f"{each.skill.code} {each.level}" for each in held)


def _with_week(calendars: Any) -> None:
    prefetch_related_objects(list(calendars), "patterns")
    for calendar in calendars:
        names = dict.fromkeys(
            f"{each.name} {each.starts_at:%H:%M}–{each.ends_at:%H:%M}"
            for each in sorted(calendar.patterns.all(), key=lambda p: (p.weekday, p.starts_at))
        )
        always = _("round the clock") if calendar.is_always_open else ""
        calendar.shown_week = " · ".join(names) or always


EQUIPMENT = register(
    List(
        name="equipment",
        title=_("Equipment"),
        columns=[
            Column(
                "code",
                _("Code"),
                sort="code",
                url=lambda row: reverse("organisation:machine", args=[row.site.code, row.code]),
                edit=Edit("code"),
            ),
            Column("name", _("Name"), sort="name", edit=Edit("name")),
            Column(
                "level",
                _("Level"),
                value=lambda row: row.get_level_display(),
                edit=Edit("level", words=Equipment.Level.choices),
            ),
            Column(
                "parent",
                _("Stands in"),
                value=lambda row: row.parent or "",
                edit=Edit("parent", value=lambda row: row.parent.code if row.parent else ""),
            ),
            Column(
                "calendar",
                _("Calendar"),
                value=lambda row: row.calendar or "",
                edit=Edit("calendar", value=_calendar),
            ),
            Column(
                "setup",
                _("Set up for"),
                value=lambda row: row.current_setup_family,
                edit=Edit("setup_family", value=lambda row: row.current_setup_family),
            ),
            Column(
                "capacity",
                _("Jobs at once"),
                kind="number",
                is_optional=True,
                edit=Edit("capacity"),
            ),
            Column(
                "batch_places",
                _("Batch places"),
                kind="number",
                is_optional=True,
                edit=Edit("batch_places"),
            ),
        ],
        filters=[
            Filter("level", _("Level"), choices=Equipment.Level.choices),
            Filter(
                "archived",
                _("Archive"),
                choices=[("yes", _("in the archive"))],
                narrow=lambda rows, value: rows,  # the page has chosen the rows already
            ),
        ],
        search=by_code_or_name,
        bulk=[
            BulkAction(
                "archive",
                _("Put into the archive"),
                _archive,
                icon="inbox",
                permission="organisation.edit_equipment",
            )
        ],
        sheet="Equipment",
        default_sort="code",
        empty_title=_("No equipment yet"),
        empty_text=_("Halls, work centers, machines and storages come from your workbook's sheet"
                     " Equipment, or you enter the first one here."),
        example=lambda: Equipment.objects.filter(site_id=1, is_virtual=False, archived_at=None),
    )
)  # fmt: skip

PEOPLE = register(
    List(
        name="people",
        title=_("People"),
        columns=[
            Column("name", _("Name"), sort="name", edit=Edit("name")),
            Column("code", _("Number"), sort="code", edit=Edit("code")),
            Column(
                "calendar",
                _("Works by"),
                value=lambda row: row.calendar or "",
                edit=Edit("calendar", value=_calendar),
            ),
            Column(
                "skills",
                _("Skills and levels"),
                value=lambda row: row.shown_skills,
                elsewhere=_("Skills are changed on the sheet People of the plant's workbook."),
            ),
            Column("language", _("Language"), is_optional=True, edit=Edit("language")),
        ],
        sheet="People",
        known_by="code",
        search=by_code_or_name,
        enrich=_with_skills,
        default_sort="name",
        empty_title=_("Nobody yet"),
        empty_text=_("People and what they can do come from your workbook's sheet People."),
        example=lambda: Person.objects.filter(archived_at=None),
    )
)

CALENDARS = register(
    List(
        name="calendars",
        title=_("Calendars"),
        columns=[
            Column(
                "code",
                _("Code"),
                sort="code",
                url=lambda row: reverse("organisation:calendar", args=[row.site.code, row.code]),
                edit=Edit("calendar", value=lambda row: row.code),
            ),
            Column("name", _("Name"), edit=Edit("name")),
            Column(
                "week",
                _("Week"),
                value=lambda row: row.shown_week,
                elsewhere=_("Shifts are changed on the sheet Calendars of the plant's workbook."),
            ),
        ],
        sheet="Calendars",
        search=by_code_or_name,
        enrich=_with_week,
        default_sort="code",
        empty_title=_("No calendars yet"),
        empty_text=_("Shifts, breaks and holidays come from your workbook's sheet Calendars."),
        example=lambda: WorkCalendar.objects.filter(site_id=1, archived_at=None),
    )
)

PARTIES = register(
    List(
        name="parties",
        title=_("Customers and suppliers"),
        columns=[
            Column("code", _("Code"), sort="code", edit=Edit("code")),
            Column("name", _("Name"), sort="name", edit=Edit("name")),
            Column(
                "is_customer",
                _("Customer"),
                value=lambda row: _("yes") if row.is_customer else "",
                edit=Edit("is_customer", words=YES_OR_NO),
            ),
            Column(
                "is_supplier",
                _("Supplier"),
                value=lambda row: _("yes") if row.is_supplier else "",
                edit=Edit("is_supplier", words=YES_OR_NO),
            ),
        ],
        sheet="Parties",
        filters=[
            Filter(
                "role",
                _("Role"),
                choices=[("customer", _("customers")), ("supplier", _("suppliers"))],
                narrow=lambda rows, role: rows.filter(**{f"is_{role}": True}),
            )
        ],
        search=by_code_or_name,
        default_sort="code",
        empty_title=_("Nobody to deal with yet"),
        empty_text=_("Customers and suppliers come from your workbook's sheet Parties."),
        example=lambda: Party.objects.filter(archived_at=None),
    )
)
