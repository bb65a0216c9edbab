"""The floor's pages: the dispatch list, the jobs, one job, and what is reported on it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from obeya.modules.production import actions, queries
from obeya.modules.production.forms import InterruptForm, ReportForm
from obeya.modules.production.lists import JOBS, status_badge
from obeya.plant.log import clock
from obeya.plant.log.access.posted import once, was_done
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.plant.work.models import JobOrder
from obeya.ui.lists import respond
from obeya.ui.templatetags import ui
from obeya.ui.toasts import add_toast


@at_site
def floor(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/floor/: every machine with what runs and what is next."""
    cards = queries.dispatch_list(site=site, by=request.actor)
    return render(
        request,
        "production/floor.html",
        {"site": site, "cards": cards, "topics": "jobs,plan", "may_report": _may(request, site)},
    )


@at_site
def jobs(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/jobs/: the open jobs, those done, or all."""
    return respond(request, JOBS, queries.job_list(site=site, now=clock.now(), by=request.actor))


@at_site
def job(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """GET /s/KES/jobs/JO-12/: one job."""
    return _job_page(request, site, code)


@require_POST
@at_site
def start(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """POST /s/KES/jobs/MO-12-10/start/ sets it running."""
    row = _job(site, code)
    wish = actions.JobStart(job=row, at=clock.now())
    return _do(request, site, row, _("%s runs.") % row, actions.start_jobs, starts=[wish])


@require_POST
@at_site
def report(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """POST /s/KES/jobs/MO-12-10/report/ books good and scrap, once per form."""
    row = _job(site, code)
    reasons = queries.reasons(kind="scrap", by=request.actor)
    form = ReportForm(request.POST, reasons=reasons)
    done = _("Reported on %s.") % row
    if not form.is_valid():
        if was_done(actions.report_quantities, request, site=site):
            return _done(request, site, row, done)
        return _job_page(request, site, code, report_form=form, status=422)
    wish = actions.QuantityReport(
        job=row,
        good=form.cleaned_data["good"] or 0,
        scrap=form.cleaned_data["scrap"] or 0,
        reason=form.cleaned_data["reason"],
        is_sure=form.cleaned_data["is_sure"],
    )
    return _do(
        request,
        site,
        row,
        done,
        actions.report_quantities,
        form=form,
        reports=[wish],
        **once(request),
    )


@require_POST
@at_site
def interrupt(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """POST /s/KES/jobs/MO-12-10/interrupt/ stops it before it is done."""
    row = _job(site, code)
    form = InterruptForm(request.POST, reasons=queries.reasons(kind="down", by=request.actor))
    if not form.is_valid():
        no_reason = _("There is no such reason. Choose another, or none.")
        return _job_page(request, site, code, refusal=no_reason, status=422)
    wish = actions.JobInterruption(job=row, reason=form.cleaned_data["reason"], at=clock.now())
    return _do(
        request,
        site,
        row,
        _("%s is interrupted.") % row,
        actions.interrupt_jobs,
        interruptions=[wish],
    )


@require_POST
@at_site
def complete(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """POST /s/KES/jobs/MO-12-10/complete/ finishes it."""
    row = _job(site, code)
    return _do(
        request,
        site,
        row,
        _("%s is complete.") % row,
        actions.complete_jobs,
        jobs=[row],
        at=clock.now(),
    )


def _do(request, site, row, done, verb, *, form=None, **wish) -> HttpResponse:
    """Call the verb; answer with the machine's card (htmx on the floor) or the job's page."""
    try:
        verb(site=site, by=request.actor, **wish)
    except Refusal as refusal:
        if _is_on_floor(request):
            return add_toast(
                _card(request, site, row, status=refusal.http_status),
                refusal.about_one,
                tone="danger",
            )
        return _job_page(
            request,
            site,
            row.code,
            report_form=form,
            refusal=refusal.about_one,
            status=refusal.http_status,
        )
    return _done(request, site, row, done)


def _done(request, site, row, done) -> HttpResponse:
    if _is_on_floor(request):
        return add_toast(_card(request, site, row), done)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("production:job", args=[site.code, row.code]))


def _is_on_floor(request: HttpRequest) -> bool:
    target = request.headers.get("HX-Target", "")  # section#machine-12
    return target.rpartition("#")[2].startswith("machine-")


def _card(request: HttpRequest, site: Site, row: JobOrder, status: int = 200) -> HttpResponse:
    card = queries.machine_card(site=site, equipment=row.equipment, by=request.actor)
    context = {"site": site, "card": card, "may_report": _may(request, site)}
    return render(request, "production/machine_card.html", context, status=status)


def _job_page(
    request: HttpRequest,
    site: Site,
    code: str,
    *,
    report_form: ReportForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    try:
        page = queries.job_page(site=site, code=code, by=request.actor)
    except JobOrder.DoesNotExist as error:
        raise Http404(f"No job {code} at {site}.") from error
    scrap_reasons = queries.reasons(kind="scrap", by=request.actor)
    context = {
        "site": site,
        "page": page,
        "job": page.job,
        "badge": status_badge(page.job),
        "report_form": report_form or ReportForm(reasons=scrap_reasons),
        "interrupt_form": InterruptForm(reasons=queries.reasons(kind="down", by=request.actor)),
        "fact_rows": _facts(page.job),
        "run_hours": ui.amount(round(page.run_s / 3600, 1)),
        "report_key": uuid.uuid4().hex,  # the same form sent twice is one report
        "refusal": refusal,
        "may_report": _may(request, site),
        "topics": "jobs",
    }
    return render(request, "production/job.html", context, status=status)


def _facts(job: JobOrder) -> list[tuple[str, object]]:
    order = job.supply_order
    how = getattr(job, "specification", None)
    return [
        (_("Material"), order and f"{order.material.code} {order.material.name}"),
        (_("Order"), order),
        (_("Operation"), how and f"{job.operation_number} {how.name}"),
        (_("Machine"), job.equipment),
        (_("Planned start"), ui.moment(job.planned_start_at)),
        (_("Planned end"), ui.moment(job.planned_end_at)),
        (_("Began"), ui.moment(job.actual_start_at)),
        (_("Ended"), ui.moment(job.actual_end_at)),
        (_("Setup family"), how and how.setup_family),
        (_("Crew"), how and how.skill and f"{how.crew_size} × {how.skill.name}"),
    ]


def _job(site: Site, code: str) -> JobOrder:
    return get_object_or_404(
        JobOrder.objects.at(site).select_related("equipment", "supply_order__material"), code=code
    )


def _may(request: HttpRequest, site: Site) -> bool:
    """Somewhere at the site; whoever holds it for a branch sees no more than that."""
    return request.actor.branches("production.report", site) != ()
