"""Giving and taking roles, and saying what a role may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from obeya.plant.log import rooms
from obeya.plant.log.access import events
from obeya.plant.log.access.grants import as_grants, covers
from obeya.plant.log.access.guarding import must_leave_an_administrator
from obeya.plant.log.access.shipped import ADMINISTRATOR, SHIPPED_ROLES
from obeya.plant.log.actions import action
from obeya.plant.log.actor import EVERY_PERMISSION, Actor, Scope
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.models import Account, Role, RoleAssignment, RolePermission
from obeya.plant.log.models.account import fresh_stamp
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import NotPermitted, Problem, Refusal, RowsRefused
from obeya.plant.log.saving import update_many


@dataclass(frozen=True)
class Assignment:
    """Everywhere; at a site; or, with equipment, in that branch of its tree."""

    account: Account
    role: Role
    site: Any = None
    equipment: Any = None

    @property
    def site_id(self) -> int | None:
        return self.equipment.site_id if self.equipment is not None else _pk(self.site)

    @property
    def scope(self) -> Scope:
        return Scope(self.site_id, self.equipment.path if self.equipment is not None else "")

    @property
    def key(self) -> tuple[int, int, int | None, int | None]:
        return (self.account.pk, self.role.pk, self.site_id, _pk(self.equipment))


@dataclass(frozen=True)
class RoleEdit:
    """What the plant wants a role to permit; made when there is no such role yet."""

    code: str
    permissions: frozenset[str]
    name: str = ""


class MoreThanOwn(NotPermitted):
    """Nobody gives what they do not have."""


class NotAssigned(Refusal):
    """The account does not have this role there."""


@action(permission="access.assign_roles")
def assign_roles(*, assignments: Sequence[Assignment], by: Actor) -> list[RoleAssignment]:
    """Assignments that exist already stay as they are; with nothing new, it is refused."""
    _must_have_as_much(assignments, by)
    there = {
        (row.account_id, row.role_id, row.site_id, row.equipment_id)
        for row in RoleAssignment.objects.filter(account__in=[a.account for a in assignments])
    }
    new = {each.key: each for each in assignments if each.key not in there}
    if not new:
        raise Refusal(_("The roles are assigned already. Nothing was changed."))
    made = insert_many(
        [
            RoleAssignment(account_id=account, role_id=role, site_id=site, equipment_id=equipment)
            for account, role, site, equipment in new
        ],
        ids=True,
    )
    _renew_stamp(Q(pk__in=[each.account.pk for each in new.values()]))
    publish(
        events.RolesAssigned(
            accounts=[each.account.pk for each in new.values()],
            roles=[each.role.code for each in new.values()],
        )
    )
    return made


@action(permission="access.assign_roles")
def revoke_roles(*, assignments: Sequence[Assignment], by: Actor) -> int:
    """Take roles away, exactly where they were given."""
    _must_have_as_much(assignments, by)
    wanted = {each.key for each in assignments}
    rows = [
        row.pk
        for row in RoleAssignment.objects.filter(account__in=[a.account for a in assignments])
        if (row.account_id, row.role_id, row.site_id, row.equipment_id) in wanted
    ]
    if len(rows) < len(wanted):
        raise NotAssigned(_("An account does not have that role there. Look at its roles again."))
    RoleAssignment.objects.filter(pk__in=rows).delete()
    if any(each.role.code == ADMINISTRATOR for each in assignments):
        must_leave_an_administrator()
    _renew_stamp(Q(pk__in=[each.account.pk for each in assignments]))
    publish(
        events.RolesRevoked(
            accounts=[each.account.pk for each in assignments],
            roles=[each.role.code for each in assignments],
        )
    )
    return len(rows)


@action(permission="access.edit_roles")
def save_roles(*, roles: Sequence[RoleEdit], by: Actor) -> list[Role]:
    """The plant's own yes and no; both outlive an upgrade that ships other permissions."""
    by.must_everywhere("access.edit_roles")
    known = rooms.permissions()
    problems = [
        Problem(_("unknown permission"), _("Choose a listed one."), row, "permissions", permission)
        for row, edit in enumerate(roles)
        for permission in sorted(edit.permissions - set(known))
    ]
    if problems:
        raise RowsRefused(problems)
    codes = [edit.code for edit in roles]
    if ADMINISTRATOR in codes:
        raise Refusal(_("The administrator's role has every permission and stays so."))
    for edit in roles:
        if not covers(by.grants, as_grants(edit.permissions, Scope())):
            raise MoreThanOwn(_("You cannot put into a role what you may not do yourself."))
    saved = {role.code: role for role in Role.objects.filter(code__in=codes)}
    new = [Role(code=e.code, name=e.name or e.code) for e in roles if e.code not in saved]
    saved |= {role.code: role for role in insert_many(new, ids=True)}
    rows = {
        (row.role_id, row.permission): row
        for row in RolePermission.objects.filter(role__in=saved.values())
    }
    held: dict[int, set[str]] = {}
    for (role_id, permission), row in rows.items():
        if row.is_granted:
            held.setdefault(role_id, set()).add(permission)
    added: list[RolePermission] = []
    changed: list[RolePermission] = []
    for edit in roles:
        role = saved[edit.code]
        for permission in sorted(held.get(role.pk, set()) ^ edit.permissions):
            row = rows.get((role.pk, permission)) or RolePermission(
                role=role, permission=permission
            )
            row.is_granted, row.is_plants_own = permission in edit.permissions, True
            (changed if row.pk else added).append(row)
    insert_many(added)
    update_many(changed, ["is_granted", "is_plants_own"])
    _renew_stamp(Q(assignments__role__code__in=codes))
    publish(events.RolesSaved(roles=codes))
    return list(saved.values())


