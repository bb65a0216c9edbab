"""`obeya account`: let somebody in from the command line, as the first administrator needs it."""

from argparse import ArgumentParser, Namespace

from django.apps import apps
from django.utils.translation import gettext as _

from obeya.plant.log.access.actions import NewAccount, create_accounts
from obeya.plant.log.access.actions.roles import Assignment, assign_roles
from obeya.plant.log.access.passwords import one_time_password
from obeya.plant.log.actor import system_actor
from obeya.plant.log.command import Command
from obeya.plant.log.models import Account, Role
from obeya.plant.log.refusal import Refusal


class UnknownRole(Refusal):
    """No role of this code."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username", help="made when there is no such account yet")
    parser.add_argument("--role", required=True, help="planner, supervisor, operator, …")
    parser.add_argument("--site", default="", help="only there; default: everywhere")


def run(options: Namespace) -> None:
    role = Role.objects.filter(code=options.role).first()
    site = apps.get_model("resources", "Site").objects.filter(code=options.site).first()
    if role is None or (options.site and site is None):
        known = ", ".join(Role.objects.order_by("code").values_list("code", flat=True))
        raise UnknownRole(_("There is no such role or site. Roles are: %s.") % known)
    by, password = system_actor(), ""
    account = Account.objects.filter(username=options.username.strip().lower()).first()
    if account is None:
        password = one_time_password()
        [account] = create_accounts(
            accounts=[NewAccount(options.username, password=password)], by=by, source="cli"
        )
    assign_roles(assignments=[Assignment(account, role, site)], by=by, source="cli")
    print(_("%(name)s is now %(role)s.") % {"name": account.username, "role": role.name})
    if password:
        print(_("One-time password: %s — it is not shown again.") % password)


ACCOUNT = Command(
    "account", "Let somebody in, with a role and a one-time password", run, _arguments
)
