"""What happened to accounts, roles and tokens. Ids only: names of people stay out of the log."""

from dataclasses import dataclass

from obeya.plant.log.events import event

VIEW = "access.view"


@event("access.accounts_created", view=VIEW)
@dataclass(frozen=True)
class AccountsCreated:
    accounts: list[int]


@event("access.accounts_closed", view=VIEW)
@dataclass(frozen=True)
class AccountsClosed:
    accounts: list[int]


@event("access.accounts_opened", view=VIEW)
@dataclass(frozen=True)
class AccountsOpened:
    accounts: list[int]


@event("access.password_changed", view=VIEW)
@dataclass(frozen=True)
class PasswordChanged:
    account: int


@event("access.passwords_reset", view=VIEW)
@dataclass(frozen=True)
class PasswordsReset:
    accounts: list[int]


@event("access.roles_assigned", view=VIEW)
@dataclass(frozen=True)
class RolesAssigned:
    accounts: list[int]
    roles: list[str]


@event("access.roles_revoked", view=VIEW)
@dataclass(frozen=True)
class RolesRevoked:
    accounts: list[int]
    roles: list[str]


@event("access.roles_saved", view=VIEW)
@dataclass(frozen=True)
class RolesSaved:
    """The plant's own edits of roles."""

    roles: list[str]


@event("access.shipped_roles_renewed", view=VIEW)
@dataclass(frozen=True)
class ShippedRolesRenewed:
    """The rooms of this version ship other permissions than the last one."""

    added: list[str]  # role:permission
    removed: list[str]


@event("access.tokens_issued", view=VIEW)
@dataclass(frozen=True)
class TokensIssued:
    tokens: list[int]
    accounts: list[int]


@event("access.tokens_revoked", view=VIEW)
@dataclass(frozen=True)
class TokensRevoked:
    tokens: list[int]
