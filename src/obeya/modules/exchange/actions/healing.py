"""The one-click remedies of the data doctor: each is a verb of the room that owns the rows."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import time

from obeya.modules.engineering.public import (
    OperationRow,
    archive_materials,
    operation_rows,
    save_operations,
)
from obeya.modules.exchange.doctor import CHECKS
from obeya.modules.exchange.events import DataHealed
from obeya.modules.organisation.public import (
    CalendarRow,
    calendar_rows,
    equipment_rows,
    save_calendars,
    save_equipment,
)
from obeya.modules.purchasing.public import purchase_rows, save_purchase_orders
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site

#: of a plant that has none yet; its name says on every page that nobody has told it
ASSUMED = [
    CalendarRow(
        "ASSUMED",
        shift=shift,
        days="Mon-Fri",
        starts_at=time(begins),
        ends_at=time(ends),
        name="Assumed: two shifts, nobody has said them yet",
    )
    for shift, begins, ends in (("Early", 6, 14), ("Late", 14, 22))
]


class NoRemedy(Refusal):
    """What this check finds is put right by hand."""


class NotSick(Refusal):
    """The rows are in order by now."""


@action(permission="exchange.import_plant")
def heal(*, site: Site, check: str, codes: Sequence[str], by: Actor) -> int:
    """Apply the remedy of a check to rows that it still finds; all of them or none."""
    examine = next((each for each in CHECKS if each.__name__ == check), None)
    if examine is None or check not in REMEDIES:
        raise NoRemedy("What this check finds is put right by hand: open each row.")
    found = {each.code for each in examine(site, clock.now()).rows}
    if not codes or not set(codes) <= found:
        named = ", ".join(sorted(set(codes) - found)[:5]) or "nothing"
        raise NotSick(f"In order by now: {named}. Nothing was changed; look at the list again.")
    REMEDIES[check](site, sorted(set(codes)), by)
    publish(DataHealed(check, len(set(codes))), site=site)
    return len(set(codes))


def _cancel(site: Site, codes: Sequence[str], by: Actor) -> None:
    rows = purchase_rows(site=site, numbers=codes, by=by)
    cancelled = [dataclasses.replace(row, is_cancelled=True) for row in rows]
    save_purchase_orders(site=site, rows=cancelled, by=by)


def _archive(site: Site, codes: Sequence[str], by: Actor) -> None:
    archive_materials(site=site, codes=codes, by=by)


def _confirm(site: Site, codes: Sequence[str], by: Actor) -> None:
    """The assumed values become what somebody has said."""
    wanted = set(codes)
    found = [r for r in operation_rows(site=site, by=by) if f"{r.material} · {r.number}" in wanted]
    marks = dict.fromkeys(OperationRow.ASSUMED.values(), False)
    rows = [dataclasses.replace(row, **marks) for row in found]
    save_operations(site=site, rows=rows, by=by)


def _give_calendar(site: Site, codes: Sequence[str], by: Actor) -> None:
    all_rows = equipment_rows(site=site, by=by)
    used = Counter(row.calendar for row in all_rows if row.calendar)
    known = sorted({row.calendar for row in calendar_rows(site=site, by=by)})
    if not known:  # a list of another program seldom brings shifts
        save_calendars(site=site, rows=ASSUMED, by=by)
        known = [ASSUMED[0].calendar]
    usual = used.most_common(1)[0][0] if used else known[0]
    wanted = set(codes)
    rows = [dataclasses.replace(row, calendar=usual) for row in all_rows if row.code in wanted]
    save_equipment(site=site, rows=rows, by=by)


REMEDIES: Mapping[str, Callable[[Site, Sequence[str], Actor], None]] = {
    "assumed_times": _confirm,
    "dead_purchases": _cancel,
    "never_used": _archive,
    "machines_without_calendar": _give_calendar,
}
