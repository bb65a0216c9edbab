"""API tokens: made here, shown once, kept as a hash; they narrow what their account may do."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from obeya.plant.log.access.grants import load_actor, narrowed
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import ApiToken

BEGINNING = "obeya_"
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class FreshToken:
    """The text goes to the person, once; digest and prefix go into the action and the table."""

    text: str
    digest: str
    prefix: str


def fresh_token() -> FreshToken:
    text = BEGINNING + secrets.token_urlsafe(32)  # 256 random bits
    return FreshToken(text, digest_of(text), text[:12])


def digest_of(text: str) -> str:
    """A plain hash is enough: 256 random bits cannot be guessed from it, unlike a password."""
    return hashlib.sha256(text.encode()).hexdigest()


def actor_of_token(text: str, *, now: datetime) -> Actor | None:
    """Who it acts as; None when it is unknown, expired or revoked, or its account is closed."""
    token = (
        ApiToken.objects.select_related("account")
        .filter(digest=digest_of(text), revoked_at=None, expires_at__gt=now)
        .filter(account__is_active=True, account__archived_at=None)
        .first()
    )
    if token is None:
        return None
    not_noted = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at <= now - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(not_noted, pk=token.pk).update(last_used_at=now)
    actor = load_actor(token.account)
    grants = narrowed(actor.grants, permissions=token.permissions, site_id=token.site_id)
    return replace(actor, grants=grants)
