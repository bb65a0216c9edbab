"""The plant never locks itself out."""

from django.utils.translation import gettext as _

from obeya.plant.log.access.shipped import ADMINISTRATOR
from obeya.plant.log.models import RoleAssignment
from obeya.plant.log.refusal import Refusal


class NoAdministratorLeft(Refusal):
    """Nobody could give roles any more."""


def must_leave_an_administrator() -> None:
    left = RoleAssignment.objects.filter(
        role__code=ADMINISTRATOR, site=None, account__is_active=True, account__archived_at=None
    )
    if not left.exists():
        raise NoAdministratorLeft(
            _("No administrator of the whole enterprise would be left. Name another one first.")
        )
