"""What the kernel itself hands in, as if it were a room."""

from django.utils.translation import gettext_lazy as _

from obeya.plant.log import (
    parked,  # noqa: F401 - declares verbs and events
    runs,  # noqa: F401
    seals,
    signals,
    sweeping,
)
from obeya.plant.log.rooms import Module, TimetableEntry, Topic

MODULE = Module(
    name="log",
    title=_("Log"),
    topics=[Topic("runs", view="log.start_run", kinds=["log.run_asked", "log.run_ended"])],
    permissions={
        "log.view_events": _("See what happened"),
        "log.retry_deliveries": _("Try parked reactions again"),
        "log.start_run": _("Start long work"),
        "log.cancel_runs": _("Cancel long work"),
        "log.set_demo_clock": _("Set the clock of a demo plant"),
    },
    roles={
        "administrator": [
            "log.view_events",
            "log.retry_deliveries",
            "log.start_run",
            "log.cancel_runs",
        ],
        "plant_director": ["log.view_events"],
        "production_manager": ["log.view_events", "log.start_run", "log.cancel_runs"],
        "planner": ["log.view_events", "log.start_run", "log.cancel_runs"],
    },
    timetable=[
        TimetableEntry("log.seal", seals.seal_by_timetable, every_s=3600),
        TimetableEntry("log.sweep_keys", sweeping.sweep_keys, every_s=86_400),
        TimetableEntry("log.sweep_signals", signals.sweep, every_s=300),
    ],
)
