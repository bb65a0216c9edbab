"""The verbs of the access side."""

from obeya.plant.log.access.actions.accounts import (
    NewAccount,
    NewPassword,
    change_password,
    close_accounts,
    create_accounts,
    open_accounts,
    reset_passwords,
)
from obeya.plant.log.access.actions.roles import (
    Assignment,
    RoleEdit,
    assign_roles,
    renew_shipped_roles,
    revoke_roles,
    save_roles,
)
from obeya.plant.log.access.actions.tokens import (
    NewToken,
    issue_tokens,
    revoke_own_tokens,
    revoke_tokens,
)

__all__ = [
    "Assignment",
    "NewAccount",
    "NewPassword",
    "NewToken",
    "RoleEdit",
    "assign_roles",
    "change_password",
    "close_accounts",
    "create_accounts",
    "issue_tokens",
    "open_accounts",
    "renew_shipped_roles",
    "reset_passwords",
    "revoke_own_tokens",
    "revoke_roles",
    "revoke_tokens",
    "save_roles",
]
