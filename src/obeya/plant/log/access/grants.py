"""From roles to what an actor may do where: frozen, loaded once per account and stamp."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from obeya.plant.log.actor import ENTERPRISE, EVERY_PERMISSION, Actor, Grants, Scope
from obeya.plant.log.models import Account, RoleAssignment, RolePermission
from obeya.plant.log.models.account import fresh_stamp

# Whoever has an account may look after it, whatever the roles.
OWN_ACCOUNT = "access.use_own_account"

_loaded: dict[int, tuple[int, Grants]] = {}  # account → stamp, grants; one entry per account


def load_actor(account: Account, *, on_behalf_of: Account | None = None) -> Actor:
    """The account as an actor. Any change of its roles renews its access_stamp."""
    return Actor(
        account_id=account.pk,
        name=account.username,
        kind=account.kind,
        language=account.language,
        grants=load_grants([account])[account.pk],
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )


def load_grants(accounts: Sequence[Account]) -> dict[int, Grants]:
    """What each may do, by account id; two queries for all that are not known yet."""
    stale = [a for a in accounts if _loaded.get(a.pk, (None,))[0] != a.access_stamp]
    if stale:
        read = _read(stale)
        _loaded.update({each.pk: (each.access_stamp, read[each.pk]) for each in stale})
    return {account.pk: _loaded[account.pk][1] for account in accounts}


def renew_in_tree(site_id: int) -> None:
    """The site's equipment stands elsewhere now: who has a role in a branch is loaded afresh."""
    holders = RoleAssignment.objects.filter(site=site_id).exclude(equipment=None)
    Account.objects.filter(pk__in=holders.values("account")).update(access_stamp=fresh_stamp())


def narrowed(grants: Grants, *, permissions: Iterable[str] | None, site_id: int | None) -> Grants:
    """No more than these permissions, no further than this site; None leaves as it is."""
    kept = set(grants) if permissions is None else set(permissions)
    return MappingProxyType(
        {
            permission: scopes
            for permission in kept
            if (scopes := _at(_held(grants, permission), site_id))
        }
    )


def covers(mine: Grants, others: Grants) -> bool:
    """Whether nobody gains anything by acting as the other one."""
    return all(
        any(_contains(own, scope) for own in _held(mine, permission))
        for permission, scopes in others.items()
        for scope in scopes
    )


def as_grants(permissions: Iterable[str], scope: Scope) -> Grants:
    return MappingProxyType({permission: frozenset({scope}) for permission in permissions})


def _read(accounts: Sequence[Account]) -> dict[int, Grants]:
    scopes: dict[int, dict[int, set[Scope]]] = {}  # role → account → where
    assigned = RoleAssignment.objects.filter(account__in=[account.pk for account in accounts])
    for account_id, role_id, site_id, path in assigned.values_list(
        "account_id", "role_id", "site_id", "equipment__path"
    ):
        holders = scopes.setdefault(role_id, {})
        holders.setdefault(account_id, set()).add(Scope(site_id, path or ""))
    grants: dict[int, dict[str, frozenset[Scope]]] = {
        account.pk: {OWN_ACCOUNT: ENTERPRISE} for account in accounts
    }
    granted = RolePermission.objects.filter(role__in=scopes, is_granted=True)
    for role_id, permission in granted.values_list("role_id", "permission"):
        for account_id, places in scopes[role_id].items():
            held = grants[account_id]
            held[permission] = held.get(permission, frozenset()) | places
    return {account_id: MappingProxyType(held) for account_id, held in grants.items()}


def _held(grants: Mapping[str, frozenset[Scope]], permission: str) -> frozenset[Scope]:
    return grants.get(permission, frozenset()) | grants.get(EVERY_PERMISSION, frozenset())


def _at(scopes: frozenset[Scope], site_id: int | None) -> frozenset[Scope]:
    if site_id is None:
        return scopes
    return frozenset(
        Scope(site_id) if scope.site_id is None else scope
        for scope in scopes
        if scope.site_id in (None, site_id)
    )


def _contains(outer: Scope, inner: Scope) -> bool:
    if outer.site_id is None:
        return True
    return outer.site_id == inner.site_id and inner.path.startswith(outer.path)
