"""An empty plant gets its first way in: an administrator, or the people of a demo."""

from django.conf import settings

from obeya.plant.log.access.actions import (
    NewAccount,
    NewPassword,
    create_accounts,
    renew_shipped_roles,
    reset_passwords,
)
from obeya.plant.log.access.actions.roles import Assignment, assign_roles, shipped_permissions
from obeya.plant.log.access.demo_log_ins import DEMO_LOG_INS, DEMO_PASSWORD
from obeya.plant.log.access.passwords import one_time_password
from obeya.plant.log.access.shipped import ADMINISTRATOR, SHIPPED_ROLES
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account, Role, RolePermission


def renew_roles() -> bool:
    """After every migrate: bring the shipped roles up to date. False: they were."""
    shipped = RolePermission.objects.filter(is_plants_own=False)
    own = RolePermission.objects.filter(is_plants_own=True)
    kept = set(own.values_list("role__code", "permission"))
    present = set(shipped.values_list("role__code", "permission"))
    roles = set(Role.objects.values_list("code", flat=True))
    if present == shipped_permissions() - kept and set(SHIPPED_ROLES) <= roles:
        return False
    renew_shipped_roles(by=system_actor(), source="system")
    return True


def make_administrator() -> str | None:
    """The one-time password of a new account "admin"; None where people have accounts already."""
    if Account.objects.exclude(kind="system").exists():
        return None
    password = one_time_password()
    _make({"admin": ADMINISTRATOR}, password, must_change_password=True)
    return password


def make_demo_accounts() -> None:
    """Invented people who share one printed password; never beside anybody's real account."""
    invented = {each.username: each.role for each in DEMO_LOG_INS}
    there = set(Account.objects.exclude(kind="system").values_list("username", flat=True))
    if there - set(invented):
        return
    if wanted := set(invented) - there:
        _make({n: invented[n] for n in wanted}, DEMO_PASSWORD, must_change_password=False)
    # migrating before the demo made an administrator whose one-time password nobody has used
    unused = Account.objects.filter(
        username__in=invented, must_change_password=True, last_login=None
    )
    if resets := [NewPassword(each, DEMO_PASSWORD, must_change_password=False) for each in unused]:
        reset_passwords(resets=resets, by=system_actor(), source="system")


def first_way_in() -> str | None:
    """What to print at the first start; None at every later one."""
    if settings.DEMO:
        make_demo_accounts()
        names = ", ".join(each.username for each in DEMO_LOG_INS)
        return f"Log in as {names}; the password of all is: {DEMO_PASSWORD}"
    if password := make_administrator():
        return f"Log in as admin with the one-time password {password} — it is not shown again."
    return None


def _make(role_of: dict[str, str], password: str, *, must_change_password: bool) -> None:
    renew_roles()
    by = system_actor()
    accounts = create_accounts(
        accounts=[
            NewAccount(name, password=password, must_change_password=must_change_password)
            for name in role_of
        ],
        by=by,
        source="system",
    )
    roles = Role.objects.in_bulk(list(role_of.values()), field_name="code")
    assign_roles(
        assignments=[Assignment(account, roles[role_of[account.username]]) for account in accounts],
        by=by,
        source="system",
    )
