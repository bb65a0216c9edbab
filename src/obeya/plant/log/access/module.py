"""What the access side of the house declares: the bottom-most room, with no pages of its own."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log import attachments, comments, custom_fields, numbers, search_index  # noqa: F401 - declare verbs
from obeya.plant.log.access.command import ACCOUNT
from obeya.plant.log.access.first_start import first_way_in, make_demo_accounts, renew_roles
from obeya.plant.log.access.grants import OWN_ACCOUNT
from obeya.plant.log.actor import Actor
from obeya.plant.log.api.command import ACTION
from obeya.plant.log.rooms import Module, Proof
from obeya.plant.log.search import REINDEX


def fill_demo(*, by: Actor) -> None:
    make_demo_accounts()


MODULE = Module(
    name="access",
    title=_("Access"),
    permissions={
        OWN_ACCOUNT: _("Change the own password and issue own tokens"),
        "access.view": _("See accounts, roles and tokens"),
        "access.create_accounts": _("Create, close and open accounts"),
        "access.reset_passwords": _("Give somebody a new one-time password"),
        "access.assign_roles": _("Give and take roles"),
        "access.edit_roles": _("Change what a role may do"),
        "access.issue_tokens": _("Issue and revoke tokens of devices and integrations"),
        "access.edit_custom_fields": _("Define the plant's own fields"),
        "access.edit_number_series": _("Set prefixes and next numbers of documents"),
    },
    roles={
        "administrator": [
            "access.view",
            "access.create_accounts",
            "access.reset_passwords",
            "access.assign_roles",
            "access.edit_roles",
            "access.issue_tokens",
            "access.edit_custom_fields",
            "access.edit_number_series",
        ],
        "plant_director": ["access.view"],
        "production_manager": ["access.view"],
    },
    after_migrate=[renew_roles, search_index.install],
    proofs=[Proof("files are what their rows say", attachments.false_files)],
    first_start=[first_way_in],
    demo=fill_demo,
    cli=[ACTION, ACCOUNT, REINDEX],
)
