"""A call-off is accepted: its schedules hold, and the plant's demands follow."""

from collections.abc import Sequence
from typing import Any

from obeya.engines.calloffs.compare import Harm
from obeya.modules.calloffs.actions.terms import LONGEST_CODE
from obeya.modules.calloffs.bridge import KeptLine, called_to_json, slots_to_json
from obeya.modules.calloffs.demands import plan_again
from obeya.modules.calloffs.differences import Compared, compared
from obeya.modules.calloffs.events import ReleaseAccepted
from obeya.modules.calloffs.models import CallOffRelease, ScheduleAgreement
from obeya.modules.calloffs.refusals import AcceptedAlready, OlderRelease
from obeya.modules.calloffs.told import told
from obeya.modules.calloffs.unclear import unclear
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import upsert
from obeya.plant.resources.models import Party, Site


class CumulativeFell(Refusal):
    """The customer's cumulative quantity is less than it was, and nothing says why."""

    http_status = 409


class CodeTooLong(Refusal):
    """The code that an agreement would get by itself has no room."""


class CodeTaken(Refusal):
    """The code that an agreement would get by itself is that of another."""


class UnclearDock(Refusal):
    """Nothing says which agreement at a place the call-off is for."""

    http_status = 409


@action(permission="calloffs.edit")
def accept_release(*, site: Site, release: CallOffRelease, by: Actor) -> CallOffRelease:
    """Each line replaces the schedule of its agreement; agreements that are new are made.

    An agreement that begins with this message opens with what the customer has received.
    """
    locked = CallOffRelease.objects.at(site).select_for_update(of=("self",))
    found = locked.select_related("customer", "site").filter(pk=release.pk).first()
    if found is None or found.accepted_at:
        raise AcceptedAlready(
            f"Call-off {release.document} was accepted or left meanwhile. Look at the list again."
        )
    # one at a time of a customer: two would both make the agreement of a new part
    Party.objects.select_for_update(no_key=True).get(pk=found.customer_id)
    # the terms are locked before they are compared
    list(
        ScheduleAgreement.objects.at(site)
        .filter(customer_id=found.customer_id)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    lines = compared(found, today=clock.now().astimezone(site.zone).date())
    _refuse_unclear(found, lines)
    _refuse_older(found, lines)
    _refuse_fallen(found, lines)
    values = [_values(found, each) for each in lines]
    _refuse_taken(site, lines, values)
    agreements = upsert(
        ScheduleAgreement.objects.at(site),
        values,
        key=("code",),
        # whom to call stands there too: the release keeps it, the log does not
        personal=("notes",),
    )
    materials = {each.kept.material_id: each.material for each in lines}
    for agreement in agreements.objects:
        agreement.material = materials[agreement.material_id]
        agreement.customer = found.customer
    found.differences = [told(each) for each in lines]
    found.accepted_at = clock.now()
    found.save(update_fields=["differences", "accepted_at"])
    plan_again(site, agreements.objects, by=by)
    by_code = {each.code: each.pk for each in agreements.objects}
    breaches = [
        by_code[value["code"]]
        for value, each in zip(values, lines, strict=True)
        if each.difference.harm is Harm.FIRM_BREACH
    ]
    publish(
        ReleaseAccepted(found.pk, sorted(by_code.values()), sorted(breaches)),
        site=site,
        changes=agreements.changes,
    )
    return found


def _refuse_unclear(release: CallOffRelease, lines: Sequence[Compared]) -> None:
    """Two agreements at one place would ask for everything twice."""
    for each in lines:
        if each.meant.rivals:
            raise UnclearDock(f"Call-off {release.document} {unclear(each, lines)}")


def _refuse_older(release: CallOffRelease, lines: Sequence[Compared]) -> None:
    for each in lines:
        holds = each.agreement.issued_on if each.agreement else None
        if each.agreement is not None and holds is not None and holds > release.issued_on:
            raise OlderRelease(
                f"Call-off {release.document} is of {release.issued_on}, but"
                f" {each.agreement.document} of {holds} holds for {each.agreement.code}."
                " Leave it, or ask the customer for the newest."
            )


def _refuse_fallen(release: CallOffRelease, lines: Sequence[Compared]) -> None:
    """Goods that were received once would seem to be on the way again, and not be made."""
    for each in lines:
        agreement, now = each.agreement, each.kept.line.cumulative_received
        if agreement is None or agreement.received is None or now is None or _is_anew(each):
            continue
        begins, told = agreement.counted_from, agreement.issued_on
        if begins and told and begins > told:  # entered since: it is known that it counts anew
            continue
        came_back = each.explained.rejected if each.explained else 0
        if now + came_back < agreement.received:
            raise CumulativeFell(
                f"Call-off {release.document}: of {agreement.code}, the customer has received"
                f" {now}, but {agreement.received} before ({agreement.document})."
                " Record what came back; or, where the customer counts anew, enter in the"
                " agreement from which day, then accept this call-off."
            )


def _is_anew(each: Compared) -> bool:
    """The message says another day on which the customer began to count."""
    begins = each.agreement.counted_from if each.agreement else None
    said = each.kept.line.cumulative_from
    return begins is not None and said is not None and begins != said


def _refuse_taken(site: Site, lines: Sequence[Compared], values: Sequence[dict[str, Any]]) -> None:
    """The code that a new agreement would get by itself may be another's."""
    new = [v["code"] for v, each in zip(values, lines, strict=True) if each.agreement is None]
    taken = set(
        ScheduleAgreement.objects.at(site).filter(code__in=new).values_list("code", flat=True)
    )
    taken |= {code for code in new if new.count(code) > 1}
    if taken:
        raise CodeTaken(
            f"The agreement {min(taken)} is another's already."
            " Enter the new one first, with a code of its own, then accept this call-off."
        )


def _values(release: CallOffRelease, each: Compared) -> dict[str, Any]:
    agreement, line = each.agreement, each.kept.line
    code = agreement.code if agreement else _new_code(release, each)
    opening = agreement.opening if agreement else (line.cumulative_received or 0)
    received, last_receipt = line.cumulative_received, line.last_receipt
    if agreement is not None and received is None and not each.kept.is_whole:
        # a just-in-time call stands on what was told last; a whole schedule that tells nothing
        # does not, else all that was shipped since would be set off against it
        received, last_receipt = agreement.received, last_receipt or agreement.last_receipt
    # where it only loses calls, what is on the way counts from the day of its last message
    told_by = agreement if agreement is not None and each.meant.gone else release
    return {
        "site_id": release.site_id,
        "code": code,
        "customer_id": release.customer_id,
        "material_id": each.kept.material_id,
        **_place(each),
        "customer_item": line.item or (agreement.customer_item if agreement else ""),
        "order_code": line.order_code or (agreement.order_code if agreement else ""),
        "edi_unit": line.unit or (agreement.edi_unit if agreement else ""),
        "opening": 0 if _is_anew(each) else opening,
        "counted_from": line.cumulative_from or (agreement.counted_from if agreement else None),
        "received": received,
        "last_receipt": last_receipt,
        "document": told_by.document,
        "issued_on": told_by.issued_on,
        "slots": slots_to_json(line.slots),
        "schedule_dock": each.meant.schedule_dock,
        "calls": called_to_json(each.called),
        "notes": list(line.notes) or _notes_that_hold(each),
    }


def _place(each: Compared) -> dict[str, str]:
    """A schedule that names the dock takes its agreement there; a just-in-time call does not.

    The docks of its calls may change from day to day, and the schedule names none.
    """
    agreement, kept = each.agreement, each.kept
    if agreement is None or (kept.is_whole and kept.line.dock):
        return {"ship_to": kept.ship_to, "dock": kept.line.dock}
    is_there = agreement.ship_to == kept.ship_to
    dock = (is_there and kept.line.dock) or agreement.dock
    return {"ship_to": agreement.ship_to, "dock": dock}


def _notes_that_hold(each: Compared) -> list[str]:
    """A just-in-time call says nothing new about what was written with the schedule."""
    agreement = each.agreement
    return list(agreement.notes) if agreement is not None and not each.kept.is_whole else []


def _new_code(release: CallOffRelease, each: Compared) -> str:
    kept: KeptLine = each.kept
    parts = [release.customer.code, each.material.code, kept.ship_to]
    code = "-".join(part.strip("/ ") for part in parts if part)
    if len(code) > LONGEST_CODE:
        raise CodeTooLong(
            f"The agreement {code} would have a code longer than {LONGEST_CODE} letters."
            " Enter it first, with a shorter code, then accept this call-off."
        )
    return code
