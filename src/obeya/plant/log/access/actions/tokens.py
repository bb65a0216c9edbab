"""Keys for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from obeya.plant.log import clock
from obeya.plant.log.access import events
from obeya.plant.log.access.grants import OWN_ACCOUNT, covers, load_grants, narrowed
from obeya.plant.log.access.tokens import FreshToken
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor, Grants
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.models import Account, ApiToken
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import NotPermitted, Problem, Refusal, RowsRefused

LONGEST_LIFE = timedelta(days=366)


@dataclass(frozen=True)
class NewToken:
    """tokens.fresh_token() makes `fresh`; its text never enters the action."""

    account: Account
    name: str
    digest: str
    prefix: str
    expires_at: datetime
    permissions: tuple[str, ...] | None = None  # None: all that the account may do
    site: Any = None

    @classmethod
    def of(cls, fresh: FreshToken, **fields: Any) -> "NewToken":
        return cls(digest=fresh.digest, prefix=fresh.prefix, **fields)


class NotYourAccount(NotPermitted):
    """A token acts as its account; a person's token is only the person's to issue."""


@action(permission=OWN_ACCOUNT)
def issue_tokens(*, tokens: Sequence[NewToken], by: Actor) -> list[ApiToken]:
    """For oneself; with access.issue_tokens for devices and integrations that may do no more."""
    now = clock.real_now()
    problems: list[Problem] = []
    grants = load_grants([each.account for each in tokens])
    for row, each in enumerate(tokens):
        _must_be_mine_to_issue(each, grants[each.account.pk], by)
        if not now < each.expires_at <= now + LONGEST_LIFE:
            problems.append(
                Problem(
                    _("no date within a year"),
                    _("Choose when the token ends: at most a year from now."),
                    row,
                    "expires_at",
                    each.expires_at.isoformat(),
                )
            )
    if problems:
        raise RowsRefused(problems)
    made = insert_many(
        [
            ApiToken(
                account=each.account,
                name=each.name,
                digest=each.digest,
                prefix=each.prefix,
                permissions=None if each.permissions is None else sorted(each.permissions),
                site=each.site,
                issued_at=now,
                expires_at=each.expires_at,
            )
            for each in tokens
        ],
        ids=True,
    )
    publish(events.TokensIssued([t.pk for t in made], [t.account_id for t in made]))
    return made


@action(permission="access.issue_tokens")
def revoke_tokens(*, tokens: Sequence[ApiToken], by: Actor) -> int:
    """Stop any account's tokens at once."""
    by.must_everywhere("access.issue_tokens")
    return _revoke(tokens)


@action(permission=OWN_ACCOUNT)
def revoke_own_tokens(*, tokens: Sequence[ApiToken], by: Actor) -> int:
    """Stop one's own tokens at once."""
    if any(token.account_id != by.account_id for token in tokens):
        raise NotYourAccount(_("You can revoke only your own tokens."))
    return _revoke(tokens)


def _revoke(tokens: Sequence[ApiToken]) -> int:
    ids = [token.pk for token in tokens]
    revoked = ApiToken.objects.filter(pk__in=ids, revoked_at=None).update(
        revoked_at=clock.real_now()
    )
    if not revoked:
        raise Refusal(_("These tokens were revoked before. Nothing was changed."))
    publish(events.TokensRevoked(ids))
    return revoked


def _must_be_mine_to_issue(token: NewToken, own: Grants, by: Actor) -> None:
    given = narrowed(own, permissions=token.permissions, site_id=token.site and token.site.pk)
    if token.account.pk != by.account_id:
        by.must_everywhere("access.issue_tokens")
        if token.account.kind not in ("device", "integration"):
            raise NotYourAccount(_("Only the person can issue a token for their account."))
    if not covers(by.grants, given):
        raise NotYourAccount(_("The token would open more doors than you may open."))
