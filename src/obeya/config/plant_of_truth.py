"""Let the plant of truth in: a program of its own, which reports through the REST door.

Obeya gives it what any outside program gets, an account and a token, and knows nothing else of it.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from obeya.config import environment
from obeya.plant.log import clock
from obeya.plant.log.access.actions import NewAccount, NewToken, create_accounts, issue_tokens
from obeya.plant.log.access.actions.roles import Assignment, RoleEdit, assign_roles, save_roles
from obeya.plant.log.access.tokens import actor_of_token, fresh_token
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Account, Role, RolePermission

PROGRAM = "obeya_demo_plant"
ACCOUNT, ROLE = "plant-of-truth", "plant_of_truth"
TOKEN_LIVES = timedelta(days=365)
MAY = frozenset(
    {
        "calloffs.edit",
        "calloffs.view",
        "engineering.view",
        "inventory.view",
        "log.set_demo_clock",
        "log.view_events",
        "orders.edit",
        "orders.ship",
        "orders.view",
        "organisation.view",
        "planning.view",
        "production.report",
        "production.view",
        "purchasing.edit",
        "purchasing.receive",
        "purchasing.view",
        "scheduling.plan",
        "scheduling.publish",
        "scheduling.view",
    }
)


def let_in(*, by: Actor) -> Path:
    """The file with its token; made at the first start, and anew when it lets nobody in any more:
    lost, half written, at its end, or of a plant that was here before.
    """
    path = settings.DATA / "plant-of-truth.token"
    account = _account(by)
    if path.exists() and actor_of_token(path.read_text("utf-8"), now=clock.real_now()):
        return path
    fresh = fresh_token()
    end = clock.real_now() + TOKEN_LIVES
    new = NewToken.of(fresh, account=account, name="reports of the demo", expires_at=end)
    issue_tokens(tokens=[new], by=by, source="system")
    path.unlink(missing_ok=True)  # so that none but the owner reads the new one
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as file:
        file.write(fresh.text)
    return path


def arguments(site: str, token: Path, *, rate: int) -> Sequence[str]:
    """How to start it beside the web process of this demo."""
    _, _, port = environment.read("OBEYA_HTTP").rpartition(":")
    memory = settings.DATA / "plant-of-truth.json"
    return (
        *("--url", f"http://127.0.0.1:{port}", "--site", site, "--token-file", str(token)),
        *("--memory", str(memory), "--rate", str(rate)),
    )


def _account(by: Actor) -> Account:
    """With its role; what an earlier start has left undone is done now."""
    account = Account.objects.filter(username=ACCOUNT).first()
    if account is None:
        new = NewAccount(ACCOUNT, kind="integration")
        [account] = create_accounts(accounts=[new], by=by, source="system")
    role = _role(by)
    if not account.assignments.filter(role=role).exists():
        assign_roles(assignments=[Assignment(account, role)], by=by, source="system")
    return account


def _role(by: Actor) -> Role:
    """With what a newer version asks for besides; what the plant has taken away stays away."""
    decided = RolePermission.objects.filter(role__code=ROLE)
    known = dict(decided.values_list("permission", "is_granted"))
    if not MAY - set(known):
        return Role.objects.get(code=ROLE)
    granted = {permission for permission in MAY | set(known) if known.get(permission, True)}
    edit = RoleEdit(ROLE, frozenset(granted), "Plant of truth")
    [role] = save_roles(roles=[edit], by=by, source="system")
    return role
