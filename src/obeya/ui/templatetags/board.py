"""The words of the planning board's island: translated here, read there as JSON."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def board_words() -> dict[str, object]:
    return {
        "now": _("now"),
        "due": _("Due"),
        "dueFlag": _("due"),
        "machine": _("Machine"),
        "begin": _("Begin"),
        "end": _("End"),
        "setup": _("Setup"),
        "state": _("State"),
        "states": [_("Proposed"), _("Firm"), _("Released"), _("Running"), _("Interrupted")],
        "locked": _("Locked"),
        "order": _("Order"),
        "late": _("Late by"),
        "move": _("Move to…"),
        "fixed": _("This operation has begun or is locked. Unlock it first."),
        "cancelled": _("Left where it was."),
        "notHere": _("This machine cannot do the operation. Drop it on a marked row."),
        "offline": _("No connection to Obeya. Nothing was changed. Try again in a moment."),
        "stale": _("Somebody changed the plan meanwhile. Look at it, then decide again."),
        "refused": _("That cannot be done. Nothing was changed."),
        "nowLate": _("Now late:"),
        "nowMet": _("In time again:"),
        "done": _("Done."),
        "notFound": _("Nothing on this plan is called so."),
        "gone": _("That operation is not on this plan any more: it is done, or planned anew."),
        "published": _("The plan is published."),
        "revision": _("Changes in this draft"),
        "lateOrders": _("Late orders"),
        "setupHours": _("Setup hours"),
    }
