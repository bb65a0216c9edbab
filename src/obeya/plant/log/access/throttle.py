"""Slow down whoever guesses passwords: per account and per address, ever longer waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.db.models.aggregates import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obeya.plant.log.models import LoginFailure
from obeya.plant.log.refusal import Refusal


@dataclass(frozen=True)
class Limit:
    """So many failures are free; each further one doubles the wait, up to the longest."""

    free: int
    first_wait_s: int
    longest_wait_s: int

    def wait_after(self, failures: int) -> timedelta:
        """How long after the last of so many failures the next attempt is looked at."""
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 30)
        return timedelta(seconds=min(self.first_wait_s * 2**doublings, self.longest_wait_s))


PER_ACCOUNT = Limit(free=5, first_wait_s=30, longest_wait_s=900)
PER_ADDRESS = Limit(free=30, first_wait_s=30, longest_wait_s=900)  # many terminals, one address
MEMORY = timedelta(days=1)


class TooManyAttempts(Refusal):
    """Wrong passwords came too often; this attempt was not even looked at."""

    http_status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait_s = max(1, round(wait.total_seconds()))
        minutes = -(-self.wait_s // 60)
        super().__init__(
            _("Too many wrong passwords.")
            + " "
            + ngettext("Wait %d minute and try again.", "Wait %d minutes and try again.", minutes)
            % minutes
        )


def claim_attempt(username: str, address: str, *, now: datetime) -> LoginFailure:
    """Count the attempt as failed before its password is looked at, so that none slips past.

    A hundred guesses sent at once each find the rows of those that came before. Raises
    TooManyAttempts, and forgets the attempt, while the account or the address must wait.
    """
    LoginFailure.objects.filter(failed_at__lt=now - MEMORY).delete()
    attempt = LoginFailure.objects.create(
        name_digest=_digest(username), address=address, failed_at=now
    )
    wait = max(
        _wait(PER_ACCOUNT, Q(name_digest=attempt.name_digest), attempt, now),
        _wait(PER_ADDRESS, Q(address=address), attempt, now),
    )
    if wait > timedelta(0):
        attempt.delete()
        raise TooManyAttempts(wait)
    return attempt


def forgive(username: str) -> None:
    """After a right password the account's failures are forgotten; the address's others stay."""
    LoginFailure.objects.filter(name_digest=_digest(username)).delete()


def _wait(limit: Limit, whose: Q, attempt: LoginFailure, now: datetime) -> timedelta:
    before = LoginFailure.objects.filter(whose, pk__lt=attempt.pk, failed_at__gte=now - MEMORY)
    counted = before.aggregate(failures=Count("pk"), last=Max("failed_at"))
    if not counted["failures"]:
        return timedelta(0)
    ends: datetime = counted["last"] + limit.wait_after(counted["failures"])
    return ends - now


def _digest(username: str) -> str:
    return salted_hmac("obeya.login", username.strip().lower(), algorithm="sha256").hexdigest()
