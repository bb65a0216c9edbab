"""Between the server and the views: who asks, may anybody ask, and what every answer says."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user, logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from obeya.plant.log import clock
from obeya.plant.log.access import sessions
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.open_views import OPEN_VIEWS, PASSWORD_VIEWS
from obeya.plant.log.access.requests import actor_of, bearer, wants_json, with_actor
from obeya.plant.log.access.tokens import actor_of_token
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Account
from obeya.plant.log.refusal import Refusal
from obeya.ui.errors import is_fragment, refusal

logger = logging.getLogger("obeya.access")

TOKEN_DOORS = ("/api/", "/events/")
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), fullscreen=(self), geolocation=(), microphone=(),"
    " payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class Headers(MiddlewareMixin):
    """What browsers may do with our pages; Django's SecurityMiddleware adds its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if actor_of(request) is not None:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class Access(MiddlewareMixin):
    """Sets request.actor; lets nobody pass to a view that is not declared open."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        with_actor(request, None, None, False)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("No address holds a NUL.", status=400, content_type="text/plain")
        text = bearer(request)
        if text is not None and request.path.startswith(TOKEN_DOORS):
            return _enter_by_token(request, text)
        _enter_by_session(request)
        return None

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_VIEWS:
            return None
        if actor_of(request) is None:
            return _ask_to_log_in(request)
        account: Account = request.account  # type: ignore[attr-defined]
        if account is not None and account.must_change_password and name not in PASSWORD_VIEWS:
            return _turn_to(request, reverse("access:change-password"), 403)
        if any("\0" in text for texts in request.POST.lists() for text in texts[1]):
            return HttpResponse("No text holds a NUL.", status=400, content_type="text/plain")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that a page did not catch is still an answer, not a failure."""
        if not isinstance(exception, Refusal):
            return None
        return refusal(request, exception.http_status, str(exception), problems=exception.problems)


def current_actor(request: HttpRequest) -> Actor | None:
    """Asks the database again, for an answer that lasts: is whoever began it still welcome?"""
    now = clock.real_now()
    if text := bearer(request):
        return actor_of_token(text, now=now)
    session = SessionStore(request.session.session_key)
    stamp, account_id = session.get(HASH_SESSION_KEY, ""), session.get(SESSION_KEY, 0)
    account = Account.objects.filter(pk=account_id, is_active=True, archived_at=None).first()
    if account is None or not constant_time_compare(stamp, account.get_session_auth_hash()):
        return None
    if sessions.has_run_out(session, account, now=now):
        return None
    return load_actor(account)


def _enter_by_token(request: HttpRequest, text: str) -> HttpResponse | None:
    actor = actor_of_token(text, now=clock.real_now())
    if actor is None:
        logger.warning("token refused from %s", request.META.get("REMOTE_ADDR"))
        return _unknown(_("This token is unknown, expired or revoked. Ask for a new one."))
    with_actor(request, actor, None, True)
    # A token is sent on purpose, never by a browser on its own: nothing to forge.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return None


def _enter_by_session(request: HttpRequest) -> None:
    account = get_user(request)
    if not isinstance(account, Account):
        return
    now = clock.real_now()
    if sessions.is_over(request.session, account, now=now):
        logout(request)
        return
    sessions.note_use(request, now=now)
    request.user = account
    with_actor(request, load_actor(account), account, False)
    if account.language:
        translation.activate(account.language)
        request.LANGUAGE_CODE = translation.get_language()


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return _unknown(_("Log in, or send a token as 'Authorization: Bearer …'."))
    page = request.get_full_path() if request.method == "GET" and not is_fragment(request) else "/"
    return _turn_to(request, f"{reverse('access:log-in')}?{urlencode({'next': page})}", 401)


def _turn_to(request: HttpRequest, url: str, status: int) -> HttpResponse:
    """A browser follows; htmx is told to load the whole page; a program gets the status."""
    if is_fragment(request):
        return HttpResponse(status=status, headers={"HX-Redirect": url})
    if wants_json(request):
        return JsonResponse({"title": _("Change your password first."), "see": url}, status=status)
    return HttpResponseRedirect(url)


def _unknown(text: str) -> HttpResponse:
    return JsonResponse(
        {"title": text, "status": 401},
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="Obeya"'},
        content_type="application/problem+json",
    )