@action(permission=EVERY_PERMISSION)
def renew_shipped_roles(*, by: Actor) -> list[str]:
    """Bring the shipped roles in line with the rooms' declarations; the plant's edits stay."""
    Role.objects.bulk_create(
        [Role(code=code, name=str(name), is_shipped=True) for code, name in SHIPPED_ROLES.items()],
        ignore_conflicts=True,
    )
    roles = {role.code: role for role in Role.objects.filter(code__in=SHIPPED_ROLES)}
    wanted = {(roles[code].pk, permission) for code, permission in shipped_permissions()}
    own = RolePermission.objects.filter(role__in=roles.values(), is_plants_own=True)
    kept = set(own.values_list("role_id", "permission"))
    shipped = RolePermission.objects.filter(role__in=roles.values(), is_plants_own=False)
    present = {(row.role_id, row.permission): row.pk for row in shipped}
    added = sorted(wanted - kept - set(present))
    removed = sorted(set(present) - wanted)
    RolePermission.objects.bulk_create(
        RolePermission(role_id=role_id, permission=permission) for role_id, permission in added
    )
    RolePermission.objects.filter(pk__in=[present[each] for each in removed]).delete()
    touched = {role_id for role_id, _permission in (*added, *removed)}
    _renew_stamp(Q(assignments__role__in=touched))
    codes = {role.pk: role.code for role in roles.values()}
    publish(
        events.ShippedRolesRenewed(
            added=[f"{codes[role]}:{permission}" for role, permission in added],
            removed=[f"{codes[role]}:{permission}" for role, permission in removed],
        )
    )
    return sorted(codes[role] for role in touched)


def shipped_permissions() -> set[tuple[str, str]]:
    """(role code, permission) as the rooms declare; an administrator may do all that there is."""
    declared = {
        (code, permission)
        for room in rooms.rooms()
        for code, permissions in room.roles.items()
        for permission in permissions
    }
    if unknown := {code for code, _permission in declared} - set(SHIPPED_ROLES):
        raise ValueError(f"No shipped role is called {sorted(unknown)}. See access/shipped.py.")
    return declared | {(ADMINISTRATOR, permission) for permission in rooms.permissions()}


def _must_have_as_much(assignments: Sequence[Assignment], by: Actor) -> None:
    permissions: dict[int, list[str]] = {}
    granted = RolePermission.objects.filter(
        role__in={each.role.pk for each in assignments}, is_granted=True
    )
    for role_id, permission in granted.values_list("role_id", "permission"):
        permissions.setdefault(role_id, ["access.assign_roles"]).append(permission)
    for each in assignments:
        given = as_grants(permissions.get(each.role.pk, ["access.assign_roles"]), each.scope)
        if not covers(by.grants, given):
            raise MoreThanOwn(
                _("You cannot give or take the role %(role)s there: it holds more than you do.")
                % {"role": each.role.name}
            )


def _renew_stamp(whose: Q) -> None:
    """Their grants are loaded afresh at their next request, in every process."""
    ids = Account.objects.filter(whose).values_list("pk", flat=True).distinct()
    Account.objects.filter(pk__in=list(ids)).update(access_stamp=fresh_stamp())


def _pk(row: Any) -> int | None:
    return None if row is None else int(row.pk)
