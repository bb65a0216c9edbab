from datetime import UTC, datetime, timedelta

import pytest

from obeya.plant.log.access import actions, sessions
from obeya.plant.log.access.actions import NewAccount
from obeya.plant.log.access.passwords import one_time_password, problems_of
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Person


@pytest.mark.parametrize(
    "password",
    ["four plain words here", "Xk7#mQ2!pL9z", "ovens love cold rain", "ключ от пресса 4"],
)
def test_length_and_surprise_are_enough(password):
    assert problems_of(password, names=("ann", "Ann Berger")) == []


@pytest.mark.parametrize(
    ("password", "rules"),
    [
        ("", ["too short", "too few different characters", "among the most used passwords"]),
        ("Xk7#mQ2!pL9", ["too short"]),
        ("a" * 300, ["too long", "too few different characters"]),
        ("abababababab", ["too few different characters"]),
        ("Password123456!", ["among the most used passwords"]),
        ("1234567890123456", ["among the most used passwords"]),
        ("my name is ann, dear", ["contains the account's own name"]),
        ("the BERGER family car", ["contains the account's own name"]),
    ],
)
def test_a_weak_password_is_told_every_reason(password, rules):
    problems = problems_of(password, names=("ann", "Ann Berger"))

    assert [problem.rule for problem in problems] == rules
    assert all(problem.remedy for problem in problems)


def test_one_time_passwords_are_readable_strong_and_different():
    made = {one_time_password() for _n in range(100)}

    assert len(made) == 100
    for password in made:
        assert len(password) == 23
        assert not set(password) & set("01ilo")
        assert problems_of(password) == []


@pytest.mark.django_db
def test_an_account_has_a_name_that_fits_a_line_and_a_person_of_its_own():
    ann = Person.objects.create(code="17", name="Ann Bell")
    actions.create_accounts(accounts=[NewAccount("ann", person=ann)], by=system_actor())
    wrong = [NewAccount("x" * 81), NewAccount("a\nb"), NewAccount("bell", person=ann)]

    with pytest.raises(RowsRefused) as refused:
        actions.create_accounts(accounts=wrong, by=system_actor())

    found = [(each.row, each.field) for each in refused.value.problems]
    assert found == [(0, "username"), (1, "username"), (2, "person")]
    assert Account.objects.get(kind="person").username == "ann"


def test_a_log_in_has_run_out_after_its_absolute_time_however_busy():
    began = datetime(2026, 11, 23, 6, tzinfo=UTC)
    session, ann = {sessions.BEGAN: began.timestamp()}, Account(username="ann", kind="person")

    assert not sessions.has_run_out(session, ann, now=began + timedelta(hours=12))
    assert sessions.has_run_out(session, ann, now=began + timedelta(hours=12, seconds=1))
