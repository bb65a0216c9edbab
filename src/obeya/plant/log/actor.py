"""Who acts: a person, device, integration or the system itself, with what it may do, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from obeya.plant.log.refusal import NotPermitted

EVERY_PERMISSION = "*"


class AtSite(Protocol):
    @property
    def pk(self) -> int: ...


class InTree(Protocol):
    site_id: int
    path: str


@dataclass(frozen=True)
class Scope:
    """Where a permission holds: the enterprise, one site, or one branch of its equipment tree."""

    site_id: int | None = None
    path: str = ""

    def covers(self, site_id: int | None, path: str | None) -> bool:
        if self.site_id is None or site_id is None:  # enterprise, or "anywhere" is asked
            return True
        if self.site_id != site_id:
            return False
        return not self.path or (path is not None and path.startswith(self.path))


ENTERPRISE = frozenset({Scope()})
Grants = Mapping[str, frozenset[Scope]]


@dataclass(frozen=True)
class Actor:
    account_id: int
    name: str
    kind: str = "person"
    language: str = "en"
    grants: Grants = field(default_factory=lambda: MappingProxyType({}), hash=False, compare=False)
    on_behalf_of_id: int | None = None

    def may(
        self,
        permission: str,
        *,
        site: AtSite | None = None,
        equipment: InTree | None = None,
    ) -> bool:
        """Without site and equipment: may this actor do it anywhere at all?"""
        site_id = site.pk if site is not None else None
        path = None
        if equipment is not None:
            site_id, path = equipment.site_id, equipment.path
        held = self.grants.get(permission, frozenset()) | self.grants.get(
            EVERY_PERMISSION, frozenset()
        )
        return any(scope.covers(site_id, path) for scope in held)

    def must(
        self,
        permission: str,
        *,
        site: AtSite | None = None,
        equipment: InTree | None = None,
    ) -> None:
        if not self.may(permission, site=site, equipment=equipment):
            place = equipment if equipment is not None else site
            where = f" at {place}" if place is not None else ""
            raise NotPermitted(
                f"{self.name} may not do this{where}: the permission {permission} is missing."
                " Ask an administrator for a role that has it."
            )

    def may_everywhere(self, permission: str) -> bool:
        """At every site, also those that are opened later."""
        held = self.grants.get(permission, frozenset()) | self.grants.get(
            EVERY_PERMISSION, frozenset()
        )
        return Scope() in held

    def branches(self, permission: str, site: AtSite) -> tuple[str, ...] | None:
        """Paths of the equipment under which the permission holds; None is the whole site."""
        held = self.grants.get(permission, frozenset()) | self.grants.get(
            EVERY_PERMISSION, frozenset()
        )
        paths = {scope.path for scope in held if scope.site_id in (None, site.pk)}
        return None if "" in paths else tuple(sorted(paths))

    def must_within(self, permission: str, site: AtSite) -> None:
        """At the site or in some branch of it: whoever asks this asks `branches` for the rest."""
        if self.branches(permission, site) == ():
            self.must(permission, site=site)

    def must_at(self, permission: str, site: AtSite | None) -> None:
        """For what belongs to this site or, with None, to the whole enterprise."""
        if site is None:
            self.must_everywhere(permission)
        else:
            self.must(permission, site=site)

    def must_everywhere(self, permission: str) -> None:
        """For what belongs to no site: one site's right is not enough."""
        if not self.may_everywhere(permission):
            raise NotPermitted(
                f"{self.name} may not do this for the whole enterprise: the permission"
                f" {permission} is missing there. Ask an administrator for a role that has it."
            )


def system_actor(name: str = "system") -> Actor:
    """The house itself: worker and command line. Holds every permission."""
    from obeya.plant.log.models import Account  # noqa: PLC0415 - models need a ready registry

    account, _ = Account.objects.get_or_create(username=name, defaults={"kind": "system"})
    if account.kind != "system":
        raise ValueError(f"The account {name} is a {account.kind}; a system actor needs its own.")
    return Actor(
        account_id=account.pk,
        name=name,
        kind="system",
        grants=MappingProxyType({EVERY_PERMISSION: ENTERPRISE}),
    )
