"""Making, closing and opening accounts; passwords."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from obeya.plant.log import clock
from obeya.plant.log.access import events, passwords
from obeya.plant.log.access.grants import OWN_ACCOUNT, covers, load_grants
from obeya.plant.log.access.guarding import must_leave_an_administrator
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.models import Account
from obeya.plant.log.models.account import fresh_stamp
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.refusal import NotPermitted, Problem, RowsRefused
from obeya.plant.log.saving import update_many

LONGEST_USERNAME = 80


@dataclass(frozen=True)
class NewAccount:
    """An empty password makes an account that nobody can log in to (an integration by token)."""

    username: str
    kind: str = "person"
    password: str = ""
    must_change_password: bool = True
    language: str = ""
    person: Any = None  # resources.Person


@dataclass(frozen=True)
class NewPassword:
    account: Account
    password: str  # one-time; passwords.one_time_password() makes one
    must_change_password: bool = True


class WrongPassword(NotPermitted):
    """The password given as proof is not the account's."""


class StrongerAccount(NotPermitted):
    """The account may do more than whoever wants to take hold of it."""


@action(permission="access.create_accounts")
def create_accounts(*, accounts: Sequence[NewAccount], by: Actor) -> list[Account]:
    """Without a key: keys keep a hash of what was asked, and passwords do not belong there."""
    by.must_everywhere("access.create_accounts")
    wanted = [replace(each, username=each.username.strip().lower()) for each in accounts]
    if problems := _problems(wanted):
        raise RowsRefused(problems)
    made = insert_many(
        [
            Account(
                username=each.username,
                kind=each.kind,
                language=each.language,
                person=each.person,
                password=make_password(each.password or None),
                must_change_password=bool(each.password) and each.must_change_password,
            )
            for each in wanted
        ],
        ids=True,
    )
    publish(
        events.AccountsCreated([account.pk for account in made]),
        changes=[
            Change("log.Account", a.pk, {"kind": [None, a.kind], "is_active": [None, True]})
            for a in made
        ],
    )
    return made


@action(permission="access.create_accounts")
def close_accounts(*, accounts: Sequence[Account], by: Actor) -> list[Account]:
    """Nobody gets in any more, no token works; history keeps pointing at the account."""
    by.must_everywhere("access.create_accounts")
    _must_not_be_stronger(accounts, by)
    ids = [account.pk for account in accounts]
    Account.objects.filter(pk__in=ids).update(
        is_active=False, archived_at=clock.now(), access_stamp=fresh_stamp()
    )
    must_leave_an_administrator()
    publish(
        events.AccountsClosed(ids),
        changes=[Change("log.Account", pk, {"is_active": [True, False]}) for pk in ids],
    )
    return list(Account.objects.filter(pk__in=ids))


@action(permission="access.create_accounts")
def open_accounts(*, accounts: Sequence[Account], by: Actor) -> list[Account]:
    """Let closed accounts in again."""
    by.must_everywhere("access.create_accounts")
    _must_not_be_stronger(accounts, by)
    ids = [account.pk for account in accounts]
    Account.objects.filter(pk__in=ids).update(
        is_active=True, archived_at=None, access_stamp=fresh_stamp()
    )
    publish(
        events.AccountsOpened(ids),
        changes=[Change("log.Account", pk, {"is_active": [False, True]}) for pk in ids],
    )
    return list(Account.objects.filter(pk__in=ids))


@action(permission=OWN_ACCOUNT)
def change_password(*, old_password: str, new_password: str, by: Actor) -> Account:
    """Ends every session of the account: sessions are bound to the password's hash. No key."""
    account = Account.objects.select_for_update().get(pk=by.account_id)
    if not check_password(old_password, account.password):
        raise WrongPassword(_("The old password is wrong. Nothing was changed."))
    problems = passwords.problems_of(new_password, names=_names(account.username, account.person))
    if new_password == old_password:
        problems += [Problem(_("the same as before"), _("Choose a new one."), field="password")]
    if problems:
        raise RowsRefused(problems)
    account.password = make_password(new_password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    publish(events.PasswordChanged(account.pk))
    return account


@action(permission="access.reset_passwords")
def reset_passwords(*, resets: Sequence[NewPassword], by: Actor) -> list[Account]:
    """A one-time password for whoever forgot theirs; ends their sessions. No key."""
    by.must_everywhere("access.reset_passwords")
    accounts = [each.account for each in resets]
    _must_not_be_stronger(accounts, by)
    for each in resets:
        each.account.password = make_password(each.password)
        each.account.must_change_password = each.must_change_password
    update_many(accounts, ["password", "must_change_password"])
    publish(events.PasswordsReset([account.pk for account in accounts]))
    return accounts


def _must_not_be_stronger(accounts: Sequence[Account], by: Actor) -> None:
    grants = load_grants(accounts)
    for account in accounts:
        if account.kind == "system" or not covers(by.grants, grants[account.pk]):
            raise StrongerAccount(
                _("%(account)s may do more than you. Ask somebody who may do as much.")
                % {"account": account.username}
            )


def _problems(wanted: Sequence[NewAccount]) -> list[Problem]:
    names = [each.username for each in wanted]
    taken = set(Account.objects.filter(username__in=names).values_list("username", flat=True)) | {
        name for name in names if names.count(name) > 1
    }
    people = [each.person.pk for each in wanted if each.person is not None]
    have_one = set(Account.objects.filter(person__in=people).values_list("person", flat=True)) | {
        person for person in people if people.count(person) > 1
    }
    kinds = {kind for kind, _name in Account.KINDS} - {"system"}
    problems = []
    for row, each in enumerate(wanted):
        checks = [
            (not each.username, _("no username"), _("Give each account one."), "username"),
            (
                len(each.username) > LONGEST_USERNAME or not each.username.isprintable(),
                _("too long, or with characters that cannot be printed"),
                _("Write at most 80 characters."),
                "username",
            ),
            (
                each.person is not None and each.person.pk in have_one,
                _("has an account already"),
                _("Give the person a new password instead."),
                "person",
            ),
            (
                each.username in taken,
                _("username taken"),
                _("Choose one that no account has or had."),
                "username",
            ),
            (
                each.kind not in kinds,
                _("unknown kind"),
                _("Write person, device or integration."),
                "kind",
            ),
        ]
        problems += [
            Problem(rule, remedy, row=row, field=field, value=str(getattr(each, field)))
            for is_wrong, rule, remedy, field in checks
            if is_wrong
        ]
        if each.password:
            own = _names(each.username, each.person)
            problems += [
                replace(problem, row=row)
                for problem in passwords.problems_of(each.password, names=own)
            ]
    return problems


def _names(username: str, person: Any) -> tuple[str, ...]:
    return (username, person.name) if person is not None else (username,)
