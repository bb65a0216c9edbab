"""Saved views: keep this address under a name, or forget it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from obeya.ui.errors import refusal
from obeya.ui.models import SavedView

LONGEST_LIST_NAME = 80


@login_required
@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """POST /ui/lists/<list>/views/ with `title`, `query` and `page`, the address of the list."""
    title = request.POST.get("title", "").strip()[:80]
    if len(name) > LONGEST_LIST_NAME:
        return refusal(request, 404, _("There is no such list."))
    if not title:
        return refusal(request, 422, _("A view needs a name. Type one, then save."))
    SavedView.objects.update_or_create(
        owner=request.user,
        list_name=name,
        name=title,
        defaults={"query": request.POST.get("query", "")},
    )
    return _back(request, request.POST.get("query", ""))


@login_required
@require_POST
def forget(request: HttpRequest, name: str, view_id: int) -> HttpResponse:
    """POST: remove one of the person's own saved views."""
    SavedView.objects.filter(owner=request.user, list_name=name, pk=view_id).delete()
    return _back(request, "")


def _back(request: HttpRequest, query: str) -> HttpResponse:
    page = request.POST.get("page", "/")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        page = "/"
    return redirect(page + (query if query.startswith("?") else ""))


urlpatterns = [
    path("ui/lists/<str:name>/views/", save, name="save-view"),
    path("ui/lists/<str:name>/views/<int:view_id>/forget/", forget, name="forget-view"),
]
