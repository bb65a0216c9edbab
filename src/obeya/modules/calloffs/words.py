"""What each harm is called, and how loudly."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Any] = {
    "firm_breach": _("firm zone broken"),
    "mismatch": _("cumulative mismatch, unexplained"),
    "more_within_lead_time": _("more within the lead time"),
    "new_part": _("new part"),
    "more": _("more"),
    "less": _("less"),
    "moved": _("moved"),
    "explained": _("cumulative mismatch, explained"),
    "none": _("as before"),
}
TONES: Mapping[str, str] = {
    "firm_breach": "danger",
    "mismatch": "danger",
    "more_within_lead_time": "warning",
    "new_part": "warning",
}
ZONES: Mapping[str, Any] = {
    "firm": _("firm"),
    "release": _("release"),
    "forecast": _("forecast"),
}
