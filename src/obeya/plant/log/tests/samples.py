"""How to call the log's verbs with n rows; a test compares the queries of 1 and of 1,000."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from obeya.plant.log import clock
from obeya.plant.log.access.actions.accounts import NewAccount, NewPassword
from obeya.plant.log.access.actions.roles import Assignment, RoleEdit
from obeya.plant.log.access.actions.tokens import NewToken
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.actor import system_actor
from obeya.plant.log.attachments import NewAttachment, StoredFile, attach_files
from obeya.plant.log.comments import NewComment, comment
from obeya.plant.log.custom_fields import CustomFieldRow
from obeya.plant.log.models import (
    Account,
    ApiToken,
    Attachment,
    Comment,
    Delivery,
    OperationsEvent,
    Role,
    RoleAssignment,
    Run,
)
from obeya.plant.log.numbers import SeriesRow
from obeya.plant.resources.models import Equipment, Site

SIX_AM = datetime(2020, 1, 6, 6, tzinfo=UTC)  # before every real clock
_numbers = count(1)


def _accounts(n: int, **fields: Any) -> list[Account]:
    return Account.objects.bulk_create(
        Account(username=f"sample-{next(_numbers)}", kind="integration", **fields) for _ in range(n)
    )


def _beside_an_administrator(n: int) -> list[Account]:
    """Nobody may close the last one."""
    role, _ = Role.objects.get_or_create(code="administrator", defaults={"name": "Administrator"})
    [chief] = _accounts(1)
    RoleAssignment.objects.create(account=chief, role=role)
    return _accounts(n)


def _assignments(n: int, site: Site) -> list[Assignment]:
    role, _ = Role.objects.get_or_create(code="guest", defaults={"name": "Guest"})
    return [Assignment(account, role, site) for account in _accounts(n)]


def _assigned(n: int, site: Site) -> list[Assignment]:
    assignments = _assignments(n, site)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(account=each.account, role=each.role, site=each.site) for each in assignments
    )
    return assignments


def _tokens(accounts: list[Account]) -> list[ApiToken]:
    return ApiToken.objects.bulk_create(
        ApiToken(
            account=account,
            name="sample",
            digest=(fresh := fresh_token()).digest,
            prefix=fresh.prefix,
            issued_at=SIX_AM,
            expires_at=SIX_AM + timedelta(days=9),
        )
        for account in accounts
    )


def _new_tokens(n: int) -> list[NewToken]:
    ends = clock.real_now() + timedelta(days=9)
    return [
        NewToken.of(fresh_token(), account=account, name="sample", expires_at=ends)
        for account in _accounts(n)
    ]


def _runs(n: int) -> list[int]:
    [actor] = _accounts(1)
    runs = Run.objects.bulk_create(
        Run(kind="sample", actor=actor, asked_at=SIX_AM) for _ in range(n)
    )
    return [run.pk for run in runs]


def _parked(n: int) -> list[int]:
    event = OperationsEvent.objects.order_by("id").last()
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            event_id=event.pk if event else 1,
            reaction=f"sample-{next(_numbers)}",
            status=Delivery.Status.PARKED,
            due_at=SIX_AM,
        )
        for _ in range(n)
    )
    return [delivery.pk for delivery in deliveries]


def _own_tokens(n: int) -> list[ApiToken]:
    account = Account.objects.get(pk=system_actor().account_id)
    return _tokens([account] * n)


DRAWING = StoredFile("0" * 64, 7, "application/pdf", "drawing.pdf")


def _row(site: Site) -> int:
    return Equipment.objects.filter(site=site).order_by("pk")[0].pk


def _comments(n: int, site: Site) -> list[Comment]:
    new = [NewComment("resources.Equipment", _row(site), "hums")] * n
    return comment(comments=new, by=system_actor())


def _attachments(n: int, site: Site) -> list[Attachment]:
    new = [NewAttachment("resources.Equipment", _row(site), DRAWING)] * n
    return attach_files(files=new, by=system_actor())


SAMPLES: dict[str, Callable[[int, Site], dict[str, Any]]] = {
    "log.assign_roles": lambda n, site: {"assignments": _assignments(n, site)},
    "log.revoke_roles": lambda n, site: {"assignments": _assigned(n, site)},
    "log.save_roles": lambda n, site: {
        "roles": [
            RoleEdit(f"sample-{next(_numbers)}", frozenset({"log.view_events"})) for _ in range(n)
        ]
    },
    "log.create_accounts": lambda n, site: {
        "accounts": [NewAccount(f"sample-{next(_numbers)}", "integration") for _ in range(n)]
    },
    "log.close_accounts": lambda n, site: {"accounts": _beside_an_administrator(n)},
    "log.open_accounts": lambda n, site: {"accounts": _accounts(n, is_active=False)},
    "log.reset_passwords": lambda n, site: {
        "resets": [NewPassword(account, "one-time-secret") for account in _accounts(n)]
    },
    "log.save_number_series": lambda n, site: {
        "rows": [SeriesRow(f"sample-{next(_numbers)}") for _ in range(n)]
    },
    "log.save_custom_fields": lambda n, site: {
        "rows": [
            CustomFieldRow("resources.Material", f"sample_{next(_numbers)}", "Sample")
            for _ in range(n)
        ]
    },
    "log.issue_tokens": lambda n, site: {"tokens": _new_tokens(n)},
    "log.revoke_tokens": lambda n, site: {"tokens": _tokens(_accounts(n))},
    "log.revoke_own_tokens": lambda n, site: {"tokens": _own_tokens(n)},
    "log.comment": lambda n, site: {
        "comments": [NewComment("resources.Equipment", _row(site), "hums")] * n
    },
    "log.withdraw_comments": lambda n, site: {"comments": _comments(n, site)},
    "log.attach_files": lambda n, site: {
        "files": [NewAttachment("resources.Equipment", _row(site), DRAWING)] * n
    },
    "log.withdraw_attachments": lambda n, site: {"attachments": _attachments(n, site)},
    "log.cancel_runs": lambda n, site: {"runs": _runs(n)},
    "log.retry_deliveries": lambda n, site: {"deliveries": _parked(n)},
}
