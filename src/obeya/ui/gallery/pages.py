from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from obeya.ui import errors
from obeya.ui.gallery import samples
from obeya.ui.gallery.permissions import PERMISSIONS
from obeya.ui.lists import respond
from obeya.ui.toasts import add_toast


def show(request: HttpRequest, name: str, status: int = 200, **context: object) -> HttpResponse:
    return render(
        request, f"ui/gallery/{name}.html", surroundings(request) | context, status=status
    )


def surroundings(request: HttpRequest) -> dict[str, object]:
    return {
        "navigation": samples.navigation(request.path),
        "shell": samples.shell(),
        "long": samples.LONG,
    }


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    if request.GET.get("message"):
        messages.success(request, "Plan published: 214 jobs have new times.")
    tabs = [
        {"title": "Overview", "url": "#", "is_current": True},
        {"title": "Operations", "url": "#", "count": 12},
        {"title": "Where used", "url": "#", "count": 0},
        {"title": "History", "url": "#"},
    ]
    return show(
        request,
        "parts",
        tabs=tabs,
        stats=samples.STATS,
        jobs=samples.JOBS,
        facts=samples.FACTS,
        timeline=samples.TIMELINE,
        bom=samples.BOM,
        now=samples.NOW,
    )


class SampleForm(django_forms.Form):
    code = django_forms.CharField(label="Code", help_text="As it stands on the label.")
    name = django_forms.CharField(label="Name", required=False)
    quantity = django_forms.DecimalField(label="Quantity", min_value=1)
    unit = django_forms.ChoiceField(label="Unit", choices=[("pcs", "pieces"), ("kg", "kilogram")])
    due = django_forms.DateField(
        label="Due", widget=django_forms.DateInput(attrs={"type": "date"}), required=False
    )
    is_urgent = django_forms.BooleanField(label="Urgent: before everything else", required=False)
    note = django_forms.CharField(label="Note", widget=django_forms.Textarea, required=False)


@login_not_required
def forms(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            form.add_error(None, "HOUSING-7 already has an open order. Close that one first.")
        return render(request, "ui/gallery/form_part.html", {"form": form}, status=422)
    return show(request, "forms", form=form)


@login_not_required
def terminal(request: HttpRequest) -> HttpResponse:
    return show(request, "terminal")


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return show(request, "empty")


@login_not_required
def palette(request: HttpRequest) -> JsonResponse:
    wanted = request.GET.get("q", "").lower()
    found = [
        {"title": title, "url": url, "group": "Gallery"}
        for title, url in samples.PAGES
        if wanted in title.lower()
    ]
    return JsonResponse({"items": found})


@login_not_required
def toast(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    return add_toast(response, "48 pieces reported on J-10482.", undo_url="/ui/gallery/toast/undo/")


@login_not_required
def undo(request: HttpRequest) -> HttpResponse:
    return add_toast(HttpResponse(status=204), "Taken back: 48 pieces.", tone="neutral")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    text = "PRESS-4 is already reported down since 05:12. End that downtime first."
    return errors.refusal(request, 422, text)


@login_not_required
def rows(request: HttpRequest) -> HttpResponse:
    return respond(request, PERMISSIONS, Permission.objects.all(), context=surroundings(request))


@login_not_required
def board(request: HttpRequest) -> HttpResponse:
    return show(request, "board", board={"is_demo": True})
