"""From roles to what an actor may do where: frozen, loaded once per account and stamp."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from obeya.plant.log.actor import ENTERPRISE, EVERY_PERMISSION, Actor, Grants, Scope
from obeya.plant.log.models import Account, RoleAssignment, RolePermission

# Whoever has an account may look after it, whatever the roles.
OWN_ACCOUNT = "access.use_own_account"

_loaded: dict[int, tuple[int, Grants]] = {}  # account → stamp, grants; one entry per account


def load_actor(account: Account, *, on_behalf_of: Account | None = None) -> Actor:
    """The account as an actor. Any change of its roles renews its access_stamp."""
    known = _loaded.get(account.pk)
    if known is None or known[0] != account.access_stamp:
        known = _loaded[account.pk] = (account.access_stamp, _read(account))
    return Actor(
        account_id=account.pk,
        name=account.username,
        kind=account.kind,
        language=account.language,
        grants=known[1],
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
    )


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


def _read(account: Account) -> Grants:
    scopes: dict[int, set[Scope]] = {}
    assigned = RoleAssignment.objects.filter(account=account)
    for role_id, site_id, path in assigned.values_list("role_id", "site_id", "equipment__path"):
        scopes.setdefault(role_id, set()).add(Scope(site_id, path or ""))
    grants: dict[str, frozenset[Scope]] = {OWN_ACCOUNT: ENTERPRISE}
    granted = RolePermission.objects.filter(role__in=scopes, is_granted=True)
    for role_id, permission in granted.values_list("role_id", "permission"):
        grants[permission] = grants.get(permission, frozenset()) | scopes[role_id]
    return MappingProxyType(grants)


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
