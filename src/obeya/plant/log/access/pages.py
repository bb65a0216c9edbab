"""Log in, log out, change the password."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.plant.log import clock
from obeya.plant.log.access import sessions, throttle
from obeya.plant.log.access.actions import change_password as change
from obeya.plant.log.access.demo_log_ins import DEMO_PASSWORD, demo_log_ins
from obeya.plant.log.access.forms import ChangePasswordForm, LogInForm
from obeya.plant.log.access.requests import ActorRequest, actor_of, address_of
from obeya.plant.log.models import Account
from obeya.plant.log.refusal import Refusal

logger = logging.getLogger("obeya.access")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The same words and the same time whether the name, the password or the account is wrong."""
    onward = _safe_next(request)
    if request.method == "GET" and actor_of(request) is not None:
        return HttpResponseRedirect(onward)
    form = LogInForm(request.POST or None)
    if form.is_valid():
        try:
            account = _account(request, **form.cleaned_data)
        except throttle.TooManyAttempts as refused:
            form.add_error(None, str(refused))
            response = _log_in_page(request, form, onward, 429)
            response["Retry-After"] = str(refused.wait_s)
            return response
        if account is not None:
            sessions.begin(request, account, now=clock.real_now())
            return HttpResponseRedirect(onward)
        form.add_error(None, _("Name or password is wrong. Try again, or ask an administrator."))
    return _log_in_page(request, form, onward, 422 if form.errors else 200)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this log-in; the others of the account go on."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def change_password(request: ActorRequest) -> HttpResponse:
    """Choose another password; every other log-in of the account ends."""
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        now, username = clock.real_now(), request.account.username
        try:
            attempt = throttle.claim_attempt(username, address_of(request), now=now)
            account = change(
                old_password=form.cleaned_data["old_password"],
                new_password=form.cleaned_data["new_password"],
                by=request.actor,
            )
        except Refusal as refusal:
            for text in [f"{p.rule}. {p.remedy}" for p in refusal.problems] or [str(refusal)]:
                form.add_error("new_password" if refusal.problems else None, text)
            if refusal.problems:  # the old password was right
                attempt.delete()
        else:
            throttle.forgive(username)
            sessions.begin(request, account, now=now)
            messages.success(request, _("Your password is changed; other log-ins have ended."))
            return HttpResponseRedirect("/")
    context = {"form": form, "is_forced": request.account.must_change_password}
    status = 422 if form.errors else 200
    return render(request, "access/change_password.html", context, status=status)


@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """For load balancers and watchdogs: the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _account(request: HttpRequest, username: str, password: str) -> Account | None:
    address = address_of(request)
    throttle.claim_attempt(username, address, now=clock.real_now())
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account) or account.kind not in sessions.LIFETIMES:
        logger.warning("log-in refused from %s", address)
        return None
    throttle.forgive(username)
    logger.info("account %s logged in from %s", account.pk, address)
    return account


def _safe_next(request: HttpRequest) -> str:
    """Only ever an address of our own: a link to our log-in page must not lead elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


def _log_in_page(request: HttpRequest, form: LogInForm, onward: str, status: int) -> HttpResponse:
    context = {"form": form, "next": onward, "demo_log_ins": demo_log_ins()}
    context["demo_password"] = DEMO_PASSWORD
    return render(request, "access/log_in.html", context, status=status)
