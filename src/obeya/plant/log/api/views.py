"""/api/v1/: the REST door. Token or session; refusals as problem documents (RFC 9457)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from obeya.plant.log.access.requests import ActorRequest
from obeya.plant.log.api import endpoints
from obeya.plant.log.api.endpoints import NoSuchThing, NotJson
from obeya.plant.log.api.openapi import document
from obeya.plant.log.refusal import Refusal
from obeya.ui.lists.state import ALL

View = Callable[..., HttpResponse]


def _door(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Refusal as refusal:
            return problem_document(refusal)

    return csrf_protect(answered)


def problem_document(refusal: Refusal) -> JsonResponse:
    """Every problem with row (from 0), field, value, rule and remedy."""
    body = {
        "type": f"urn:obeya:refusal:{type(refusal).__name__}",
        "title": str(refusal),
        "status": refusal.http_status,
        "problems": [vars(problem) for problem in refusal.problems],
    }
    return JsonResponse(body, status=refusal.http_status, content_type="application/problem+json")


@_door
def collection(request: ActorRequest, name: str, site: str | None = None) -> HttpResponse:
    """POST rows to a verb, or GET a page of a list: /api/v1/s/KES/materials/?after=0&limit=100"""
    scope: endpoints.Scope = "enterprise" if site is None else "site"
    posting, listing = endpoints.rows_endpoint(name, scope), endpoints.list_endpoint(name, scope)
    question = endpoints.question_endpoint(name, scope)
    if posting is None and listing is None and question is None:
        raise NoSuchThing(_("The API has no %s here; see /api/v1/openapi.json.") % name)
    place = None if site is None else endpoints.site_with_code(site)
    if request.method == "POST" and posting is not None:
        if request.content_type != "application/json":
            raise NotJson(_("Send JSON, with Content-Type: application/json."))
        result = endpoints.perform(
            posting,
            endpoints.read_json(request.body),
            by=request.actor,
            site=place,
            source="api",
            key=request.headers.get("Idempotency-Key"),
        )
        return JsonResponse({"result": result})
    if request.method == "GET" and listing is not None:
        after, limit = _number(request, "after", 0), _number(request, "limit", 100)
        state = request.GET.get("state", ALL)
        rows, onward = endpoints.page(
            listing, by=request.actor, site=place, after=after, limit=limit, state=state
        )
        kept = "" if state == ALL else f"&state={state}"
        here = f"{request.path}?after={onward}&limit={limit}{kept}"
        return JsonResponse({"items": rows, "next": None if onward is None else here})
    if request.method == "GET" and question is not None:
        asked = dict(request.GET.items())
        return JsonResponse(endpoints.answer(question, asked, by=request.actor, site=place))
    asking = listing or question
    allowed = [m for m, each in (("GET", asking), ("POST", posting)) if each is not None]
    return HttpResponse(status=405, headers={"Allow": ", ".join(allowed)})


@_door
def item(request: ActorRequest, name: str, key: str, site: str | None = None) -> HttpResponse:
    """GET one row by its natural key: /api/v1/s/KES/equipment/PRESS-4/"""
    listing = endpoints.list_endpoint(name, "enterprise" if site is None else "site")
    if listing is None:
        raise NoSuchThing(_("The API has no %s here; see /api/v1/openapi.json.") % name)
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    place = None if site is None else endpoints.site_with_code(site)
    return JsonResponse(endpoints.one(listing, key, by=request.actor, site=place))


@_door
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document, made from what the rooms offer."""
    return JsonResponse(document())


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotJson(_("%s must be a whole number.") % name)
    return int(text)
