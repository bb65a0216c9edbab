"""Checks of how things are made: capacity, times, calendars, units."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from statistics import median

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obeya.modules.engineering.public import eligible_machines, machines_of
from obeya.modules.exchange.doctor.finding import Finding, Sick
from obeya.modules.exchange.reading.values import plain
from obeya.plant.resources.models import Equipment, Site, WorkCalendar
from obeya.plant.work.models import BomLine, Operation

FACTOR = 8  # a slip of the decimal point is a factor of ten; real times differ less
FEWEST = 4  # rows of a family before its median means anything


def without_capacity(site: Site, now: datetime) -> Finding:
    operations = list(_operations(site))
    able = eligible_machines(operations, machines_of(site))
    return Finding(
        "without_capacity",
        gettext_lazy("Operations that no machine can do"),
        gettext_lazy("They are never planned, and all that waits for them is late."),
        [
            _sick(each, _("no machine in use"))
            for each in operations
            if each.subcontractor_id is None and not able[each.pk]
        ],
    )


def times_off_their_family(site: Site, now: datetime) -> Finding:
    """A run time eight times its family's median or an eighth of it, as ten for one would be."""
    families: dict[object, list[Operation]] = defaultdict(list)
    for each in _operations(site):
        if each.run_s > 0:
            place = each.equipment_id or f"class {each.equipment_class_id}"
            families[each.setup_family or place].append(each)
    sick = []
    for members in families.values():
        usual = Decimal(median(each.run_s for each in members))
        for each in members if len(members) >= FEWEST else ():
            if not usual / FACTOR < each.run_s < usual * FACTOR:
                said = {"run": plain(each.run_s), "usual": plain(round(usual, 2))}
                sick.append(_sick(each, _("%(run)s s per unit; its family: %(usual)s s") % said))
    return Finding(
        "times_off_their_family",
        gettext_lazy("Run times far from those of their family"),
        gettext_lazy("A slip of the decimal point makes a plan ten times too full or too empty."),
        sick,
    )


def assumed_times(site: Site, now: datetime) -> Finding:
    sick = []
    for each in _operations(site):
        told = []
        if each.is_setup_assumed:
            told.append(_("setup %s min") % plain(Decimal(each.setup_s) / 60))
        if each.is_crew_assumed:
            told.append(_("crew %s") % each.crew_size)
        if told:
            sick.append(_sick(each, _("assumed: %s") % ", ".join(told)))
    return Finding(
        "assumed_times",
        gettext_lazy("Setup times and crews that nobody has said"),
        gettext_lazy("The plan works with the median of their family or work center, or with none"
                     " where nothing is known. Change one on its material's page."),
        sick,
        gettext_lazy("They are right: take the marks away"),
    )  # fmt: skip


def machines_without_calendar(site: Site, now: datetime) -> Finding:
    nodes = {each.pk: each for each in Equipment.objects.at(site).in_use().exclude(level="storage")}
    sick = []
    for each in sorted(nodes.values(), key=lambda node: node.code):
        steps = [int(step) for step in each.path.strip("/").split("/") if step]
        has_one = any(nodes[step].calendar_id for step in steps if step in nodes)
        if each.level == Equipment.Level.WORK_UNIT and not has_one:
            url = reverse("organisation:machine", args=[site.code, each.code])
            sick.append(Sick(each.code, _("neither it nor where it stands has a calendar"), url))
    return Finding(
        "machines_without_calendar",
        gettext_lazy("Machines without a calendar"),
        gettext_lazy("They are planned round the clock, every day, as if nobody went home."),
        sick,
        gettext_lazy("Give them the calendar that most machines have")
        if WorkCalendar.objects.at(site).exists()
        else gettext_lazy("Assume two shifts from Monday to Friday, 06:00 to 22:00"),
    )


def pieces_in_parts(site: Site, now: datetime) -> Finding:
    """A component that is counted, of which a part of a piece goes in."""
    lines = (
        BomLine.objects.filter(
            revision__material__at_sites__site=site,
            revision__material__archived_at=None,
            component__unit__dimension="count",
        )
        .exclude(is_by_product=True)
        .select_related("revision__material", "component__unit")
        .order_by("revision__material__code", "component__code", "id")
    )
    sick = []
    for line in lines:
        if line.quantity_per % 1 and line.per_quantity == 1:
            said = {"quantity": plain(line.quantity_per), "unit": line.component.unit.name,
                    "component": line.component.code}  # fmt: skip
            made = line.revision.material.code
            detail = _("takes %(quantity)s %(unit)s of %(component)s") % said
            sick.append(Sick(made, detail, reverse("engineering:material", args=[made])))
    return Finding(
        "pieces_in_parts",
        gettext_lazy("Part of a piece goes in"),
        gettext_lazy("The component is counted in pieces: its unit may be wrong, or the quantity."),
        sick,
    )


def _operations(site: Site) -> list[Operation]:
    found = Operation.objects.at(site).filter(revision__material__archived_at=None)
    ordered = found.order_by("revision__material__code", "number", "id")
    return list(ordered.select_related("revision__material"))


def _sick(each: Operation, detail: str) -> Sick:
    code = each.revision.material.code
    url = reverse("engineering:material", args=[code])
    return Sick(f"{code} · {each.number}", detail, url)
