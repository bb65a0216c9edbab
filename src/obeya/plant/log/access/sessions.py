"""How long a log-in lasts: until it lies idle, and in any case not for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from obeya.plant.log.models import Account

BEGAN, SEEN = "began_at", "seen_at"
SEEN_IS_NOTED_EVERY = timedelta(minutes=2)


@dataclass(frozen=True)
class Lifetime:
    idle: timedelta
    absolute: timedelta


#: A shift at most for people; a terminal at a machine stays on, its people identify themselves.
LIFETIMES = {
    "person": Lifetime(idle=timedelta(hours=1), absolute=timedelta(hours=12)),
    "device": Lifetime(idle=timedelta(days=3), absolute=timedelta(days=30)),
}


def begin(request: HttpRequest, account: Account, *, now: datetime) -> None:
    """A new session key and a new CSRF secret; what was there before is gone."""
    request.session.flush()
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    request.session.set_expiry(int(lifetime_of(account).absolute.total_seconds()))


def is_over(session: SessionBase, account: Account, *, now: datetime) -> bool:
    life = lifetime_of(account)
    began = session.setdefault(BEGAN, now.timestamp())
    seen = session.setdefault(SEEN, now.timestamp())
    return bool(
        now.timestamp() - began > life.absolute.total_seconds()
        or now.timestamp() - seen > life.idle.total_seconds()
    )


def has_run_out(session: SessionBase, account: Account, *, now: datetime) -> bool:
    """For an answer that lasts: nobody uses it, so only the absolute end counts."""
    began = session.get(BEGAN, now.timestamp())
    return bool(now.timestamp() - began > lifetime_of(account).absolute.total_seconds())


def note_use(request: HttpRequest, *, now: datetime) -> None:
    """A write every few minutes, not at every request."""
    if now.timestamp() - request.session[SEEN] >= SEEN_IS_NOTED_EVERY.total_seconds():
        request.session[SEEN] = now.timestamp()


def lifetime_of(account: Account) -> Lifetime:
    return LIFETIMES.get(account.kind, LIFETIMES["person"])
