"""The doors for files: workbooks, CSV, other planning programs."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.cli import COMMANDS
from obeya.modules.exchange.kinds import TAKE_OVER, UNDO
from obeya.modules.exchange.pasting_places import paste_into
from obeya.modules.exchange.reactions import REACTIONS
from obeya.modules.exchange.shadow import cli as shadow
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.sweeping import sweep_imports
from obeya.modules.exchange.taking_over import run_take_over
from obeya.modules.exchange.tiles import TILES
from obeya.modules.exchange.undo.working import run_undo
from obeya.modules.exchange.warming import warm_up
from obeya.plant.log import clock
from obeya.plant.log.command import Bench
from obeya.plant.log.rooms import MenuItem, Module, TimetableEntry, Topic
from obeya.ui.lists.pasting import offer_pasting

offer_pasting(paste_into, clock.now)


def _benches() -> Sequence[Bench]:
    from obeya.modules.exchange.benches import BENCHES  # noqa: PLC0415 - loads what they measure

    return BENCHES


MODULE = Module(
    name="exchange",
    title=_("Import and export"),
    permissions={
        "exchange.import_plant": _("Import a plant from a file"),
        "exchange.export_plant": _("Export a plant to a file"),
    },
    roles={
        "administrator": ["exchange.import_plant", "exchange.export_plant"],
        "plant_director": ["exchange.export_plant"],
        "production_manager": ["exchange.import_plant", "exchange.export_plant"],
        "planner": ["exchange.export_plant"],
    },
    menu=[
        MenuItem("Settings", _("Import"), "exchange:import", "exchange.import_plant"),
        MenuItem("Settings", _("Shadow"), "exchange:shadow", "exchange.import_plant"),
        MenuItem("Settings", _("Data doctor"), "exchange:doctor", "exchange.import_plant"),
    ],
    reactions=REACTIONS,
    runners={TAKE_OVER: run_take_over, UNDO: run_undo},
    topics=[Topic("runs", view="exchange.import_plant")],
    timetable=[
        TimetableEntry("exchange.sweep_imports", sweep_imports, every_s=86_400),
        TimetableEntry("exchange.shadow", run_due, every_s=60),
    ],
    tiles=TILES,
    cli=(*COMMANDS, *shadow.COMMANDS),
    benches=_benches,
    warm_up=warm_up,
)
