"""The roles that come with Obeya; the rooms say what each may do in them."""

from django.utils.translation import gettext_lazy as _

ADMINISTRATOR = "administrator"

SHIPPED_ROLES = {
    "plant_director": _("Plant director"),
    "production_manager": _("Production manager"),
    "planner": _("Planner"),
    "buyer": _("Buyer"),
    "supervisor": _("Supervisor"),
    "operator": _("Operator"),
    "warehouse": _("Warehouse"),
    "quality": _("Quality"),
    "process_engineer": _("Process engineer"),
    "maintenance": _("Maintenance"),
    "hse": _("Health, safety, environment"),
    "hr_controlling": _("HR and controlling"),
    ADMINISTRATOR: _("Administrator"),
    "guest": _("Guest"),
}
