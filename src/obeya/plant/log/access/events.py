"""What happened to accounts, roles and tokens. Ids only: names of people stay out of the log."""

from dataclasses import dataclass

from obeya.plant.log.events import event

VIEW = "access.view"


@event("access.accounts_created", view=VIEW)
@dataclass(frozen=True)
class AccountsCreated:
    """People, devices or integrations were given a way in."""

    accounts: list[int]


@event("access.accounts_closed", view=VIEW)
@dataclass(frozen=True)
class AccountsClosed:
    """Nobody gets in with them any more."""

    accounts: list[int]


@event("access.accounts_opened", view=VIEW)
@dataclass(frozen=True)
class AccountsOpened:
    """Closed accounts work again."""

    accounts: list[int]


@event("access.password_changed", view=VIEW)
@dataclass(frozen=True)
class PasswordChanged:
    """Somebody chose a new password; their other log-ins ended."""

    account: int


@event("access.passwords_reset", view=VIEW)
@dataclass(frozen=True)
class PasswordsReset:
    """Somebody was given a one-time password."""

    accounts: list[int]


@event("access.roles_assigned", view=VIEW)
@dataclass(frozen=True)
class RolesAssigned:
    """Accounts may do more, there."""

    accounts: list[int]
    roles: list[str]


@event("access.roles_revoked", view=VIEW)
@dataclass(frozen=True)
class RolesRevoked:
    """Accounts may do less."""

    accounts: list[int]
    roles: list[str]


@event("access.roles_saved", view=VIEW)
@dataclass(frozen=True)
class RolesSaved:
    """The plant changed what a role may do."""

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
    """A program was given a key."""

    tokens: list[int]
    accounts: list[int]


@event("access.tokens_revoked", view=VIEW)
@dataclass(frozen=True)
class TokensRevoked:
    """Keys of programs stopped working."""

    tokens: list[int]
