"""A release beside what holds now: each line with its harm, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from obeya.engines.calloffs.compare import Difference, State, compare, overlaid
from obeya.engines.calloffs.reconcile import Explained
from obeya.modules.calloffs.bridge import KeptLine, explained_by, state_of
from obeya.modules.calloffs.demands import moves_of
from obeya.modules.calloffs.docks import meant
from obeya.modules.calloffs.models import CallOffRelease, ScheduleAgreement
from obeya.plant.log.checking import rows_of
from obeya.plant.resources.models import Material, MaterialAtSite

DAY_S = 86_400


@dataclass(frozen=True)
class Compared:
    kept: KeptLine
    material: Material
    agreement: ScheduleAgreement | None  # None: the first call-off of this part there
    difference: Difference
    explained: Explained | None
    rivals: Sequence[ScheduleAgreement] = ()  # it may be for one of these, nothing says for which


def agreements_of(release: CallOffRelease) -> list[ScheduleAgreement]:
    """Those that the lines of the release may be for."""
    found = ScheduleAgreement.objects.filter(
        site_id=release.site_id, customer_id=release.customer_id
    )
    return list(found.select_related("material", "customer"))


def compared(release: CallOffRelease, *, today: date) -> list[Compared]:
    """As the plant stands; its number of queries does not depend on that of the lines."""
    agreements = agreements_of(release)
    kept = meant([KeptLine.of(each) for each in release.lines], agreements)
    moves = moves_of(agreements)
    ids = {each.line.material_id for each in kept}
    materials = {each.pk: each for each in rows_of(Material.objects.all(), "pk", ids)}
    here = MaterialAtSite.objects.filter(site_id=release.site_id)
    leads = {each.material_id: each.lead_time_s for each in rows_of(here, "material_id", ids)}
    found = []
    for one in kept:
        each, agreement = one.line, one.agreement
        before = state_of(agreement) if agreement else None
        if not each.is_whole:
            each = _over(before, each, release.issued_on)
        explained = None
        if agreement is not None:
            explained = explained_by(agreement, each.line, moves[agreement.pk], release.site)
        after = State(
            release.issued_on,
            each.line.slots,
            each.line.cumulative_received,
            each.line.cumulative_from,
        )
        difference = compare(
            before,
            after,
            reachable_on=today + timedelta(days=-(-leads.get(each.material_id, 0) // DAY_S)),
            explained=explained,
        )
        material = materials[each.material_id]
        found.append(Compared(each, material, agreement, difference, explained, one.rivals))
    return in_order(found)


def _over(before: State | None, called: KeptLine, issued_on: date) -> KeptLine:
    """A just-in-time call, with what it leaves of the schedule before."""
    line = called.line
    counts_on = before and before.received is not None and line.cumulative_received is None
    slots = overlaid(
        line.slots, before.slots if before else (), from_on=None if counts_on else issued_on
    )
    return replace(called, line=replace(line, slots=slots))


def in_order(found: Sequence[Compared]) -> list[Compared]:
    return sorted(found, key=lambda each: (each.difference.order, each.kept.line.position))
