"""A release beside what holds now: each line with its harm, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from obeya.engines.calloffs.calls import Called
from obeya.engines.calloffs.compare import Difference, State, compare
from obeya.engines.calloffs.reconcile import Explained
from obeya.modules.calloffs.bridge import KeptLine, called_of, explained_by, state_of
from obeya.modules.calloffs.demands import moves_of
from obeya.modules.calloffs.docks.deciding import meant
from obeya.modules.calloffs.docks.meant import Meant
from obeya.modules.calloffs.models import CallOffRelease, ScheduleAgreement
from obeya.plant.log.checking import rows_of
from obeya.plant.resources.models import Material, MaterialAtSite

DAY_S = 86_400


@dataclass(frozen=True)
class Compared:
    meant: Meant
    kept: KeptLine  # of a just-in-time call: with all that is wanted then
    material: Material
    difference: Difference
    explained: Explained | None
    called: Called | None  # of a just-in-time call: with it, what holds dock by dock

    @property
    def agreement(self) -> ScheduleAgreement | None:
        """None: the first call-off of this part there."""
        return self.meant.agreement


def agreements_of(release: CallOffRelease) -> list[ScheduleAgreement]:
    """Those that the lines of the release may be for."""
    found = ScheduleAgreement.objects.filter(
        site_id=release.site_id, customer_id=release.customer_id
    )
    return list(found.select_related("material", "customer"))


def compared(release: CallOffRelease, *, today: date) -> list[Compared]:
    """As the plant stands; its number of queries does not depend on that of the lines."""
    agreements = agreements_of(release)
    lines = [KeptLine.of(each) for each in release.lines]
    moves = moves_of(agreements)
    ids = {each.material_id for each in lines}
    materials = {each.pk: each for each in rows_of(Material.objects.all(), "pk", ids)}
    here = MaterialAtSite.objects.filter(site_id=release.site_id)
    leads = {each.material_id: each.lead_time_s for each in rows_of(here, "material_id", ids)}
    found = []
    for one in meant(lines, agreements, on=release.issued_on):
        kept, agreement = one.line, one.agreement
        before = state_of(agreement) if agreement else None
        called = None
        if not kept.is_whole:
            called = _called(one, before, release.issued_on)
            kept = replace(kept, line=replace(kept.line, slots=called.slots))
        explained = None
        if agreement is not None:
            explained = explained_by(agreement, kept.line, moves[agreement.pk], release.site)
        after = State(
            release.issued_on,
            kept.line.slots,
            kept.line.cumulative_received,
            kept.line.cumulative_from,
        )
        difference = compare(
            before,
            after,
            reachable_on=today + timedelta(days=-(-leads.get(kept.material_id, 0) // DAY_S)),
            explained=explained,
        )
        material = materials[kept.material_id]
        found.append(Compared(one, kept, material, difference, explained, called))
    return in_order(found)


def _called(one: Meant, before: State | None, issued_on: date) -> Called:
    """A just-in-time call, with what it leaves of the schedule, and of other docks' calls, before.

    What was due before its day is over. But not where the customer's cumulative quantity is as old
    as the schedule, because what was shipped on it is still to be set off; nor what other docks
    were called for with the same day's calls.
    """
    held, calls = called_of(one.agreement).without(one.gone), one.calls or {}
    line = one.line.line
    counts_on = before and before.received is not None and line.cumulative_received is None
    if not counts_on:
        is_same_day = before is not None and before.issued_on == issued_on
        held = held.over_since(issued_on, but=held.docks.keys() - calls if is_same_day else ())
    return held.called(calls)


def in_order(found: Sequence[Compared]) -> list[Compared]:
    return sorted(found, key=lambda each: (each.difference.order, each.kept.line.position))
