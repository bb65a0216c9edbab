"""The list of jobs, said once."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obeya.plant.work.models import JobOrder
from obeya.plant.work.open_and_done import JOB
from obeya.ui.lists import Column, Filter, List, register

TONES = {"running": "active", "interrupted": "danger", "completed": "good"}


def status_badge(job: JobOrder) -> tuple[str, str]:
    return job.get_dispatch_status_display(), TONES.get(job.dispatch_status, "neutral")


def _state(job: Any) -> tuple[str, str]:
    word, tone = status_badge(job)
    if job.is_late:
        return str(_("%(state)s, late") % {"state": word}), "danger"
    return word, tone


def _tone(job: Any) -> str:
    return "danger" if job.is_late or job.dispatch_status == "interrupted" else ""


def _material(job: JobOrder) -> str:
    return str(job.supply_order.material) if job.supply_order else ""


def _unit(job: JobOrder) -> str:
    return job.supply_order.material.unit.name if job.supply_order else ""


def _good(job: JobOrder):
    totals = getattr(job, "totals", None)
    return totals.good if totals else 0


def _search(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(code__icontains=text)


JOBS = register(
    List(
        name="jobs",
        title=_("Jobs"),
        columns=[
            Column(
                "code",
                _("Job"),
                url=lambda job: reverse("production:job", args=[job.site.code, job.code]),
            ),
            Column("material", _("Material"), value=_material),
            Column("equipment", _("Machine"), value=lambda job: job.equipment or "–"),
            Column("status", _("State"), value=_state, kind="badge"),
            Column("quantity", _("Quantity"), kind="number", unit=_unit),
            Column("good", _("Good"), value=_good, kind="number", unit=_unit),
            Column(
                "planned_start_at",
                _("Planned start"),
                kind="moment",
                sort="planned_start_at",
                index="job_by_start",
            ),
            Column("planned_end_at", _("Planned end"), kind="moment"),
        ],
        closed=_(
            "Jobs come from the published plan, and their figures from what the floor reports."
            " Move a job on the board; report on it at the terminal."
        ),
        state=JOB,
        default_sort="planned_start_at",
        filters=[
            Filter(
                "status",
                _("State"),
                lookup="dispatch_status",
                choices=JobOrder.DispatchStatus.choices,
            ),
            Filter("machine", _("Machine"), lookup="equipment__code", kind="text"),
        ],
        search=_search,
        row_tone=_tone,
        empty_title=_("No jobs yet"),
        empty_text=_("Jobs come into being when a plan is published on the board."),
        example=lambda: JobOrder.objects.filter(site_id=1),
    )
)
