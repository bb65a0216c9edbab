"""The pages of call-offs."""

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.calloffs import actions, lists, queries
from obeya.modules.calloffs.forms import DeliveryForm, MessageForm, PartnerForm
from obeya.modules.calloffs.rows import MessageRow
from obeya.modules.calloffs.shown import shown_differences, shown_zones
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Party, Site
from obeya.ui.lists import respond

EDIT = "calloffs.edit"
A_FILE = {"Content-Type": "application/octet-stream"}


@require_http_methods(["GET", "POST"])
@at_site
def agreements(request: ActorRequest, site: Site) -> HttpResponse:
    """Schedule agreements, and what waits. POST takes a file in, and opens its differences."""
    form, refusal, status = MessageForm(), None, 200
    if request.method == "POST":
        request.actor.must(EDIT, site=site)
        form, status = MessageForm(request.POST, request.FILES), 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            row = MessageRow(sent.name, base64.b64encode(sent.read()).decode("ascii"))
            try:
                made = actions.receive_releases(site=site, rows=[row], by=request.actor)
            except Refusal as refused:
                refusal = refused
            else:
                if len(made) == 1:
                    return redirect("calloffs:release", site=site.code, release_id=made[0].pk)
                return redirect("calloffs:agreements", site=site.code)
        request.method = "GET"  # what follows shows the list
    shown = _beside(request, site) | {"form": form, "refusal": refusal}
    rows = queries.agreements(site=site, by=request.actor)
    answer = respond(
        request, lists.AGREEMENTS, rows, context=shown, template="calloffs/agreements.html"
    )
    answer.status_code = status
    return answer


@require_POST
@at_site
def save_partner(request: ActorRequest, site: Site) -> HttpResponse:
    """Say which customer a number in a message is."""
    form = _partner_form(request, data=True)
    request.actor.must(EDIT, site=site)
    if form.is_valid():
        try:
            actions.save_partners(site=site, rows=[form.row()], by=request.actor)
        except Refusal as refused:
            form.add_error(None, refused.about_one)
        else:
            return redirect("calloffs:agreements", site=site.code)
    shown = {"site": site, "partner_form": form}
    return render(request, "calloffs/partner.html", shown, status=422)


@require_GET
@at_site
def release(request: ActorRequest, site: Site, release_id: int) -> HttpResponse:
    """One call-off beside what holds, worst first."""
    return _release_page(request, site, release_id)


@require_POST
@at_site
def accept(request: ActorRequest, site: Site, release_id: int) -> HttpResponse:
    """The call-off holds from now on, and the demands follow."""
    kept = queries.release(site=site, release_id=release_id, by=request.actor)
    try:
        actions.accept_release(site=site, release=kept, by=request.actor)
    except Refusal as refused:
        return _release_page(request, site, release_id, refusal=refused)
    return redirect("calloffs:release", site=site.code, release_id=release_id)


@require_POST
@at_site
def leave(request: ActorRequest, site: Site, release_id: int) -> HttpResponse:
    """Forget a call-off that was not accepted."""
    kept = queries.release(site=site, release_id=release_id, by=request.actor)
    try:
        actions.leave_releases(site=site, releases=[kept], by=request.actor)
    except Refusal as refused:
        return _release_page(request, site, release_id, refusal=refused)
    return redirect("calloffs:agreements", site=site.code)


@require_GET
@at_site
def message(request: ActorRequest, site: Site, release_id: int) -> HttpResponse:
    """The file as it came."""
    kept = queries.release(site=site, release_id=release_id, by=request.actor)
    return _file(kept.name, bytes(kept.content))


@require_http_methods(["GET", "POST"])
@at_site
def agreement(request: ActorRequest, site: Site, code: str) -> HttpResponse:
    """One agreement with its zones and cumulative line. POST records a delivery or a return."""
    form = DeliveryForm(request.POST or None)
    shown = queries.agreement_page(site=site, code=code, by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_deliveries(site=site, rows=[form.row(code)], by=request.actor)
        except Refusal as refused:
            form.add_error(None, refused.about_one)
        else:
            return redirect("calloffs:agreement", site=site.code, code=code)
    shown |= {
        "site": site,
        "form": form,
        "slots": shown_zones(shown["slots"]),
        "may_edit": request.actor.may(EDIT, site=site),
    }
    status = 422 if form.errors else 200
    return render(request, "calloffs/agreement.html", shown, status=status)


@require_GET
@at_site
def notice(request: ActorRequest, site: Site, document: str) -> HttpResponse:
    """The shipping notice of a delivery note, as the customer takes it."""
    name, data = queries.notice(site=site, document=document, by=request.actor)
    return _file(name, data)


def _beside(request: ActorRequest, site: Site) -> dict[str, Any]:
    return {
        "site": site,
        "releases": queries.releases(site=site, by=request.actor),
        "partners": queries.partners(site=site, by=request.actor),
        "partner_form": _partner_form(request),
        "may_edit": request.actor.may(EDIT, site=site),
    }


def _partner_form(request: HttpRequest, *, data: bool = False) -> PartnerForm:
    customers = Party.objects.filter(is_customer=True, archived_at=None).order_by("name")
    return PartnerForm(request.POST if data else None, customers=customers)


def _release_page(
    request: ActorRequest, site: Site, release_id: int, refusal: Refusal | None = None
) -> HttpResponse:
    kept = queries.release(site=site, release_id=release_id, by=request.actor)
    found = queries.differences(site=site, kept=kept, by=request.actor)
    shown = shown_differences(found) | {
        "site": site,
        "release": kept,
        "refusal": refusal,
        "may_edit": request.actor.may(EDIT, site=site),
    }
    return render(request, "calloffs/release.html", shown, status=409 if refusal else 200)


def _file(name: str, data: bytes) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, headers=A_FILE | {"Content-Disposition": disposition or "attachment"})
