"""What a view finds on its request: who acts, and through which door."""

from typing import Any, cast

from django.http import HttpRequest

from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Account


class ActorRequest(HttpRequest):
    """After the access middleware; views that are not open can rely on it."""

    actor: Actor
    account: Account
    is_by_token: bool


def actor_of(request: HttpRequest) -> Actor | None:
    return cast("Actor | None", getattr(request, "actor", None))


def address_of(request: HttpRequest) -> str:
    """Of the other end; behind a proxy uvicorn has put the client's there, if it trusts it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or not request.accepts("text/html")


def bearer(request: HttpRequest) -> str | None:
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" and value.strip() else None


def with_actor(request: HttpRequest, actor: Actor | None, account: Any, by_token: bool) -> None:
    request.actor = actor  # type: ignore[attr-defined]
    request.account = account  # type: ignore[attr-defined]
    request.is_by_token = by_token  # type: ignore[attr-defined]
