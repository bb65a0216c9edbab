"""The pages of the shadow: its lists, where the two differ, whose fields are whose, the nights."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.exchange import lists, queries
from obeya.modules.exchange.actions import save_field_owners, save_shadow_sources
from obeya.modules.exchange.forms import ShadowFileForm, ShadowSourceForm
from obeya.modules.exchange.models import ShadowSource
from obeya.modules.exchange.pages.places import IMPORT
from obeya.modules.exchange.shadow import folder, nightly
from obeya.modules.exchange.shadow.fields import fields_of
from obeya.modules.exchange.shadow.rows import FieldOwnerRow
from obeya.plant.log import clock
from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site
from obeya.ui.lists import respond


@require_http_methods(["GET", "POST"])
@at_site
def shadow(request: ActorRequest, site: Site) -> HttpResponse:
    """The lists of the site; POST enters one, or changes the one of that name."""
    request.actor.must(IMPORT, site=site)
    known = [each.name for each in queries.saved_profiles(site=site, by=request.actor)]
    form, status = ShadowSourceForm(known=known), 200
    if request.method == "POST":
        form, status = ShadowSourceForm(request.POST, known=known), 422
        if form.is_valid():
            try:
                save_shadow_sources(site=site, rows=[form.row()], by=request.actor)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return HttpResponseRedirect(_page(site, form.row().name))
    last = queries.last_nights(site=site, by=request.actor)
    sources = queries.shadow_sources(site=site, by=request.actor)
    context = {
        "site": site,
        "form": form,
        "sources": [(each, last.get(each.pk)) for each in sources],
    }
    return render(request, "exchange/shadow.html", context, status=status)


@require_http_methods(["GET", "POST"])
@at_site
def shadow_list(request: ActorRequest, site: Site, name: str) -> HttpResponse:
    """Where a list of the ERP and we differ; POST is a decision on the chosen rows."""
    source = _source(request, site, name)
    state = "kept" if request.GET.get("kept") == "yes" else "open"
    rows = queries.shadow_differences(source=source, by=request.actor, state=state)
    context = _about(request, source) | {"state": state, "form": ShadowFileForm()}
    return respond(
        request,
        lists.SHADOW_DIFFERENCES,
        rows,
        context=context,
        template="exchange/shadow_list.html",
    )


@require_GET
@at_site
def shadow_nights(request: ActorRequest, site: Site, name: str) -> HttpResponse:
    """What became of each night."""
    source = _source(request, site, name)
    rows = queries.shadow_nights(source=source, by=request.actor)
    context = _about(request, source)
    return respond(
        request, lists.SHADOW_NIGHTS, rows, context=context, template="exchange/shadow_nights.html"
    )


@require_http_methods(["GET", "POST"])
@at_site
def shadow_owners(request: ActorRequest, site: Site, name: str) -> HttpResponse:
    """Whose each field is; POST says it anew."""
    source = _source(request, site, name)
    fields = fields_of(source)
    if request.method == "POST":
        ours = set(request.POST.getlist("ours"))
        rows = [
            FieldOwnerRow(name, sheet, each, "obeya" if f"{sheet}.{each}" in ours else "erp")
            for sheet, names in fields.items()
            for each in names
        ]
        try:
            saved = save_field_owners(site=site, rows=rows, by=request.actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            count = saved.new + saved.changed
            told = ngettext(
                "%d field has another owner now.", "%d fields have another owner now.", count
            )
            messages.success(request, told % count)
        return HttpResponseRedirect(reverse("exchange:shadow_owners", args=[site.code, name]))
    owned = {(each.sheet, each.field) for each in source.own_fields.all()}
    shown = [
        (sheet, [(each, f"{sheet}.{each}", (sheet, each) in owned) for each in names])
        for sheet, names in fields.items()
    ]
    context = _about(request, source) | {"fields": shown}
    return render(request, "exchange/shadow_owners.html", context)


@require_POST
@at_site
def shadow_take(request: ActorRequest, site: Site, name: str) -> HttpResponse:
    """Take a file over by hand, or look into the folder now."""
    source = _source(request, site, name)
    now = clock.real_now()
    if request.POST.get("look"):
        night = nightly.look(source, by=request.actor, now=now)
    else:
        form = ShadowFileForm(request.POST, request.FILES)
        if not form.is_valid():
            context = _about(request, source) | {"state": "open", "form": form}
            request.method = "GET"  # what follows shows the list
            rows = queries.shadow_differences(source=source, by=request.actor)
            answer = respond(request, lists.SHADOW_DIFFERENCES, rows, context=context,
                             template="exchange/shadow_list.html")  # fmt: skip
            answer.status_code = 422
            return answer
        sent = form.cleaned_data["file"]
        file = folder.arrived(sent.name, sent.read(), now)
        night = nightly.take(
            source, file, by=request.actor, now=now, is_sure=form.cleaned_data["is_sure"]
        )
    if night is None:
        messages.warning(request, _("The file is being written. Look again in a minute."))
    elif night.stage == "under way":
        told = _("%(name)s is being taken over, part by part, while others go on working.")
        messages.success(request, told % {"name": night.name})
    elif night.state == "taken":
        messages.success(request, _("%(name)s was taken over.") % {"name": night.name})
    else:
        messages.error(request, f"{night.get_state_display()}: {night.said}")
    return HttpResponseRedirect(_page(site, name))


def _source(request: ActorRequest, site: Site, name: str) -> ShadowSource:
    found = queries.shadow_sources(site=site, by=request.actor).filter(name=name).first()
    if found is None:
        raise Http404
    return found


def _page(site: Site, name: str) -> str:
    return reverse("exchange:shadow_list", args=[site.code, name])


def _about(request: ActorRequest, source: ShadowSource) -> dict[str, Any]:
    nights = queries.shadow_nights(source=source, by=request.actor).order_by("-pk")
    return {
        "site": source.site,
        "source": source,
        "folder": "/".join(folder.folder_of(source).parts[-3:]),
        "last": nights.first(),
    }
