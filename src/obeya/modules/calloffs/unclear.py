"""In words: what of a call-off may be for several agreements, and how to say for which."""

from collections.abc import Sequence

from obeya.modules.calloffs.bridge import called_of, with_dock
from obeya.modules.calloffs.differences import Compared
from obeya.modules.calloffs.docks.meant import has_docks_of_its_own
from obeya.modules.calloffs.models import ScheduleAgreement

THEN = "then accept this call-off."


def unclear(each: Compared, lines: Sequence[Compared]) -> str:
    """``lines`` are all of the message."""
    kept = each.kept
    open_ones = [one for one in each.meant.rivals if not one.dock]
    mixed = _called_otherwise(each)
    if mixed:
        return f"{_wants(each, [each])}, and {mixed}"
    said = [
        one
        for one in lines
        if (one.kept.material_id, one.kept.place) == (kept.material_id, kept.place)
    ]
    there = " and ".join(_named(one) for one in each.meant.rivals)
    if kept.line.dock and not open_ones:
        return (
            f"{_wants(each, [each])}, and nothing says whether it is for {there}, whose schedule"
            f" named no dock. Where it is, enter that dock there (ship_to {kept.ship_to}, dock"
            f" {kept.line.dock}); where it is wanted beside it, enter an agreement for"
            f" {kept.ship_to}; {THEN}"
        )
    remedy = _which_dock(open_ones[0], each) if kept.line.dock else _which_place(each)
    return f"{_wants(each, said)}, and nothing says which of it is for {there}. {remedy}"


def _wants(each: Compared, said: Sequence[Compared]) -> str:
    places = " and ".join(one.kept.ship_to or "no place" for one in said)
    return f"wants {each.material.code} at {places}"


def _named(agreement: ScheduleAgreement) -> str:
    return f"{agreement.code} ({agreement.ship_to or 'no place'})"


def _which_dock(agreement: ScheduleAgreement, each: Compared) -> str:
    kept = each.kept
    return (
        f"Enter in {agreement.code} which dock it is for (ship_to {kept.ship_to}, dock"
        f" {kept.line.dock}, or another), {THEN}"
    )


def _which_place(each: Compared) -> str:
    """Beside its docks, or instead of them; what a call wants ends nothing of a schedule."""
    place = each.kept.place or "no place"
    docks = [one for one in each.meant.rivals if has_docks_of_its_own(one)]
    remedies = ["Ask the customer for the dock"]
    if len(docks) == len(each.meant.rivals) or not each.kept.is_whole:
        remedies.append(
            f"or, where it is wanted beside what the docks get, enter an agreement for {place}"
            " first"
        )
    if each.kept.is_whole:
        first = (docks or each.meant.rivals)[0]
        remedies.append(
            "or, where it is wanted instead of what the docks get, write the place without a dock"
            f" in {first.code} (ship_to {each.kept.place or 'empty'}, dock empty), {THEN[:-1]}"
        )
    return "; ".join(remedies) + "."


def _called_otherwise(each: Compared) -> str:
    """A dock is named on days that were called without one, or the other way round."""
    if each.kept.is_whole or len(each.meant.rivals) != 1 or each.meant.rivals[0].dock:
        return ""
    [agreement] = each.meant.rivals
    docks = sorted(called_of(agreement).docks)
    line = each.kept.line
    if line.dock and "" not in docks:
        return ""
    dock = line.dock or next(filter(None, docks), "")
    if not dock:
        return ""
    place = with_dock(each.kept.place, dock)
    how = "without a dock" if line.dock else "for docks"
    return (
        f"{_named(agreement)} is called {how} on the same days. Ask the customer for the dock; or"
        f" enter in {agreement.code} which dock is meant where none is named (ship_to {place},"
        f" dock {dock}, or another), {THEN}"
    )
