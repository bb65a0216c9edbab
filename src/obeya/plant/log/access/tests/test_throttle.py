from datetime import UTC, datetime, timedelta

import pytest

from obeya.plant.log.access.throttle import PER_ACCOUNT, TooManyAttempts, claim_attempt, forgive
from obeya.plant.log.models import LoginFailure

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def fail(times, *, name="ann", address="10.0.0.7", now=SIX):
    for _n in range(times):
        claim_attempt(name, address, now=now)


def test_the_wait_doubles_up_to_a_quarter_of_an_hour():
    waits = [PER_ACCOUNT.wait_after(failures).total_seconds() for failures in range(12)]

    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_five_failures_are_free_and_the_sixth_waits():
    fail(5)

    with pytest.raises(TooManyAttempts) as refused:
        claim_attempt("Ann ", "10.0.0.7", now=SIX + timedelta(seconds=29))
    assert refused.value.wait_s == 1
    assert LoginFailure.objects.count() == 5  # an attempt that is not looked at does not count

    claim_attempt("ann", "10.0.0.7", now=SIX + timedelta(seconds=30))
    with pytest.raises(TooManyAttempts):  # now the wait is a minute
        claim_attempt("ann", "10.0.0.7", now=SIX + timedelta(seconds=89))
    claim_attempt("ann", "10.0.0.7", now=SIX + timedelta(seconds=90))


def test_another_address_does_not_help_the_guesser():
    fail(5)

    with pytest.raises(TooManyAttempts):
        claim_attempt("ann", "10.9.9.9", now=SIX)
    claim_attempt("bob", "10.0.0.7", now=SIX)


def test_one_address_cannot_try_one_password_on_everybody():
    for n in range(30):
        fail(1, name=f"person{n}")

    with pytest.raises(TooManyAttempts):
        claim_attempt("person30", "10.0.0.7", now=SIX)
    claim_attempt("person30", "10.0.0.8", now=SIX)


def test_a_right_password_and_a_day_both_forgive():
    fail(5)
    fail(5, name="bob")
    forgive("ANN")

    claim_attempt("ann", "10.0.0.7", now=SIX)
    claim_attempt("bob", "10.0.0.7", now=SIX + timedelta(days=1, seconds=1))
    assert LoginFailure.objects.count() == 1


def test_what_was_typed_as_a_name_is_not_kept():
    claim_attempt("my secret password", "10.0.0.7", now=SIX)

    row = LoginFailure.objects.values().get()
    assert "secret" not in str(row)
